import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../lib/core/alertmanager-file.ts'
import type { PolicyFields } from '../lib/core/policy.ts'
import { DEFAULT_THRESHOLDS, type PrometheusRule, ruleFile } from '../lib/core/rule-file.ts'
import { createApiToken } from '../lib/testing/api-token.ts'
import { type RunningApp, startApp, WEBHOOK_TOKEN } from '../lib/testing/app.ts'
import { type Exporter, startExporter } from '../lib/testing/exporter.ts'
import { freePort } from '../lib/testing/free-port.ts'
import type { Behaviour } from '../lib/testing/pod-counters.ts'
import { createTestDatabase } from '../lib/testing/postgres.ts'
import { startAlertmanager, startPrometheus } from '../lib/testing/prometheus.ts'
import { behaviourOf } from './behaviour.ts'
import { createNamespace, podsOf } from './kubectl.ts'
import { type Snapback, snapback } from './snapback.ts'
import { until } from './until.ts'

/** A real chain: exporter → Prometheus → Alertmanager → Snapback → the API server that KUBECONFIG names. */
export interface World {
  namespace: string
  app: RunningApp
  api: Snapback
  prometheusUrl: string
  alertmanagerUrl: string
  /** The service's pods are what the cluster has, and answer as their image says, from now on. */
  play(service: string): void
  /** Its pods answer so, whatever version they run: a fault that no deploy brought. Null: it is over. */
  disturb(service: string, changes: Partial<Behaviour> | null): void
  /** Waits until Prometheus has scraped it a few times. */
  untilMeasured(service: string): Promise<void>
  /** One more Snapback beside it, with a database of its own, to which Alertmanager sends nothing. */
  startAnother(env: Record<string, string>): Promise<{ app: RunningApp; api: Snapback }>
  close(): Promise<void>
}

interface Wanted {
  /** Beside mode and times that suit a test. */
  policy?: PolicyFields
  /** Beside those of `npm run rules`. */
  rules?: readonly PrometheusRule[]
  /** What Prometheus has measured before, in the OpenMetrics format. */
  history?: string
}

const BAKE_TIME_MS = 10_000

/**
 * The decision record's rules with ranges and waits of seconds: the shape is theirs, the time is a test's.
 * Real times are measured by promtool (`lib/core/rule-file`).
 */
function fastRules(more: readonly PrometheusRule[]): string {
  const shipped = ruleFile(DEFAULT_THRESHOLDS).groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({ ...rule, expr: rule.expr.replaceAll(/\[\d+m\]/g, '[10s]'), for: '2s' })),
  }))
  return stringify({ groups: [...shipped, { name: 'more', rules: more }] })
}

/** The shipped route, with a group interval of a second so that a resolution is told at once. */
function fastAlertmanager(url: string, tokenFile: string): string {
  return stringify(alertmanagerFile({ url, tokenFile })).replaceAll('group_interval: 30s', 'group_interval: 1s')
}

/** @param kubeconfig file that names the API server */
export async function createWorld(prefix: string, kubeconfig: string, { policy = {}, rules = [], history }: Wanted = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), `${prefix}-`))
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, WEBHOOK_TOKEN)
  const port = await freePort()
  const [namespace, exporter] = await Promise.all([createNamespace(prefix), startExporter()])
  const alertmanager = await startAlertmanager(fastAlertmanager(`http://127.0.0.1:${port}/api/webhooks/alertmanager`, tokenFile))
  const prometheus = await startPrometheus({
    jobs: [{ name: 'workloads', url: exporter.url, honorLabels: true }],
    rules: fastRules(rules),
    alertmanagerUrl: alertmanager.url,
    externalLabels: { cluster: 'story' },
    ...(history !== undefined && { history }),
  })
  const running: { app: RunningApp; drop(): Promise<void> }[] = []
  const start = async (listens: number, env: Record<string, string>) => {
    const database = await createTestDatabase()
    const app = await startApp({
      databaseUrl: database.url,
      port: listens,
      env: { KUBECONFIG: kubeconfig, NAMESPACES: namespace.name, PROMETHEUS_URL: prometheus.url, DRY_RUN: 'false', ...env },
    })
    running.push({ app, drop: database.drop })
    const api = snapback(app, await createApiToken(database.url, 'admin'))
    const fields = { mode: 'auto', bakeTimeMs: BAKE_TIME_MS, goodAfterMs: 0, ...policy }
    await api.send('PUT', '/api/policies', { scope: { level: 'cluster' }, fields, version: 0, reason: 'the story acts' })
    return { app, api }
  }
  const { app, api } = await start(port, { ALERTMANAGER_URL: alertmanager.url })
  const played = new Map<string, Partial<Behaviour> | null>()
  const follower = follow(exporter, namespace.name, played)
  return {
    namespace: namespace.name,
    app,
    api,
    prometheusUrl: prometheus.url,
    alertmanagerUrl: alertmanager.url,
    play: (service) => played.set(service, null),
    disturb: (service, changes) => played.set(service, changes),
    untilMeasured: (service) => untilMeasured(prometheus.url, service),
    startAnother: async (env) => start(await freePort(), env),
    async close() {
      await follower.stop()
      await Promise.all(running.map((one) => one.app.stop()))
      await Promise.all([prometheus.stop(), alertmanager.stop(), exporter.stop()])
      await Promise.all(running.map((one) => one.drop()))
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

/** The exporter's pods are the cluster's, and answer as their image says unless they are disturbed. */
function follow(exporter: Exporter, namespace: string, played: ReadonlyMap<string, Partial<Behaviour> | null>): { stop(): Promise<void> } {
  let isStopping = false
  const following = (async () => {
    while (!isStopping) {
      // The API server may be busy for a moment: the pods of before answer on.
      const pods = await podsOf(namespace).catch(() => null)
      const known = pods?.filter(({ app }) => played.has(app))
      const behaving = known?.map(({ name, app, image }) => ({
        name,
        namespace,
        service: app,
        behaviour: { ...behaviourOf(image), ...played.get(app) },
      }))
      if (behaving) exporter.setPods(behaving)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  })()
  return {
    async stop() {
      isStopping = true
      await following
    },
  }
}
