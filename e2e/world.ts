import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../lib/core/alertmanager-file.ts'
import { DEFAULT_THRESHOLDS, ruleFile } from '../lib/core/rule-file.ts'
import { createApiToken } from '../lib/testing/api-token.ts'
import { type RunningApp, startApp, WEBHOOK_TOKEN } from '../lib/testing/app.ts'
import { type Exporter, startExporter } from '../lib/testing/exporter.ts'
import { freePort } from '../lib/testing/free-port.ts'
import { HEALTHY } from '../lib/testing/pod-counters.ts'
import { createTestDatabase } from '../lib/testing/postgres.ts'
import { startAlertmanager, startPrometheus } from '../lib/testing/prometheus.ts'
import { createNamespace, podsOf } from './kubectl.ts'
import { type Snapback, snapback } from './snapback.ts'
import { until } from './until.ts'

/** A real chain: exporter → Prometheus → Alertmanager → Snapback → the API server that KUBECONFIG names. */
export interface World {
  namespace: string
  app: RunningApp
  api: Snapback
  exporter: Exporter
  /** The service's pods are what the cluster has, and answer as their image says, from now on. */
  play(service: string): void
  /** Waits until Prometheus has scraped it a few times. */
  untilMeasured(service: string): Promise<void>
  close(): Promise<void>
}

const BAKE_TIME_MS = 10_000

/**
 * The decision record's rules with ranges and waits of seconds: the shape is theirs, the time is a test's.
 * Real times are measured by promtool (`lib/core/rule-file`).
 */
function fastRules(): string {
  return stringify(ruleFile(DEFAULT_THRESHOLDS))
    .replaceAll(/\[\d+m\]/g, '[10s]')
    .replaceAll(/for: \d+m/g, 'for: 2s')
}

/** The shipped route, with a group interval of a second so that a resolution is told at once. */
function fastAlertmanager(url: string, tokenFile: string): string {
  return stringify(alertmanagerFile({ url, tokenFile })).replaceAll('group_interval: 30s', 'group_interval: 1s')
}

/** @param kubeconfig file that names the API server */
export async function createWorld(prefix: string, kubeconfig: string): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}-`))
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, WEBHOOK_TOKEN)
  const port = await freePort()
  const [namespace, database, exporter] = await Promise.all([createNamespace(prefix), createTestDatabase(), startExporter()])
  const alertmanager = await startAlertmanager(fastAlertmanager(`http://127.0.0.1:${port}/api/webhooks/alertmanager`, tokenFile))
  const prometheus = await startPrometheus({
    jobs: [{ name: 'workloads', url: exporter.url, honorLabels: true }],
    rules: fastRules(),
    alertmanagerUrl: alertmanager.url,
    externalLabels: { cluster: 'story' },
  })
  const app = await startApp({
    databaseUrl: database.url,
    port,
    env: {
      KUBECONFIG: kubeconfig,
      NAMESPACES: namespace.name,
      PROMETHEUS_URL: prometheus.url,
      ALERTMANAGER_URL: alertmanager.url,
      DRY_RUN: 'false',
    },
  })
  const api = snapback(app, await createApiToken(database.url, 'admin'))
  await api.send('PUT', '/api/policies', {
    scope: { level: 'cluster' },
    fields: { mode: 'auto', bakeTimeMs: BAKE_TIME_MS, goodAfterMs: 0 },
    version: 0,
    reason: 'the story acts',
  })
  const played = new Set<string>()
  const follower = follow(exporter, namespace.name, played)
  return {
    namespace: namespace.name,
    app,
    api,
    exporter,
    play: (service) => played.add(service),
    untilMeasured: (service) => untilMeasured(prometheus.url, service),
    async close() {
      clearInterval(follower)
      await app.stop()
      await Promise.all([prometheus.stop(), alertmanager.stop(), exporter.stop()])
      await database.drop()
      await namespace.remove()
      await rm(folder, { recursive: true })
    },
  }
}

/** Without a reading of the time before a deploy nobody can tell that nothing was wrong then. */
async function untilMeasured(prometheusUrl: string, service: string): Promise<void> {
  const query = new URLSearchParams({ query: `count_over_time(http_requests_total{service="${service}"}[1m]) >= 4` })
  await until(`the traffic of ${service} to be measured`, 30_000, async () => {
    const answer = await fetch(`${prometheusUrl}/api/v1/query?${query}`)
    const { data } = (await answer.json()) as { data: { result: unknown[] } }
    return data.result.length > 0 ? true : null
  })
}

/** The exporter's pods are the cluster's; those whose image says `bad` fail 12 % of their requests. */
function follow(exporter: Exporter, namespace: string, services: ReadonlySet<string>): NodeJS.Timeout {
  return setInterval(async () => {
    const pods = await Promise.all(
      [...services].map(async (service) => (await podsOf(namespace, service)).map((pod) => ({ ...pod, service }))),
    )
    exporter.setPods(
      pods.flat().map(({ name, service, image }) => ({
        name,
        namespace,
        service,
        behaviour: image.includes('bad') ? { ...HEALTHY, errorRatio: 0.12 } : HEALTHY,
      })),
    )
  }, 500)
}
