import { expect, it } from 'vitest'
import { mergeTraffic, type TrafficThenAndNow, trafficRatio, trafficTrend } from './traffic.ts'

function read(before: number | null, now: number | null): TrafficThenAndNow {
  return { state: 'read', expression: 'x', windowMs: 120_000, before: { at: 0, perSecond: before }, now: { at: 9, perSecond: now } }
}

it.each<[number | null, number | null, number | null, ReturnType<typeof trafficTrend>]>([
  [100, 320, 3.2, 'surge'],
  [100, 150, 1.5, 'surge'],
  [100, 149, 1.49, 'alike'],
  [100, 100, 1, 'alike'],
  [150, 100, 2 / 3, 'drop'],
  [100, 0, 0, 'drop'],
  [0, 100, null, 'unknown'],
  [null, 100, null, 'unknown'],
  [100, null, null, 'unknown'],
])('from %s to %s requests a second is %s times as many: %s', (before, now, ratio, trend) => {
  expect(trafficRatio(read(before, now))).toBe(ratio)
  expect(trafficTrend(read(before, now))).toBe(trend)
})

it('is unknown where it cannot be derived', () => {
  expect(trafficRatio({ state: 'not_derivable' })).toBeNull()
  expect(trafficTrend({ state: 'silent' })).toBe('unknown')
})

it('of two looks the later one that says something stays', () => {
  expect(mergeTraffic(read(1, 2), read(1, 3))).toEqual(read(1, 3))
  expect(mergeTraffic(read(1, 2), { state: 'not_derivable' })).toEqual(read(1, 2))
  expect(mergeTraffic({ state: 'silent' }, { state: 'no_rule' })).toEqual({ state: 'no_rule' })
  expect(mergeTraffic({ state: 'silent' }, { state: 'no_alert' })).toEqual({ state: 'silent' })
  expect(mergeTraffic(read(1, 2), undefined)).toEqual(read(1, 2))
  expect(mergeTraffic(undefined, undefined)).toBeUndefined()
})
