import { expect, it } from 'vitest'
import type { Sample } from '../../ports.ts'
import { countTraffic } from './count-traffic.ts'
import { PrometheusRefusal } from './http-client.ts'

const RATIO = 'sum by (service) (rate(http_requests_total{code=~"5.."}[5m])) / sum by (service) (rate(http_requests_total[5m])) > 0.05'

function sample(labels: Record<string, string>, value: number): Sample {
  return { labels, at: 0, value }
}

function traffic(expression: string, samples: Sample[], labels: Record<string, string> = { service: 'checkout' }) {
  const asked: [string, number][] = []
  const query = async (one: string, at: number) => {
    asked.push([one, at])
    return samples
  }
  return { asked, answer: countTraffic(query, { expression, labels, workload: 'checkout', windowMs: 120_000, at: 7 }) }
}

it('is what the rule divides by, per second, of the alert’s own series', async () => {
  const { asked, answer } = traffic(RATIO, [sample({ service: 'checkout' }, 240), sample({ service: 'other' }, 9_000)])
  expect(await answer).toEqual({ kind: 'read', expression: 'sum by (service) (increase(http_requests_total[120s]))', perSecond: 2 })
  expect(asked).toEqual([['sum by (service) (increase(http_requests_total[120s]))', 7]])
})

it('is the sum over the pods of all revisions where the alert names one pod', async () => {
  const expression = RATIO.replaceAll('service', 'pod')
  const samples = [sample({ pod: 'checkout-aa1-x1' }, 60), sample({ pod: 'checkout-bb2-y2' }, 180), sample({ pod: 'cart-cc3-z3' }, 999)]
  expect(await traffic(expression, samples, { pod: 'checkout-aa1-x1' }).answer).toMatchObject({ perSecond: 2 })
})

it('is that of the first part that has a counter', async () => {
  const { answer } = traffic(`max by (service) (queue) > 5 and on (service) (${RATIO})`, [sample({ service: 'checkout' }, 120)])
  expect(await answer).toMatchObject({ perSecond: 1 })
})

it.each([
  ['no series', []],
  ['a series of somebody else', [sample({ service: 'other' }, 5)]],
  ['NaN', [sample({ service: 'checkout' }, Number.NaN)]],
])('is not known, and not zero, where Prometheus has %s', async (_, samples) => {
  expect(await traffic(RATIO, samples).answer).toMatchObject({ kind: 'read', perSecond: null })
})

it('is zero where requests were counted and none came', async () => {
  expect(await traffic(RATIO, [sample({ service: 'checkout' }, 0)]).answer).toMatchObject({ perSecond: 0 })
})

it.each(['increase(kube_pod_container_status_restarts_total[10m]) > 0', 'container_memory_bytes > 1e9', 'absent(up)', 'no promql ('])(
  'cannot be derived from %s, and Prometheus is not asked',
  async (expression) => {
    const { asked, answer } = traffic(expression, [])
    expect(await answer).toEqual({ kind: 'not_derivable' })
    expect(asked).toEqual([])
  },
)

it('cannot be derived from what Prometheus refuses; a silence is told', async () => {
  const ask = (error: Error) =>
    countTraffic(() => Promise.reject(error), { expression: RATIO, labels: {}, workload: 'checkout', windowMs: 120_000, at: 7 })
  expect(await ask(new PrometheusRefusal('many-to-many'))).toEqual({ kind: 'not_derivable' })
  await expect(ask(new Error('no answer'))).rejects.toThrow('no answer')
})
