import { describe, expect, test } from 'vitest'
import { type FreezeWindow, frozenNow, isTimeZone } from './freeze.ts'

const at = (text: string) => Date.parse(text)
const WEEKEND: FreezeWindow = {
  kind: 'weekly',
  days: ['fri'],
  from: '18:00',
  to: '08:00',
  timeZone: 'Europe/Berlin',
  reason: 'Friday night',
}

test('without windows nothing is frozen', () => {
  expect(frozenNow([], at('2026-11-24T12:00:00Z'))).toBeNull()
})

describe('a window that is once', () => {
  const once: FreezeWindow = { kind: 'once', startsAt: 1_000, endsAt: 2_000, reason: 'fair' }
  test.each([
    [999, null],
    [1_000, { reason: 'fair', endsAt: 2_000 }],
    [1_999, { reason: 'fair', endsAt: 2_000 }],
    [2_000, null],
  ])('at %i', (now, frozen) => {
    expect(frozenNow([once], now)).toEqual(frozen)
  })
})

describe('a window of every week, past midnight, on the clocks of its zone', () => {
  test.each<[string, string | null]>([
    ['2026-11-27T16:59:59Z', null],
    ['2026-11-27T17:00:00Z', '2026-11-28T07:00:00Z'],
    ['2026-11-27T23:30:10Z', '2026-11-28T07:00:00Z'],
    ['2026-11-28T06:59:59Z', '2026-11-28T07:00:00Z'],
    ['2026-11-28T07:00:00Z', null],
    ['2026-11-28T20:00:00Z', null],
    // In summer the zone is two hours ahead.
    ['2026-07-03T16:00:00Z', '2026-07-04T06:00:00Z'],
  ])('at %s', (now, end) => {
    expect(frozenNow([WEEKEND], at(now))).toEqual(end && { reason: 'Friday night', endsAt: at(end) })
  })

  test('ends when the clock on the wall says so, although clocks are set meanwhile', () => {
    const night: FreezeWindow = { kind: 'weekly', days: ['sat'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin', reason: 'night' }
    expect(frozenNow([night], at('2026-10-24T21:00:00Z'))?.endsAt).toBe(at('2026-10-25T05:00:00Z'))
    expect(frozenNow([night], at('2026-03-28T22:00:00Z'))?.endsAt).toBe(at('2026-03-29T04:00:00Z'))
  })

  test('from a time to the same time is a whole day', () => {
    const sunday: FreezeWindow = { kind: 'weekly', days: ['sun'], from: '00:00', to: '00:00', timeZone: 'UTC', reason: 'Sunday' }
    expect(frozenNow([sunday], at('2026-11-29T12:00:00Z'))?.endsAt).toBe(at('2026-11-30T00:00:00Z'))
    expect(frozenNow([sunday], at('2026-11-30T00:00:00Z'))).toBeNull()
  })
})

test('of several the one that stands longest counts', () => {
  const long: FreezeWindow = { kind: 'once', startsAt: 0, endsAt: at('2027-01-02T00:00:00Z'), reason: 'holidays' }
  expect(frozenNow([WEEKEND, long], at('2026-11-27T20:00:00Z'))).toEqual({ reason: 'holidays', endsAt: at('2027-01-02T00:00:00Z') })
})

test.each([
  ['UTC', true],
  ['Asia/Shanghai', true],
  ['Mars/Base', false],
  ['', false],
])('%j as a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is)
})
