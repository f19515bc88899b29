import { describe, expect, it } from 'vitest'
import { clockFace, speakAge, speakDuration } from './duration.ts'

describe('a duration', () => {
  it.each([
    [-5, 'ms', 0, 0],
    [41.4, 'ms', 41, 0],
    [999, 'ms', 999, 0],
    [4_249, 'seconds', 4.2, 0],
    [9_960, 'seconds', 10, 0],
    [48_400, 'seconds', 48, 0],
    [59_700, 'minutes', 1, 0],
    [89_000, 'minutesSeconds', 1, 29],
    [120_000, 'minutes', 2, 0],
    [3_599_600, 'hours', 1, 0],
    [7_500_000, 'hoursMinutes', 2, 5],
    [86_399_000, 'days', 1, 0],
    [532_800_000, 'daysHours', 6, 4],
  ])('of %d ms is %s %d %d', (ms, form, big, small) => expect(speakDuration(ms)).toEqual({ form, values: { big, small } }))
})

describe('a running clock', () => {
  it.each([
    [-1, '0:00'],
    [52_900, '0:52'],
    [725_000, '12:05'],
    [3_729_000, '1:02:09'],
  ])('after %d ms shows %s', (ms, face) => expect(clockFace(ms)).toBe(face))
})

describe('an age', () => {
  it.each([
    [4_999, 'now'],
    [12_000, { unit: 'second', amount: 10 }],
    [-60_000, { unit: 'minute', amount: 1 }],
    [7_199_000, { unit: 'hour', amount: 1 }],
    [172_800_000, { unit: 'day', amount: 2 }],
  ])('of %d ms', (ms, spoken) => expect(speakAge(ms)).toEqual(spoken))
})
