import { describe, expect, it } from 'vitest'
import { minuteAfter, rangeAsked, rangeOf } from './range-search.ts'

const NOW = Date.UTC(2026, 10, 24, 18, 6, 40)
const asked = rangeAsked(new URLSearchParams('days=14'))

describe('the decisions of the last days', () => {
  it('have the one of a moment ago among them', () => {
    const { from, to } = rangeOf(asked, minuteAfter(NOW))
    expect(to).toBeGreaterThan(NOW)
    expect(to - from).toBe(14 * 24 * 3_600_000)
  })

  it('are the same for who asks again within the minute', () => {
    expect(minuteAfter(NOW + 19_000)).toBe(minuteAfter(NOW))
  })
})
