import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type RunningProgram, startProgram } from './debian-program.ts'

export interface ScrapeJob {
  name: string
  /** `http://127.0.0.1:…`, scraped at `/metrics`. */
  url: string
  /** False, as Prometheus does by itself: the exporter's `pod` becomes `exported_pod` where the job sets `pod`. */
  honorLabels?: boolean
  /** What service discovery would add. */
  labels?: Record<string, string>
}

export interface PrometheusSetup {
  jobs?: readonly ScrapeJob[]
  /** A rule file, as text. */
  rules?: string
  /** Scrapes and evaluations; default: 1 s. */
  intervalSeconds?: number
  externalLabels?: Record<string, string>
  /** Where alerts go. */
  alertmanagerUrl?: string
  /** Samples of the past, in the OpenMetrics format: what it would have scraped. */
  history?: string
  /** Any free one unless told. */
  port?: number
}

/** Debian's Prometheus with a data folder of its own. An alert is sent again each second, so that none is lost at the start. */
export function startPrometheus(setup: PrometheusSetup): Promise<RunningProgram> {
  return startProgram({
    program: 'prometheus',
    ...(setup.port !== undefined && { port: setup.port }),
    prepare(folder, address) {
      writeFileSync(join(folder, 'rules.yml'), setup.rules ?? 'groups: []\n')
      writeFileSync(join(folder, 'prometheus.yml'), stringify(configuration(setup)))
      if (setup.history !== undefined) backfill(folder, setup.history)
      return [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--rules.alert.resend-delay=1s',
        '--log.level=warn',
      ]
    },
  })
}

function configuration({ jobs = [], intervalSeconds = 1, externalLabels = {}, alertmanagerUrl }: PrometheusSetup): object {
  const interval = `${intervalSeconds}s`
  return {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval, external_labels: externalLabels },
    rule_files: ['rules.yml'],
    scrape_configs: jobs.map(({ name, url, honorLabels = false, labels = {} }) => ({
      job_name: name,
      honor_labels: honorLabels,
      static_configs: [{ targets: [new URL(url).host], labels }],
    })),
    ...(alertmanagerUrl && { alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }] } }),
  }
}

function backfill(folder: string, history: string): void {
  const file = join(folder, 'history.txt')
  writeFileSync(file, history)
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, join(folder, 'data')]
  const { status, stderr, error } = spawnSync('promtool', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`promtool took no history: ${error?.message ?? stderr}`)
}

/** Debian's Alertmanager, alone, with this configuration file. */
export function startAlertmanager(configurationFile: string): Promise<RunningProgram> {
  return startProgram({
    program: 'prometheus-alertmanager',
    prepare(folder, address) {
      writeFileSync(join(folder, 'alertmanager.yml'), configurationFile)
      return [
        `--config.file=${join(folder, 'alertmanager.yml')}`,
        `--storage.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
        '--cluster.listen-address=',
        '--log.level=warn',
      ]
    },
  })
}
