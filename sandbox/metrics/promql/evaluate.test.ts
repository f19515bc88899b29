import { describe, expect, it } from 'vitest'
import type { Labels } from '../../../lib/core/alert.ts'
import { SeriesStore } from '../series-store.ts'
import { evaluate, parse } from './evaluate.ts'

const SECOND = 1_000
const AT = 600 * SECOND

/** Series of one sample each 10 s, the last at 600 s; null ends a series, a gap is left where there is none. */
function stored(series: [Labels, (number | null)[]][]): SeriesStore {
  const store = new SeriesStore()
  for (const [labels, values] of series) {
    for (const [index, value] of values.entries()) store.append(labels, AT - (values.length - 1 - index) * 10 * SECOND, value)
  }
  return store
}

function ask(store: SeriesStore, expression: string, at = AT): unknown {
  const value = evaluate(parse(expression), { store, at })
  if (value.kind === 'scalar') return value.value
  if (value.kind !== 'vector') return value
  return value.samples.map(({ labels, value: number }) => [
    Object.entries(labels)
      .map((one) => one.join('='))
      .join(','),
    number,
  ])
}

const requests = (labels: Labels, values: (number | null)[]): [Labels, (number | null)[]] => [
  { __name__: 'requests_total', ...labels },
  values,
]
const counted = stored([
  requests({ service: 'a', status: '200', pod: 'a-1' }, [0, 90, 180, 270, 360, 450, 540]),
  requests({ service: 'a', status: '500', pod: 'a-1' }, [0, 10, 20, 30, 40, 50, 60]),
  requests({ service: 'b', status: '200', pod: 'b-1' }, [100, 200, 300, 20, 120, 220, 320]),
])

describe('a rate', () => {
  it('that is sampled from end to end of its range is the growth over it', () => {
    expect(ask(counted, 'rate(requests_total{service="a",status="200"}[60s])')).toEqual([['service=a,status=200,pod=a-1', 9]])
    expect(ask(counted, 'increase(requests_total{status="500"}[1m])')).toEqual([['service=a,status=500,pod=a-1', 60]])
  })

  it('goes on after a restart: what was lost is added', () => {
    // 100 → 300, then 20 → 320: it grew by 200 + 20 + 300.
    expect(ask(counted, 'increase(requests_total{service="b"}[60s])')).toEqual([['service=b,status=200,pod=b-1', 520]])
  })

  it('of a range that is longer than the series reaches half a step further, and never to before it was 0', () => {
    const young = stored([requests({}, [300, 400, 500]), requests({ from: 'zero' }, [0, 100, 200])])
    // Sampled for 20 s; before it half a step of 5 s, after it nothing: 200 × 25 / 20.
    expect(ask(young, 'increase(requests_total{from=""}[100s])')).toEqual([['', 250]])
    expect(ask(young, 'increase(requests_total{from="zero"}[100s])')).toEqual([['from=zero', 200]])
  })

  it('needs two samples', () => {
    expect(ask(stored([requests({}, [7])]), 'rate(requests_total[5m])')).toEqual([])
  })

  it('of the last two samples is the instant one, also over a restart', () => {
    expect(ask(counted, 'irate(requests_total{status="500"}[1m])')).toEqual([['service=a,status=500,pod=a-1', 1]])
    expect(ask(stored([requests({}, [50, 20])]), 'irate(requests_total[1m])')).toEqual([['', 2]])
  })
})

