import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeasureRequest } from '../core/metrics-request.ts'
import { ruleFile } from '../core/rule-file.ts'
import { judge, type Measurement } from '../core/signal.ts'
import type { Metrics } from '../ports.ts'
import { MetricHistory } from './metric-history.ts'
import { HEALTHY, type PlayedPod } from './pod-counters.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const SCRAPE = 5 * SECOND
const DEVICE = 'device-service'
const HOSTILE = '设备 "服务" \\'

const pods = (service: string, revision: string, changes: Partial<typeof HEALTHY> = {}): PlayedPod[] =>
  [1, 2].map((number) => ({
    name: `edgelink-${service}-${revision}-${number}`,
    namespace: 'edgelink',
    service,
    behaviour: { ...HEALTHY, ...changes },
  }))
const OTHERS = [...pods('noisy', 'a', { errorRatio: 0.5, latencySeconds: 3 }), ...pods(HOSTILE, 'a', { errorRatio: 0.2 })]
const BAD = pods(DEVICE, 'bad', { errorRatio: 0.12, latencySeconds: 0.8 })
const GOOD = pods(DEVICE, 'good')
const QUIET = pods('quiet', 'a', { requestsPerSecond: 0.05 })
const IDLE = pods('idle', 'a', { requestsPerSecond: 0 })

const [ERROR_RATE = '', LATENCY = '', CRASHES = ''] = ruleFile({ errorRate: 0.05, p95LatencySeconds: 0.5 }).groups.flatMap(({ rules }) =>
  rules.map(({ expr }) => expr),
)

/** Ten bad minutes, an undo, two good minutes, then the first errors of the good pods. */
function play(): { text: string; badUntil: number; goodUntil: number; someErrorsUntil: number } {
  const history = new MetricHistory({ from: Math.floor(Date.now() / MINUTE) * MINUTE - 30 * MINUTE, everyMs: SCRAPE })
  const gauge = (value: number) => history.add(`queue_length{service="${DEVICE}"}`, value)
  history.workloads.setPods([...BAD, ...QUIET, ...IDLE, ...OTHERS])
  history.pass(9 * MINUTE)
  for (const pod of BAD) history.workloads.restart(pod.name)
  const badUntil = history.pass(MINUTE)
  gauge(900)
  history.workloads.setPods([...GOOD, ...QUIET, ...IDLE, ...OTHERS])
  const goodUntil = history.pass(2 * MINUTE)
  gauge(3)
  history.workloads.behave(DEVICE, { errorRatio: 0.01 })
  const someErrorsUntil = history.pass(MINUTE)
  return { text: history.text(), badUntil, goodUntil, someErrorsUntil }
}

function alert(name: string, labels: Record<string, string>): Record<string, string> {
  return { alertname: name, severity: 'critical', auto_rollback: 'true', cluster: 'external', ...labels }
}

/** A Prometheus that holds what was scraped. */
export interface MeasuredPrometheus {
  metrics: Metrics
  stop(): Promise<void>
}

