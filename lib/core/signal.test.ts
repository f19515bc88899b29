import { describe, expect, test } from 'vitest'
import { type Comparison, isBeyond, judge, type Measurement, MIN_SAMPLES } from './signal.ts'

type Read = Extract<Measurement, { kind: 'comparison' }>

function read(overrides: Partial<Read> = {}): Read {
  return { kind: 'comparison', expression: 'x', comparison: '>', threshold: 0.05, value: 0.01, samples: 8, requests: 500, ...overrides }
}

const HEALTHY = read()
const UNHEALTHY = read({ value: 0.2 })
const EMPTY = read({ value: null })

describe('one comparison', () => {
  test.each<[string, Measurement, string, string]>([
    ['within the threshold is healthy', HEALTHY, 'healthy', 'within_threshold'],
    ['at the threshold is not beyond it', read({ value: 0.05 }), 'healthy', 'within_threshold'],
    ['beyond it is unhealthy', UNHEALTHY, 'unhealthy', 'beyond_threshold'],
    ['infinitely beyond it too', read({ value: Number.POSITIVE_INFINITY }), 'unhealthy', 'beyond_threshold'],
    ['without data is inconclusive, never healthy', EMPTY, 'inconclusive', 'no_data'],
    ['that is not a number is inconclusive', read({ value: Number.NaN }), 'inconclusive', 'no_data'],
    ['on three scrapes says nothing', read({ samples: MIN_SAMPLES - 1 }), 'inconclusive', 'too_few_samples'],
    ['on three scrapes says nothing, however bad', read({ samples: MIN_SAMPLES - 1, value: 1 }), 'inconclusive', 'too_few_samples'],
    ['on four scrapes counts', read({ samples: MIN_SAMPLES }), 'healthy', 'within_threshold'],
    ['on scrapes that nobody could count counts', read({ samples: null }), 'healthy', 'within_threshold'],
    ['one error in two requests is no error rate of 50 %', read({ value: 0.5, requests: 2 }), 'inconclusive', 'too_few_requests'],
    ['on nineteen requests says nothing', read({ requests: 19 }), 'inconclusive', 'too_few_requests'],
    ['on twenty requests counts', read({ requests: 20 }), 'healthy', 'within_threshold'],
    ['that is no ratio of requests needs none', read({ requests: null }), 'healthy', 'within_threshold'],
    [
      'in an expression that was not understood is inconclusive',
      { kind: 'unreadable', expression: 'x', why: 'y' },
      'inconclusive',
      'not_understood',
    ],
  ])('%s', (_, measurement, health, reason) => {
    expect(judge(measurement, 20)).toEqual({ health, reason })
  })
})

describe('a condition of several parts', () => {
  const cases: [string, Measurement[], string, string][] = [
    ['both healthy', [HEALTHY, HEALTHY], 'healthy', 'healthy'],
    ['both unhealthy', [UNHEALTHY, UNHEALTHY], 'unhealthy', 'unhealthy'],
    ['one of each', [UNHEALTHY, HEALTHY], 'healthy', 'unhealthy'],
    ['one healthy, one without data', [EMPTY, HEALTHY], 'healthy', 'inconclusive'],
    ['one unhealthy, one without data', [EMPTY, UNHEALTHY], 'inconclusive', 'unhealthy'],
    ['no part', [], 'inconclusive', 'inconclusive'],
  ]

  test.each(cases)('joined by `and` is over as soon as one part is: %s', (_, parts, health) => {
    expect(judge({ kind: 'all', parts }, 20).health).toBe(health)
  })

  test.each(cases)('joined by `or` holds as soon as one part does: %s', (_, parts, _and, health) => {
    expect(judge({ kind: 'any', parts }, 20).health).toBe(health)
  })

  test('may be nested', () => {
    const nested: Measurement = { kind: 'any', parts: [{ kind: 'all', parts: [UNHEALTHY, HEALTHY] }, UNHEALTHY] }
    expect(judge(nested, 20)).toEqual({ health: 'unhealthy', reason: 'beyond_threshold' })
  })
})

test.each<[Comparison, [boolean, boolean, boolean]]>([
  ['>', [false, false, true]],
  ['>=', [false, true, true]],
  ['<', [true, false, false]],
  ['<=', [true, true, false]],
  ['==', [false, true, false]],
  ['!=', [true, false, true]],
])('below, at and above the threshold of `%s`', (comparison, expected) => {
  expect([1, 2, 3].map((value) => isBeyond(value, comparison, 2))).toEqual(expected)
})
