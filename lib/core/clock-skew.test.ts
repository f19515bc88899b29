import { describe, expect, it } from 'vitest'
import { skewFromDate } from './clock-skew.ts'

const AT = Date.UTC(2026, 0, 5, 10, 0, 0)
const HEADER = 'Mon, 05 Jan 2026 10:00:00 GMT'

describe('the difference of the clocks', () => {
  it.each([
    ['none where the header’s second explains it', AT + 100, AT + 120, 0],
    ['none at the end of that second', AT + 990, AT + 1_010, 0],
    ['none where the second turned on the way', AT - 10, AT + 5, 0],
    ['what the server is ahead at least', AT - 7_000, AT - 6_500, 6_500],
    ['what the server is behind at least', AT + 9_000, AT + 9_200, -8_000],
  ])('is %s', (_, sentAt, receivedAt, skewMs) => {
    expect(skewFromDate(HEADER, sentAt, receivedAt)).toBe(skewMs)
  })

  it('is unknown without a date', () => {
    expect(skewFromDate(undefined, AT, AT)).toBeNull()
    expect(skewFromDate('yesterday', AT, AT)).toBeNull()
  })
})
