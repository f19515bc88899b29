import { describe, expect, it } from 'vitest'
import type { Metrics } from '../ports.ts'
import { EXPRESSION } from './metrics-world.ts'

/** How rules, queries and ranges are answered, beyond what the engine's contract says. Its world's rules are of `metrics-world.ts`. */
export function describeAnswers(name: string, world: () => { metrics: Metrics }): void {
  describe(`${name} answers`, () => {
    const metrics: Pick<Metrics, 'query' | 'queryRange' | 'rules' | 'signal'> = {
      query: (...call) => world().metrics.query(...call),
      queryRange: (...call) => world().metrics.queryRange(...call),
      rules: () => world().metrics.rules(),
      signal: (request) => world().metrics.signal(request),
    }

    describe('rules', () => {
      it('reach as far back as the recording rule that they read', async () => {
        const traffic = (await metrics.rules()).find(({ name }) => name === 'Traffic')
        expect(traffic).toMatchObject({ forMs: 3_600_000, keepFiringForMs: 0, labels: {}, longestRangeMs: 31_000 })
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
  })
}
