import { describe, expect, it, test } from 'vitest'
import { prepareSignal, type SignalToDraw, signalFacts } from './prepare-signal.ts'
import { signalText } from './signal-text.ts'

const MINUTE = 60_000

function aSignal(overrides: Partial<SignalToDraw> = {}): SignalToDraw {
  return {
    from: 0,
    to: 30 * MINUTE,
    stepMs: MINUTE,
    unit: 'ratio',
    comparison: '>',
    threshold: 0.05,
    points: [
      { at: 0, value: 0.002 },
      { at: MINUTE, value: 0.12 },
    ],
    marks: [],
    healthy: null,
    ...overrides,
  }
}

describe('a chart of a signal', () => {
  it('has a gap where nobody measured, and no zero', () => {
    const points = [0, 1, 5, 6].map((minute) => ({ at: minute * MINUTE, value: 0.01 }))
    expect(prepareSignal(aSignal({ points })).rows).toEqual([
      { at: 0, value: 0.01 },
      { at: MINUTE, value: 0.01 },
      { at: 2 * MINUTE, value: null },
      { at: 5 * MINUTE, value: 0.01 },
      { at: 6 * MINUTE, value: 0.01 },
    ])
  })

  it.each([
    ['what was measured', aSignal(), [0, 0.05, 0.1, 0.15]],
    ['a threshold that nothing reached', aSignal({ threshold: 0.5, points: [{ at: 0, value: 0.1 }] }), [0, 0.2, 0.4, 0.6]],
    ['large numbers', aSignal({ threshold: 4e8, points: [{ at: 0, value: 5e8 }] }), [0, 2e8, 4e8, 6e8]],
    ['what is below zero', aSignal({ threshold: 1, points: [{ at: 0, value: -1 }] }), [-1, 0, 1, 2]],
    ['nothing but zeros', aSignal({ threshold: 0, points: [{ at: 0, value: 0 }] }), [0, 0.25, 0.5, 0.75, 1]],
  ])('has round steps that hold %s, and the threshold', (_, signal, ticks) => {
    const chart = prepareSignal(signal)
    expect(chart.valueTicks).toEqual(ticks)
    expect(chart.top).toBeGreaterThanOrEqual(Math.max(signal.threshold, ...signal.points.map(({ value }) => value)))
  })

  it('counts the time in steps that people count in, fewer where it is narrow', () => {
    expect(prepareSignal(aSignal()).timeTicks).toEqual([0, 5, 10, 15, 20, 25, 30].map((minute) => minute * MINUTE))
    expect(prepareSignal(aSignal(), 'narrow').timeTicks).toEqual([0, 10, 20, 30].map((minute) => minute * MINUTE))
  })

  it('shows marks and the healthy time as far as they are inside', () => {
    const marks = [
      { at: -1, label: 'before', tone: 'deploy' as const },
      { at: MINUTE, label: 'deploy 42', tone: 'deploy' as const },
    ]
    const chart = prepareSignal(aSignal({ marks, healthy: { from: 25 * MINUTE, to: 90 * MINUTE } }))
    expect(chart.marks.map(({ label }) => label)).toEqual(['deploy 42'])
    expect(chart.healthy).toEqual({ from: 25 * MINUTE, to: 30 * MINUTE })
  })

  it('labels of neighbours stand apart, and one at the end stands at its left', () => {
    const marks = [15, 16, 29].map((minute) => ({ at: minute * MINUTE, label: String(minute), tone: 'undo' as const }))
    expect(prepareSignal(aSignal({ marks })).marks.map(({ isLabelLeft, level }) => [isLabelLeft, level])).toEqual([
      [true, 0],
      [false, 0],
      [true, 0],
    ])
  })

  it('no label is cut off at the end: of two marks there the last one stands a line below', () => {
    const marks = [28, 29].map((minute) => ({ at: minute * MINUTE, label: String(minute), tone: 'undo' as const }))
    expect(prepareSignal(aSignal({ marks })).marks.map(({ isLabelLeft, level }) => [isLabelLeft, level])).toEqual([
      [true, 0],
      [true, 1],
    ])
  })
})

describe('what the readings say', () => {
  const points = [0.001, 0.002, 0.003, 0.02, 0.12, 0.04, 0.002].map((value, index) => ({ at: index * MINUTE, value }))

  it('is the middle before the deploy, the worst since, when it crossed, and the last', () => {
    expect(signalFacts(aSignal({ points }), 3 * MINUTE)).toEqual({
      before: 0.002,
      worst: 0.12,
      crossedAt: 4 * MINUTE,
      withinSince: 5 * MINUTE,
      last: 0.002,
    })
  })

  it('is the lowest where less is worse', () => {
    expect(signalFacts({ points, comparison: '<', threshold: 0.01 }, 3 * MINUTE)).toMatchObject({ worst: 0.002, crossedAt: 6 * MINUTE })
  })

  it('is nothing where nobody measured', () => {
    expect(signalFacts(aSignal({ points: [] }), 0)).toEqual({ before: null, worst: null, crossedAt: null, withinSince: null, last: null })
  })
})

test.each([
  [0.1214, 'ratio', '12.1%'],
  [0.0021, 'ratio', '0.2%'],
  [0.812, 'seconds', '812 ms'],
  [2.344, 'seconds', '2.34 s'],
  [1.44e9, 'bytes', '1.4 GB'],
  [0, 'bytes', '0 byte'],
  [1234.5, 'count', '1,230'],
] as const)('%d of %s is said as %s', (value, unit, text) => {
  expect(signalText(value, unit, 'en').replaceAll('\u00a0', ' ')).toBe(text)
})
