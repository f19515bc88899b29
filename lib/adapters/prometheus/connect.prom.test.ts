import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../../core/alertmanager-file.ts'
import type { Metrics } from '../../ports.ts'
import type { RunningProgram } from '../../testing/debian-program.ts'
import { type Exporter, startExporter } from '../../testing/exporter.ts'
import { describeMetrics } from '../../testing/metrics-contract.ts'
import { HEALTHY } from '../../testing/pod-counters.ts'
import { startAlertmanager, startPrometheus } from '../../testing/prometheus.ts'
import { recordLog } from '../../testing/record-log.ts'
import { until } from '../../testing/waiting.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../testing/webhook-receiver.ts'
import { connectPrometheus } from './connect.ts'

const EXPRESSION =
  'sum by (service) (rate(http_requests_total{status=~"5.."}[10s])) / sum by (service) (rate(http_requests_total[10s])) > 0.05'
const rules = stringify({
  groups: [
    {
      name: 'recorded',
      interval: '1s',
      rules: [{ record: 'service:requests:rate30s', expr: 'sum by (service) (rate(http_requests_total[30s]))' }],
    },
    {
      name: 'alerts',
      interval: '2s',
      rules: [
        {
          alert: 'Errors',
          expr: EXPRESSION,
          for: '1s',
          keep_firing_for: '3s',
          labels: { auto_rollback: 'true', tier: '{{ $labels.service }}-tier' },
          annotations: { summary: 'errors' },
        },
        { alert: 'Traffic', expr: 'service:requests:rate30s > 1e9', for: '1h' },
      ],
    },
  ],
})

const pod = (service: string, errorRatio: number) => ({
  name: `${service}-1`,
  namespace: 'shop',
  service,
  behaviour: { ...HEALTHY, errorRatio },
})

const folder = mkdtempSync(join(tmpdir(), 'connect-'))
const log = recordLog()
let exporter: Exporter
let receiver: WebhookReceiver
let alertmanager: RunningProgram
let prometheus: RunningProgram
let metrics: Metrics
let deaf: { url: string; stop(): void }

beforeAll(async () => {
  exporter = await startExporter()
  exporter.setPods([pod('checkout', 0.3), pod('cart', 0)])
  receiver = await startWebhookReceiver()
  writeFileSync(join(folder, 'token'), 'secret-of-the-test')
  alertmanager = await startAlertmanager(stringify(alertmanagerFile({ url: receiver.url, tokenFile: join(folder, 'token') })))
  prometheus = await startPrometheus({
    jobs: [{ name: 'workloads', url: exporter.url, honorLabels: true }],
    rules,
    externalLabels: { cluster: 'eu-1' },
    alertmanagerUrl: alertmanager.url,
  })
  metrics = connectPrometheus({ url: prometheus.url, log, now: Date.now })
  deaf = await startDeafServer()
  await until(async () => (await metrics.alerts()).some(({ state }) => state === 'firing'))
  await until(async () =>
    (await metrics.query('min(count_over_time(http_requests_total[4s]))', Date.now())).some(({ value }) => value >= 4),
  )
})
afterAll(async () => {
  deaf?.stop()
  await Promise.all([prometheus?.stop(), alertmanager?.stop(), receiver?.stop(), exporter?.stop()])
  rmSync(folder, { recursive: true })
})

describeMetrics('a real Prometheus', () => {
  const request = { expression: EXPRESSION, pods: [], windowMs: 5_000, at: Date.now() }
  return {
    metrics,
    silent: connectPrometheus({ url: deaf.url, log, now: Date.now, timeoutMs: 100 }),
    unconfigured: connectPrometheus({ url: null, log, now: Date.now }),
    rule: {
      name: 'Errors',
      expression: expect.stringContaining('> 0.05') as unknown as string,
      labels: { auto_rollback: 'true', tier: '{{ $labels.service }}-tier' },
      forMs: 1_000,
      keepFiringForMs: 3_000,
      intervalMs: 2_000,
      longestRangeMs: 10_000,
    },
    firing: { alertname: 'Errors', service: 'checkout', auto_rollback: 'true', tier: 'checkout-tier' },
    healthy: { ...request, labels: { alertname: 'Errors', service: 'cart', cluster: 'eu-1' } },
    unhealthy: { ...request, labels: { alertname: 'Errors', service: 'checkout', cluster: 'eu-1' } },
  }
})

describe('rules and alerts', () => {
  it('reach as far back as the recording rule that they read', async () => {
    const traffic = (await metrics.rules()).find(({ name }) => name === 'Traffic')
    expect(traffic).toMatchObject({ forMs: 3_600_000, keepFiringForMs: 0, labels: {}, longestRangeMs: 31_000 })
  })

  it('have external labels only where Alertmanager tells of them', async () => {
    await until(() => receiver.deliveries.length > 0)
    const [delivery] = receiver.deliveries
    expect(delivery?.authorization).toBe('Bearer secret-of-the-test')
    expect(delivery?.body.alerts[0]?.labels).toMatchObject({ alertname: 'Errors', cluster: 'eu-1' })
    expect((await metrics.alerts())[0]?.labels).not.toHaveProperty('cluster')
  })
})

