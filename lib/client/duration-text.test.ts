import { expect, it } from 'vitest'
import { parseDuration, writeDuration } from './duration-text.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

it.each<[string, number]>([
  ['30 min', 30 * MINUTE],
  ['30min', 30 * MINUTE],
  ['1h30m', 90 * MINUTE],
  ['1 h 30 min', 90 * MINUTE],
  ['1.5 h', 90 * MINUTE],
  ['1,5h', 90 * MINUTE],
  ['90 seconds', 90_000],
  ['2 days, 3 hours', 51 * HOUR],
  ['  10 MIN ', 10 * MINUTE],
  ['250 ms', 250],
  ['0', 0],
  ['0 s', 0],
  ['15 分钟', 15 * MINUTE],
  ['1 小时 30 分', 90 * MINUTE],
  ['1小时30分钟', 90 * MINUTE],
])('takes “%s”', (typed, ms) => {
  expect(parseDuration(typed)).toBe(ms)
})

it.each(['', '  ', '15', 'soon', '15 parsecs', '-5 min', '1h 2h', '10 min or so', 'min', '1:30', '5 min 3'])(
  'does not guess at “%s”',
  (typed) => {
    expect(parseDuration(typed)).toBeNull()
  },
)

it.each([0, 250, 5_000, 90_000, 15 * MINUTE, 90 * MINUTE, 24 * HOUR, 51 * HOUR])('reads what it writes: %d ms', (ms) => {
  expect(parseDuration(writeDuration(ms))).toBe(ms)
})
