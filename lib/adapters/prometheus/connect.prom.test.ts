import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../../core/alertmanager-file.ts'
import type { RunningProgram } from '../../testing/debian-program.ts'
import { type Exporter, startExporter } from '../../testing/exporter.ts'
import { describeAnswers } from '../../testing/metrics-answers.ts'
import { describeMetrics, type MetricsWorld } from '../../testing/metrics-contract.ts'
import { type DeafServer, metricsWorld, startDeafServer, WORLD_PODS, WORLD_RULES } from '../../testing/metrics-world.ts'
import { startAlertmanager, startPrometheus } from '../../testing/prometheus.ts'
import { until } from '../../testing/waiting.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.ts'

const folder = mkdtempSync(join(tmpdir(), 'connect-'))
let exporter: Exporter
let receiver: WebhookReceiver
let alertmanager: RunningProgram
let prometheus: RunningProgram
let deaf: DeafServer
let world: MetricsWorld

beforeAll(async () => {
  exporter = await startExporter()
  exporter.setPods(WORLD_PODS)
  receiver = await startWebhookReceiver()
  writeFileSync(join(folder, 'token'), 'secret-of-the-test')
  alertmanager = await startAlertmanager(stringify(alertmanagerFile({ url: receiver.url, tokenFile: join(folder, 'token') })))
  prometheus = await startPrometheus({
    jobs: [{ name: 'workloads', url: exporter.url, honorLabels: true }],
    rules: WORLD_RULES,
    externalLabels: { cluster: 'eu-1' },
    alertmanagerUrl: alertmanager.url,
  })
  deaf = await startDeafServer()
  world = await metricsWorld(prometheus.url, deaf.url)
})
afterAll(async () => {
  deaf?.stop()
  await Promise.all([prometheus?.stop(), alertmanager?.stop(), receiver?.stop(), exporter?.stop()])
  rmSync(folder, { recursive: true })
})

describeMetrics('a real Prometheus', () => world)
describeAnswers('a real Prometheus', () => world)

it('alerts have external labels only where Alertmanager tells of them', async () => {
  await until(() => receiver.deliveries.length > 0)
  const [delivery] = receiver.deliveries
  expect(delivery?.authorization).toBe('Bearer secret-of-the-test')
  expect(delivery?.body.alerts[0]?.labels).toMatchObject({ alertname: 'Errors', cluster: 'eu-1' })
  expect((await world.metrics.alerts())[0]?.labels).not.toHaveProperty('cluster')
})

it('an alert was active where Prometheus has recorded that, by its own labels, and at no other time', async () => {
  const now = Date.now()
  const asked = { workload: 'checkout', from: now - 60_000, to: now }
  const labels = { ...world.firing, cluster: 'eu-1' }
  const last = await world.metrics.lastActive({ ...asked, labels })
  expect(last).toBeGreaterThan(now - 60_000)
  expect(last).toBeLessThanOrEqual(now)
  expect(await world.metrics.lastActive({ ...asked, labels, from: now - 3_600_000, to: now - 3_000_000 })).toBeNull()
  expect(await world.metrics.lastActive({ ...asked, labels: { ...labels, service: 'cart' } })).toBeNull()
  expect(await world.metrics.lastActive({ ...asked, labels: { service: 'checkout' } })).toBeNull()
})