describe('an instant', () => {
  it('takes the last sample of five minutes, and none after the series ended', () => {
    const store = stored([requests({ is: 'ended' }, [1, null]), requests({ is: 'there' }, [5])])
    expect(ask(store, 'requests_total')).toEqual([['__name__=requests_total,is=there', 5]])
    expect(ask(store, 'requests_total', AT + 299 * SECOND)).toEqual([['__name__=requests_total,is=there', 5]])
    expect(ask(store, 'requests_total', AT + 300 * SECOND)).toEqual([])
  })

  it.each([
    ['requests_total{status=~"5.."}', 1],
    ['requests_total{status!="500"}', 2],
    ['requests_total{status!~"5.."}', 2],
    ['requests_total{status=~"5"}', 0],
    ['requests_total{nothing=""}', 3],
    ['{__name__=~"requests_.*",service="a"}', 2],
    ['{"requests_total", pod="b-1"}', 1],
    ['requests_total offset 20s', 3],
  ])('%s finds %i series', (expression, count) => {
    expect(ask(counted, expression)).toHaveLength(count)
  })

  it('with an offset is of before', () => {
    expect(ask(counted, 'requests_total{status="500"} offset 20s')).toEqual([['__name__=requests_total,service=a,status=500,pod=a-1', 40]])
  })
})

describe('the rule of the error rate', () => {
  const rule = 'sum(rate(requests_total{status=~"5.."}[1m])) by (service) / sum(rate(requests_total[1m])) by (service)'

  it('is the share of 5xx, of services that have any', () => {
    expect(ask(counted, rule)).toEqual([['service=a', 0.1]])
    expect(ask(counted, `(${rule}) > 0.05`)).toEqual([['service=a', 0.1]])
    expect(ask(counted, `${rule} > 0.1`)).toEqual([])
  })
})

describe('a quantile of buckets', () => {
  const histogram = (counts: Record<string, number>) =>
    stored(Object.entries(counts).map(([le, count]): [Labels, number[]] => [{ __name__: 'latency_bucket', service: 'a', le }, [count]]))

  it.each([
    [0.5, { '0.1': 50, '0.5': 90, '+Inf': 100 }, 0.1],
    // Rank 70 is the 20th of 40 in the bucket from 0.1 to 0.5.
    [0.7, { '0.1': 50, '0.5': 90, '+Inf': 100 }, 0.3],
    [0.25, { '0.1': 50, '0.5': 90, '+Inf': 100 }, 0.05],
    [0.95, { '0.1': 50, '0.5': 90, '+Inf': 100 }, 0.5],
    [0.95, { '0.1': 0, '0.5': 0, '+Inf': 0 }, Number.NaN],
    [0.95, { '0.1': 5, '0.5': 9 }, Number.NaN],
    [0.5, { '+Inf': 9 }, Number.NaN],
    [-1, { '0.1': 5, '+Inf': 9 }, Number.NEGATIVE_INFINITY],
    [2, { '0.1': 5, '+Inf': 9 }, Number.POSITIVE_INFINITY],
  ])('%d of %o is %d', (quantile, counts, expected) => {
    const [sample] = ask(histogram(counts), `histogram_quantile(${quantile}, latency_bucket)`) as [string, number][]
    expect(sample?.[0]).toBe('service=a')
    expect(Number(sample?.[1]?.toPrecision(12))).toBe(expected)
  })
})

