import { expect, test } from 'vitest'
import { exactInterval, upperBound } from './stats.ts'

/** As R's `binom.test(hits, trials)` prints them. */
test.each([
  [0, 10, 0, 0.3085],
  [1, 20, 0.0013, 0.2487],
  [5, 10, 0.1871, 0.8129],
  [10, 10, 0.6915, 1],
  [90, 100, 0.8238, 0.951],
  [500, 1000, 0.4685, 0.5315],
])('%i of %i may be from %f to %f', (hits, trials, low, high) => {
  const interval = exactInterval(hits, trials)
  expect(interval.low).toBeCloseTo(low, 4)
  expect(interval.high).toBeCloseTo(high, 4)
})

test('without trials anything is possible', () => {
  expect(exactInterval(0, 0)).toEqual({ low: 0, high: 1 })
})

test('more confidence needs more room', () => {
  expect(exactInterval(5, 10, 0.99).high).toBeGreaterThan(exactInterval(5, 10).high)
})

test('zero among 149 is what it takes to say "below 2 %" with 95 % confidence', () => {
  expect(upperBound(0, 149, 0.05)).toBeLessThan(0.02)
  expect(upperBound(0, 148, 0.05)).toBeGreaterThan(0.02)
  expect(upperBound(3, 3, 0.05)).toBe(1)
})