describe('a query', () => {
  const at = Math.floor(Date.now() / 1_000) * 1_000

  it.each([
    ['vector(0) / 0', [{ labels: {}, at, value: Number.NaN }]],
    ['vector(1) / 0', [{ labels: {}, at, value: Number.POSITIVE_INFINITY }]],
    ['vector(-1) / 0', [{ labels: {}, at, value: Number.NEGATIVE_INFINITY }]],
    ['1.5', [{ labels: {}, at, value: 1.5 }]],
    ['vector(1) > 2', []],
  ])('%s answers what it is', async (expression, expected) => {
    expect(await metrics.query(expression, at)).toEqual(expected)
  })

  it('keeps labels as they are', async () => {
    const hostile = '设备 "服务" \\\\ \\n'
    const [sample] = await metrics.query(`label_replace(vector(1), "service", ${JSON.stringify(hostile)}, "", "")`, at)
    expect(sample?.labels).toEqual({ service: hostile })
  })

  it('that is no PromQL is refused in Prometheus’ own words', async () => {
    await expect(metrics.query('rate(', at)).rejects.toMatchObject({
      code: 'upstream_unavailable',
      message: expect.stringMatching(/^prometheus: api\/v1\/query: 400 bad_data: .*parse error/s),
    })
  })

  it('that answers no numbers is not understood', async () => {
    await expect(metrics.query('up[5m]', at)).rejects.toThrow('not understood')
  })
})

describe('a range', () => {
  it('of more than 11,000 points comes whole, each point once', async () => {
    const to = Math.floor(Date.now() / 1_000) * 1_000
    const from = to - 23_456_000
    const [series, ...others] = await metrics.queryRange('vector(time())', { from, to, stepMs: 1_000 })
    expect(others).toEqual([])
    expect(series?.points).toHaveLength(23_457)
    expect(series?.points.every(({ at, value }, index) => at === from + index * 1_000 && value === at / 1_000)).toBe(true)
  })

  it('keeps gaps and what is not a number', async () => {
    const to = 20_000
    const [series] = await metrics.queryRange('vector(time() % 4) > 0 < 3 or (vector(time()) == 12) / 0 * 0', {
      from: 8_000,
      to,
      stepMs: 1_000,
    })
    expect(series?.points.map(({ at, value }) => [at / 1_000, value])).toEqual([
      ...[
        [9, 1],
        [10, 2],
        [12, Number.NaN],
        [13, 1],
        [14, 2],
        [17, 1],
        [18, 2],
      ],
    ])
  })
})

/** Takes connections and says nothing. */
async function startDeafServer(): Promise<{ url: string; stop(): void }> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => void sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

describe('the signal of a rule', () => {
  const around = () => ({ workload: 'checkout', from: Date.now() - 20_000, to: Date.now(), stepMs: 1_000 })

  it('is its left side over a time, of the series that the alert speaks of, with the threshold', async () => {
    const signal = await metrics.signal({ expression: EXPRESSION, labels: { service: 'checkout', cluster: 'eu-1' }, ...around() })
    if (signal.kind !== 'read') throw new Error(signal.why)
    expect(signal).toMatchObject({ comparison: '>', threshold: 0.05 })
    expect(signal.points.at(-1)?.value).toBeGreaterThan(0.1)
    const times = signal.points.map(({ at }) => at)
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  })

  it('is 0 where there are requests and no error was ever counted, not a gap', async () => {
    const expression = EXPRESSION.replace('5..', '599')
    const signal = await metrics.signal({ expression, labels: { service: 'cart' }, ...around() })
    expect(signal).toMatchObject({ kind: 'read', points: expect.arrayContaining([expect.objectContaining({ value: 0 })]) })
  })

  it('has no points where nobody measured, and none of another service', async () => {
    const signal = await metrics.signal({ expression: EXPRESSION, labels: { service: 'nobody' }, ...around() })
    expect(signal).toMatchObject({ kind: 'read', points: [] })
  })

  it('stands for every pod of the workload where the alert names one that is gone', async () => {
    const expression = 'rate(http_requests_total[10s]) > 0'
    const labels = { pod: 'checkout-gone', service: 'checkout', namespace: 'shop' }
    const read = (workload: string) => metrics.signal({ expression, labels, ...around(), workload })
    expect(await read('cart')).toMatchObject({ points: [] })
    expect(await read('checkout')).toMatchObject({ kind: 'read', threshold: 0 })
  })

  it('takes the first part that compares, and says why it cannot read what compares with nothing', async () => {
    const both = await metrics.signal({ expression: `up == 1 and ${EXPRESSION}`, labels: {}, ...around() })
    expect(both).toMatchObject({ kind: 'read', comparison: '==', threshold: 1 })
    expect(await metrics.signal({ expression: 'up', labels: {}, ...around() })).toMatchObject({ kind: 'unreadable' })
  })
})