describe('an operator', () => {
  const store = stored([
    [{ __name__: 'limit', pod: 'a', service: 's' }, [10]],
    [{ __name__: 'limit', pod: 'b', service: 's' }, [20]],
    [{ __name__: 'used', pod: 'a', service: 's' }, [5]],
    [{ __name__: 'used', pod: 'b', service: 's' }, [30]],
    [{ __name__: 'owner', service: 's', team: 'blue' }, [1]],
  ])

  it.each([
    [
      'used / limit',
      [
        ['pod=a,service=s', 0.5],
        ['pod=b,service=s', 1.5],
      ],
    ],
    ['used > limit', [['__name__=used,pod=b,service=s', 30]]],
    [
      'used > bool limit',
      [
        ['pod=a,service=s', 0],
        ['pod=b,service=s', 1],
      ],
    ],
    ['5 < used', [['__name__=used,pod=b,service=s', 30]]],
    [
      'used / on (pod) limit',
      [
        ['pod=a', 0.5],
        ['pod=b', 1.5],
      ],
    ],
    ['used > on (pod) limit', [['pod=b', 30]]],
    [
      'used * on (service) group_left (team) owner',
      [
        ['pod=a,service=s,team=blue', 5],
        ['pod=b,service=s,team=blue', 30],
      ],
    ],
    [
      'owner * on (service) group_right () used',
      [
        ['pod=a,service=s', 5],
        ['pod=b,service=s', 30],
      ],
    ],
    ['used and limit > 15', [['__name__=used,pod=b,service=s', 30]]],
    ['used unless limit > 15', [['__name__=used,pod=a,service=s', 5]]],
    ['used > 100 or on () vector(7)', [['', 7]]],
    ['-used{pod="a"} + 2 ^ 3', [['pod=a,service=s', 3]]],
    ['sum(used)', [['', 35]]],
    ['max without (pod) (used)', [['service=s', 30]]],
    ['min by (service) (used)', [['service=s', 5]]],
    ['avg(used)', [['', 17.5]]],
    ['count by (nothing) (used)', [['', 2]]],
    [
      'clamp_min(used, 6)',
      [
        ['pod=a,service=s', 6],
        ['pod=b,service=s', 30],
      ],
    ],
    [
      'clamp(used, 6, 7)',
      [
        ['pod=a,service=s', 6],
        ['pod=b,service=s', 7],
      ],
    ],
    ['absent(used)', []],
    ['absent(nobody{pod="x",a=~"y"})', [['pod=x', 1]]],
    ['label_replace(used{pod="a"}, "name", "<$1>", "pod", "(.*)")', [['__name__=used,pod=a,service=s,name=<a>', 5]]],
  ])('%s', (expression, expected) => {
    expect(ask(store, expression)).toEqual(expected)
  })

  it.each([
    ['scalar(used{pod="a"}) * 2', 10],
    ['scalar(used)', Number.NaN],
    ['1 > bool 2', 0],
    ['7 % 4', 3],
    ['time()', 600],
  ])('%s is the number %d', (expression, expected) => {
    expect(ask(store, expression)).toBe(expected)
  })

  it.each([
    ['used / on (service) limit', 'execution', 'found duplicate series for the match group {service="s"} on the right hand-side'],
    ['used / on (service) owner', 'execution', 'many-to-one matching must be explicit'],
    ['topk(1, used)', 'execution', 'topk is not supported'],
    ['quantile_over_time(0.5, used[5m])', 'execution', 'quantile_over_time is not supported'],
    ['used @ 5', 'execution', 'used @ 5 is not supported'],
    ['max_over_time(used[5m:1m])', 'execution', 'is not supported'],
    ['1 > 2', 'bad_data', 'comparisons between scalars must use BOOL modifier'],
    ['rate(used)', 'bad_data', 'expected type range vector in call to function "rate", got instant vector'],
    ['sum(used[5m])', 'bad_data', 'expected type instant vector in aggregation expression, got range vector'],
    ['used and 1', 'bad_data', 'set operator "and" not allowed in binary scalar expression'],
    ['used{pod=~"("}', 'bad_data', 'error parsing regexp'],
    ['rate(', 'bad_data', 'parse error'],
  ])('%s is refused', (expression, errorType, message) => {
    expect(() => ask(store, expression)).toThrow(expect.objectContaining({ errorType, message: expect.stringContaining(message) }))
  })
})

describe('over a range', () => {
  const store = stored([[{ __name__: 'memory' }, [100, 130, 120, 150, 160]]])

  it.each([
    ['sum_over_time(memory[1m])', 660],
    ['count_over_time(memory[20s])', 3],
    ['max_over_time(memory[25s])', 160],
    ['min_over_time(memory[1m])', 100],
    ['avg_over_time(memory[1m])', 132],
    ['changes(memory[1m])', 4],
    ['resets(memory[1m])', 1],
    ['delta(memory[40s])', 60],
    // Through (-40, 100) … (0, 160) the best line rises 1.4 a second and is at 160 now.
    ['deriv(memory[1m])', 1.4],
    ['predict_linear(memory[1m], 10)', 174],
  ])('%s is %d', (expression, expected) => {
    const [[labels, value] = []] = ask(store, expression) as [string, number][]
    expect(labels).toBe('')
    expect(value).toBeCloseTo(expected, 9)
  })
})
