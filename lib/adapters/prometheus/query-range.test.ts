import { describe, expect, it } from 'vitest'
import { joinSeries, splitRange } from './query-range.ts'

describe('a long range', () => {
  it('is asked in parts of 11,000 points, one step apart', () => {
    expect(splitRange({ from: 0, to: 25_000_000, stepMs: 1_000 })).toEqual([
      { from: 0, to: 10_999_000, stepMs: 1_000 },
      { from: 11_000_000, to: 21_999_000, stepMs: 1_000 },
      { from: 22_000_000, to: 25_000_000, stepMs: 1_000 },
    ])
  })

  it('is one part when it is one point', () => {
    expect(splitRange({ from: 5, to: 5, stepMs: 1_000 })).toEqual([{ from: 5, to: 5, stepMs: 1_000 }])
  })

  it('is none when it ends before it begins', () => {
    expect(splitRange({ from: 5, to: 4, stepMs: 1_000 })).toEqual([])
  })

  it.each([0, -1, Number.NaN])('needs a step above 0, not %d', (stepMs) => {
    expect(() => splitRange({ from: 0, to: 1, stepMs })).toThrow('a step is above 0 ms')
  })

  it('is joined by labels, whatever their order, and keeps a gap', () => {
    const joined = joinSeries([
      [{ labels: { a: '1', b: '2' }, points: [{ at: 0, value: 1 }] }],
      [],
      [
        { labels: { b: '2', a: '1' }, points: [{ at: 20, value: 2 }] },
        { labels: { a: '2' }, points: [{ at: 20, value: 3 }] },
      ],
    ])
    expect(joined).toEqual([
      {
        labels: { a: '1', b: '2' },
        points: [
          { at: 0, value: 1 },
          { at: 20, value: 2 },
        ],
      },
      { labels: { a: '2' }, points: [{ at: 20, value: 3 }] },
    ])
  })
})