/** What is measured for a rollback, whatever stands behind the port. `start` gets scrapes in the OpenMetrics format. */
export function describeMeasuring(name: string, start: (history: string) => Promise<MeasuredPrometheus>): void {
  const played = play()
  let prometheus: MeasuredPrometheus
  let metrics: Metrics
  beforeAll(async () => {
    prometheus = await start(played.text)
    metrics = prometheus.metrics
  })
  afterAll(() => prometheus?.stop())
  /** What the good pods measure, from 100 s before the end of the two good minutes. */
  function measure(request: Partial<MeasureRequest>): Promise<Measurement> {
    return metrics.measure({
      expression: ERROR_RATE,
      labels: alert('EdgeLinkHighErrorRate', { service: DEVICE }),
      pods: GOOD.map(({ name }) => name),
      windowMs: 100 * SECOND,
      at: played.goodUntil,
      ...request,
    })
  }

  async function compared(request: Partial<MeasureRequest>): Promise<Extract<Measurement, { kind: 'comparison' }>> {
    const measurement = await measure(request)
    if (measurement.kind !== 'comparison') throw new Error(`not a comparison: ${JSON.stringify(measurement)}`)
    return measurement
  }

  describe(`${name} is measured`, () => {
    describe('the error rate', () => {
      it('is what the bad version gives, of its own service', async () => {
        const read = await compared({ at: played.badUntil, windowMs: MINUTE })
        expect(read).toMatchObject({ comparison: '>', threshold: 0.05, samples: 13 })
        expect(read.value).toBeCloseTo(0.12, 2)
        expect(read.requests).toBeCloseTo(6_000, -2)
        expect(judge(read, 20)).toEqual({ health: 'unhealthy', reason: 'beyond_threshold' })
      })

      it('is 0 on a clean window where no 5xx was ever answered, while the rule’s own range still holds the fault', async () => {
        const read = await compared({})
        expect(read).toMatchObject({ value: 0, samples: 21 })
        expect(read.requests).toBeCloseTo(10_000, -3)
        expect(judge(read, 20)).toEqual({ health: 'healthy', reason: 'within_threshold' })
        const asTheRuleSeesIt = await metrics.query(ERROR_RATE, played.goodUntil)
        expect(asTheRuleSeesIt.map(({ labels }) => labels['service'])).toContain(DEVICE)
      })

      it('counts the first errors of fresh pods', async () => {
        const read = await compared({ at: played.someErrorsUntil, windowMs: MINUTE })
        expect(read.value).toBeGreaterThan(0.005)
        expect(read.value).toBeLessThan(0.02)
        expect(judge(read, 20).health).toBe('healthy')
      })

      it('of a service with a hostile name is its own', async () => {
        const read = await compared({ labels: alert('EdgeLinkHighErrorRate', { service: HOSTILE }) })
        expect(read.value).toBeCloseTo(0.2, 2)
      })

      it('says with how few requests it was made', async () => {
        const read = await compared({ labels: alert('EdgeLinkHighErrorRate', { service: 'quiet' }) })
        expect(read.requests).toBeLessThan(20)
        expect(judge(read, 20)).toEqual({ health: 'inconclusive', reason: 'too_few_requests' })
      })

      it('is not a number where nothing was asked', async () => {
        const read = await compared({ labels: alert('EdgeLinkHighErrorRate', { service: 'idle' }) })
        expect(judge(read, 20).health).toBe('inconclusive')
        expect(read.value === null || Number.isNaN(read.value)).toBe(true)
      })

      it('is nothing where there is no data', async () => {
        const read = await compared({ labels: alert('EdgeLinkHighErrorRate', { service: 'nobody' }) })
        expect(read).toMatchObject({ value: null, samples: 0, requests: 0 })
      })

      it.each([0, 4 * SECOND, 12 * SECOND])('on a window of %i ms has too few scrapes to tell', async (windowMs) => {
        const read = await compared({ windowMs })
        expect(read.samples).toBeLessThanOrEqual(3)
        expect(judge(read, 20)).toEqual({ health: 'inconclusive', reason: 'too_few_samples' })
      })
    })

    describe('the traffic', () => {
      const SERVICE = { service: DEVICE }
      const traffic = (at: number, expression = ERROR_RATE, labels: Record<string, string> = alert('EdgeLinkHighErrorRate', SERVICE)) =>
        metrics.traffic({ expression, labels, workload: `edgelink-${DEVICE}`, windowMs: MINUTE, at })

      it('is counted of the pods of both versions, by the error rate’s own counter and by the latency’s', async () => {
        for (const expression of [ERROR_RATE, LATENCY]) {
          for (const at of [played.badUntil, played.goodUntil]) {
            const read = await traffic(at, expression)
            expect(read.kind === 'read' && read.perSecond).toBeCloseTo(100, -1)
          }
        }
      })

      it('is not known where there is no data, which is not zero', async () => {
        const nobody = await traffic(played.goodUntil, ERROR_RATE, alert('EdgeLinkHighErrorRate', { service: 'nobody' }))
        expect(nobody).toMatchObject({ kind: 'read', perSecond: null })
        const quiet = await traffic(played.goodUntil, ERROR_RATE, alert('EdgeLinkHighErrorRate', { service: 'quiet' }))
        expect(quiet.kind === 'read' && quiet.perSecond).toBeLessThan(1)
      })

      it('cannot be derived from a rule that counts no requests', async () => {
        expect(await traffic(played.badUntil, CRASHES)).toEqual({ kind: 'not_derivable' })
      })
    })

    describe('the latency', () => {
      const labels = alert('EdgeLinkHighLatency', { service: DEVICE })

      it('is beyond half a second with the bad version', async () => {
        const read = await compared({ expression: LATENCY, labels, at: played.badUntil, windowMs: MINUTE })
        expect(read.value).toBeGreaterThan(0.5)
        expect(read.requests).toBeCloseTo(6_000, -2)
        expect(judge(read, 20).health).toBe('unhealthy')
      })

      it('is good on a clean window', async () => {
        const read = await compared({ expression: LATENCY, labels })
        expect(read.value).toBeLessThan(0.25)
        expect(read.requests).toBeCloseTo(10_000, -3)
        expect(judge(read, 20).health).toBe('healthy')
      })
    })

    describe('the crashes', () => {
      const labels = alert('EdgeLinkPodCrashLooping', {
        namespace: 'edgelink',
        container: DEVICE,
        pod: BAD[0]?.name ?? '',
        uid: 'uid-of-old',
      })

      it('are those of the bad version’s pods', async () => {
        const request = { expression: CRASHES, labels, pods: BAD.map(({ name }) => name), at: played.badUntil, windowMs: 2 * MINUTE }
        const read = await compared(request)
        expect(read.value).toBeGreaterThan(0)
        expect(read.requests).toBeNull()
        expect(judge(read, 20).health).toBe('unhealthy')
      })

      it('of the good version’s pods are none, while the rule’s own range still holds the others', async () => {
        const read = await compared({ expression: CRASHES, labels })
        expect(read).toMatchObject({ value: 0, samples: 21 })
        expect(judge(read, 20).health).toBe('healthy')
        const asTheRuleSeesIt = await metrics.query(CRASHES, played.goodUntil)
        expect(asTheRuleSeesIt.map(({ labels: { pod } }) => pod)).toContain(BAD[0]?.name)
      })

      it('say nothing without pods', async () => {
        expect(await compared({ expression: CRASHES, labels, pods: [] })).toMatchObject({ value: null, samples: 0 })
      })
    })

    describe('other conditions', () => {
      it('read a gauge as it is now', async () => {
        const read = await compared({ expression: 'queue_length > 100' })
        expect(read).toMatchObject({ value: 3, requests: null, samples: 1 })
      })

      it('take the worst series, and the requests behind it', async () => {
        const ratio =
          'sum by (service, pod) (rate(http_requests_total{status="200"}[5m])) / sum by (service, pod) (rate(http_requests_total[5m]))'
        const labels = alert('PerPod', { service: DEVICE, pod: 'gone' })
        const read = await compared({ expression: `${ratio} < 0.95`, labels, at: played.someErrorsUntil, windowMs: MINUTE })
        expect(read.value).toBeLessThan(1)
        expect(read.requests).toBeCloseTo(3_000, -2)
      })

      it('scale what grows with its range to the rule’s own', async () => {
        const read = await compared({ expression: 'sum by (service) (increase(http_requests_total[10m])) > 1e6' })
        expect(read.value).toBeCloseTo(60_000, -4)
      })

      it('come as a tree, part by part', async () => {
        const expression = `${ERROR_RATE} and on (service) sum by (service, namespace) (rate(http_requests_total[5m])) > 1 or absent(nothing)`
        const measurement = await measure({ expression })
        expect(measurement).toMatchObject({
          kind: 'any',
          parts: [
            {
              kind: 'all',
              parts: [
                { kind: 'comparison', value: 0 },
                { kind: 'comparison', comparison: '>', threshold: 1 },
              ],
            },
            { kind: 'unreadable' },
          ],
        })
        const [both] = measurement.kind === 'any' ? measurement.parts : []
        const second = both?.kind === 'all' ? both.parts[1] : undefined
        expect(second?.kind === 'comparison' && second.value).toBeCloseTo(100, -1)
      })

      it('that Prometheus refuses are unreadable, in its own words', async () => {
        const measurement = await measure({ expression: 'http_requests_total / on (service) http_requests_total > 1' })
        expect(measurement).toMatchObject({ kind: 'unreadable', why: expect.stringContaining('many-to-many') })
      })
    })
  })
}
