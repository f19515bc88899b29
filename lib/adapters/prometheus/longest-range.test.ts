import { describe, expect, it } from 'vitest'
import { longestRangeMs } from './longest-range.ts'

const MINUTE = 60_000
const recorded = [
  { name: 'job:errors:rate5m', expression: 'rate(errors[5m])', intervalMs: 30_000 },
  { name: 'job:errors:worst', expression: 'max_over_time(job:errors:rate5m[10m])', intervalMs: 30_000 },
  { name: 'itself', expression: 'max(x or itself)', intervalMs: 30_000 },
]

describe('how far back an expression reads', () => {
  it.each([
    ['x > 0', 0],
    ['rate(x[5m]) > 0', 5 * MINUTE],
    ['rate(x[5m]) / rate(y[1h]) > 0', 60 * MINUTE],
    ['rate(x[1h30m]) > 0', 90 * MINUTE],
    ['rate(x[5m] offset 1h) > 0', 65 * MINUTE],
    ['x offset 1w', 7 * 24 * 60 * MINUTE],
    ['rate(x[5m] offset -3m)', 2 * MINUTE],
    ['x offset -3m', 0],
    ['max_over_time(rate(x[1m])[10m:30s]) > 0', 11 * MINUTE],
    ['max_over_time(x[10m:]) > 0', 10 * MINUTE],
    ['rate(x[2m + 1m])', 3 * MINUTE],
    ['rate(x[90])', 90_000],
    ['job:errors:rate5m > 0', 5.5 * MINUTE],
    ['job:errors:worst > 0', 16 * MINUTE],
    ['itself > 0', 30_000],
  ])('%s', (expression, expected) => {
    expect(longestRangeMs(expression, recorded)).toBe(expected)
  })

  it('is the longest echo there may be where it cannot be parsed', () => {
    expect(longestRangeMs('from the future(', [])).toBe(20 * MINUTE)
  })
})
