import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { connectPrometheus } from '../adapters/prometheus/connect.ts'
import type { MetricsWorld } from './metrics-contract.ts'
import { HEALTHY, type PlayedPod } from './pod-counters.ts'
import { recordLog } from './record-log.ts'
import { until } from './waiting.ts'

/** The rule that fires for one of the two services. */
export const EXPRESSION =
  'sum by (service) (rate(http_requests_total{status=~"5.."}[10s])) / sum by (service) (rate(http_requests_total[10s])) > 0.05'
/** A rule file: something recorded, and alerts of which one fires. */
export const WORLD_RULES = stringify({
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

/** One service that fails, one that is well. */
export const WORLD_PODS: PlayedPod[] = [pod('checkout', 0.3), pod('cart', 0)]

/** Waits until a Prometheus with the rules has scraped the pods often enough, and its alert fires; gives the world of the contracts. */
export async function metricsWorld(url: string, deafUrl: string): Promise<MetricsWorld> {
  const log = recordLog()
  const metrics = connectPrometheus({ url, log, now: Date.now })
  await until(async () => (await metrics.alerts()).some(({ state }) => state === 'firing'))
  await until(async () =>
    (await metrics.query('min(count_over_time(http_requests_total[4s]))', Date.now())).some(({ value }) => value >= 4),
  )
  const request = { expression: EXPRESSION, pods: [], windowMs: 5_000, at: Date.now() }
  return {
    metrics,
    silent: connectPrometheus({ url: deafUrl, log, now: Date.now, timeoutMs: 100 }),
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
}

export interface DeafServer {
  url: string
  stop(): void
}

/** Takes connections and says nothing. */
export async function startDeafServer(): Promise<DeafServer> {
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
