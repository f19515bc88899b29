import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectPrometheus } from '../../../lib/adapters/prometheus/connect.ts'
import { DEFAULT_THRESHOLDS, ruleFile } from '../../../lib/core/rule-file.ts'
import type { Metrics, Sample } from '../../../lib/ports.ts'
import { MetricHistory } from '../../../lib/testing/metric-history.ts'
import { HEALTHY, type PlayedPod } from '../../../lib/testing/pod-counters.ts'
import { startPrometheus } from '../../../lib/testing/prometheus.ts'
import { recordLog } from '../../../lib/testing/record-log.ts'
import { startHistoric } from '../testing/historic-prometheus.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const BEGIN = Math.floor(Date.now() / MINUTE) * MINUTE - 60 * MINUTE

const pods = (service: string, count: number, changes: Partial<typeof HEALTHY> = {}): PlayedPod[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `edgelink-${service}-${index}`,
    namespace: 'shop',
    service,
    behaviour: { ...HEALTHY, ...changes },
  }))

/** Pods that come, fail, restart and go. */
function play(): string {
  const history = new MetricHistory({ from: BEGIN, everyMs: 7 * SECOND })
  const { workloads } = history
  workloads.setPods([...pods('checkout', 2), ...pods('cart', 3, { latencySeconds: 0.7 })])
  history.pass(6 * MINUTE)
  workloads.setPods([...pods('checkout', 3, { errorRatio: 0.13 }), ...pods('cart', 2, { requestsPerSecond: 0.3 })])
  history.pass(3 * MINUTE)
  workloads.restart('edgelink-checkout-0')
  history.add('queue_length{service="cart"}', 12)
  history.pass(2 * MINUTE)
  workloads.restart('edgelink-checkout-0')
  history.add('queue_length{service="cart"}', 4.5)
  history.pass(4 * MINUTE)
  return history.text()
}

const EXPRESSIONS = [
  ...ruleFile(DEFAULT_THRESHOLDS).groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => [expr, expr.replace(/>[^>]*$/, '')])),
  'rate(http_requests_total[30s])',
  'rate(http_requests_total[61s])',
  'increase(http_requests_total{status!="200"}[2m])',
  'irate(http_requests_total[1m])',
  'delta(queue_length[10m])',
  'sum without (pod, le) (rate(http_request_duration_seconds_bucket{le="+Inf"}[5m]))',
  'histogram_quantile(0.5, sum by (service, le) (rate(http_request_duration_seconds_bucket[1m])))',
  'histogram_quantile(0.99, rate(http_request_duration_seconds_bucket[3m]))',
  'rate(http_request_duration_seconds_sum[2m]) / rate(http_request_duration_seconds_count[2m])',
  'max by (service) (count_over_time(http_requests_total[70s]))',
  'avg by (service, status) (http_requests_total)',
  'count by (pod) ({__name__=~"http_.*"})',
  'min(http_requests_total) - max(http_requests_total offset 2m)',
  'sum by (service) (rate(http_requests_total[1m])) > on (service) group_left () (queue_length / 100)',
  'http_requests_total{status="500"} / ignoring (status) http_requests_total{status="200"}',
  'http_requests_total{status="500"} > ignoring (status) http_requests_total{status="200"} / 10',
  'http_requests_total * on (service) group_left queue_length',
  'http_requests_total and on (service) queue_length',
  'http_requests_total unless on (service) queue_length',
  'queue_length or http_requests_total',
  'absent(http_requests_total{service="nobody"})',
  'clamp_max(rate(http_requests_total[1m]), 20) == bool 20',
  'sum by (pod) (changes(kube_pod_container_status_restarts_total[10m])) + sum by (pod) (resets(http_requests_total[10m]))',
  'predict_linear(http_requests_total[3m], 600)',
  'deriv(queue_length[10m])',
  'label_replace(queue_length, "short", "$1-x", "service", "(c).*")',
  'sum_over_time(queue_length[10m]) + avg_over_time(queue_length[10m])',
  'last_over_time(queue_length[10m])',
  '-queue_length ^ 2 % 7',
  'scalar(queue_length) * vector(2)',
  '100 * (1 - sum(rate(http_requests_total{status="200"}[5m])) / sum(rate(http_requests_total[5m])))',
]

let real: Metrics & { stop(): Promise<void> }
let ours: Metrics & { stop(): Promise<void> }

beforeAll(async () => {
  const history = play()
  const connect = ({ url, stop }: { url: string; stop(): Promise<void> }) => ({
    ...connectPrometheus({ url, log: recordLog(), now: Date.now }),
    stop,
  })
  real = connect(await startPrometheus({ history }))
  ours = connect(await startHistoric(history))
})
afterAll(() => Promise.all([real?.stop(), ours?.stop()]))

/** In an order of its own, values to ten digits. */
function shown(samples: readonly Sample[]): string[] {
  return samples
    .map(
      ({ labels, value }) =>
        `${JSON.stringify(Object.entries(labels).sort())} ${Number.isFinite(value) ? Number(value.toPrecision(10)) : value}`,
    )
    .sort()
}

/** On a scrape, between two, at the beginning, in the fault, after the end. */
const MOMENTS = [63, 360, 420, 500, 601.5, 665, 870, 1_000, 1_230]

describe("the sandbox's Prometheus and the real one agree", () => {
  it.each(EXPRESSIONS)('on %s', async (expression) => {
    let found = 0
    for (const moment of MOMENTS) {
      const at = BEGIN + moment * SECOND
      const expected = shown(await real.query(expression, at))
      expect(shown(await ours.query(expression, at)), `at ${moment} s`).toEqual(expected)
      found += expected.length
    }
    expect(found).toBeGreaterThan(0)
  })

  it('on a range', async () => {
    const range = { from: BEGIN, to: BEGIN + 20 * MINUTE, stepMs: 13 * SECOND }
    const expression = 'sum by (service) (rate(http_requests_total{status="500"}[1m])) / sum by (service) (rate(http_requests_total[1m]))'
    const [expected, answered] = [await real.queryRange(expression, range), await ours.queryRange(expression, range)]
    expect(expected[0]?.points.length).toBeGreaterThan(20)
    expect(answered.map(({ labels, points }) => [labels, points.map(({ at, value }) => [at, Number(value.toPrecision(10))])])).toEqual(
      expected.map(({ labels, points }) => [labels, points.map(({ at, value }) => [at, Number(value.toPrecision(10))])]),
    )
  })
})
