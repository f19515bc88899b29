import { type Comparison, isBeyond } from '../../lib/core/signal.ts'
import type { SignalUnit } from '../../lib/core/signal-unit.ts'

/** A signal that was read, and what happened meanwhile. */
export interface SignalToDraw {
  from: number
  to: number
  stepMs: number
  unit: SignalUnit
  comparison: Comparison
  threshold: number
  points: readonly { at: number; value: number }[]
  marks: readonly SignalMark[]
  /** The time in which it was shown to be healthy; null: it was not. */
  healthy: { from: number; to: number } | null
}

export interface SignalMark {
  at: number
  label: string
  tone: 'deploy' | 'undo'
}

/** All that a drawing needs: it decides nothing itself. */
export interface SignalChart {
  from: number
  to: number
  /** A null value is a gap: nobody measured there. */
  rows: { at: number; value: number | null }[]
  top: number
  bottom: number
  valueTicks: number[]
  timeTicks: number[]
  threshold: number
  isBadAbove: boolean
  marks: (SignalMark & {
    /** Its label stands at its left: there is no room at the right. */
    isLabelLeft: boolean
    /** Lines below the top, where there is room at neither side. */
    level: number
  })[]
  healthy: { from: number; to: number } | null
}

/** Steps that people count in. */
const TIME_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * 60_000)

export function prepareSignal(signal: SignalToDraw, width: 'narrow' | 'wide' = 'wide'): SignalChart {
  const { from, to, threshold } = signal
  const values = signal.points.map(({ value }) => value)
  const { bottom, top, ticks } = scale(Math.min(0, ...values, threshold), Math.max(...values, threshold))
  return {
    from,
    to,
    rows: withGaps(signal.points, signal.stepMs),
    top,
    bottom,
    valueTicks: ticks,
    timeTicks: timeTicks(from, to, width === 'wide' ? 7 : 4),
    threshold,
    isBadAbove: signal.comparison !== '<' && signal.comparison !== '<=',
    marks: placed(signal.marks, signal, width),
    healthy: signal.healthy && clip(signal.healthy, from, to),
  }
}

function placed(marks: readonly SignalMark[], { from, to }: SignalToDraw, width: 'narrow' | 'wide'): SignalChart['marks'] {
  const room = (to - from) * (width === 'wide' ? 0.14 : 0.34)
  const inside = marks.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at)
  return inside.map((mark, index) => {
    const [before, after] = [inside[index - 1], inside[index + 1]]
    const isCrowdedLeft = mark.at - (before?.at ?? from) < room
    const isCrowdedRight = (after?.at ?? to) - mark.at < room
    // Between two others it may stand on a line; at the edge it would be cut off.
    const isAtEdge = to - mark.at < room
    return { ...mark, isLabelLeft: isAtEdge || (isCrowdedRight && !isCrowdedLeft), level: isCrowdedLeft && isCrowdedRight ? 1 : 0 }
  })
}

/** Between two points that are further apart than a step and a half nobody measured. */
function withGaps(points: SignalToDraw['points'], stepMs: number): SignalChart['rows'] {
  return points.flatMap((point, index) => {
    const before = points[index - 1]
    const isGap = before !== undefined && point.at - before.at > 1.5 * stepMs
    return isGap ? [{ at: before.at + stepMs, value: null }, point] : [point]
  })
}

/** Three to five round steps that hold everything, with some air above. */
function scale(low: number, high: number): { bottom: number; top: number; ticks: number[] } {
  const span = (high - low) * 1.08 || Math.abs(high) || 1
  const rough = span / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10)
  const first = Math.floor(low / step)
  const last = Math.ceil((low + span) / step)
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
  return { bottom: ticks[0] ?? low, top: ticks.at(-1) ?? high, ticks }
}

function timeTicks(from: number, to: number, most: number): number[] {
  const step = TIME_STEPS_MS.find((one) => (to - from) / one <= most) ?? 24 * 3_600_000
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}

function clip(span: { from: number; to: number }, from: number, to: number): { from: number; to: number } | null {
  const clipped = { from: Math.max(span.from, from), to: Math.min(span.to, to) }
  return clipped.to > clipped.from ? clipped : null
}

/** What the readings say in numbers. Each null where nobody measured. */
export interface SignalFacts {
  /** The middle of what it was before the deploy. */
  before: number | null
  /** The worst since the deploy. */
  worst: number | null
  /** When it was beyond the threshold for the first time since the deploy. */
  crossedAt: number | null
  /** Since when it is within the threshold again, for good; null: it never was beyond it, or is at the last reading. */
  withinSince: number | null
  /** The last one. */
  last: number | null
}

export function signalFacts(
  { points, comparison, threshold }: Pick<SignalToDraw, 'points' | 'comparison' | 'threshold'>,
  deployedAt: number,
): SignalFacts {
  const before = points.filter(({ at }) => at < deployedAt).map(({ value }) => value)
  const since = points.filter(({ at }) => at >= deployedAt)
  const wantsLess = comparison === '<' || comparison === '<='
  const values = since.map(({ value }) => value)
  const worst = wantsLess ? Math.min : Math.max
  const lastBeyond = since.findLastIndex(({ value }) => isBeyond(value, comparison, threshold))
  return {
    before: median(before),
    worst: values.length === 0 ? null : worst(...values),
    crossedAt: since.find(({ value }) => isBeyond(value, comparison, threshold))?.at ?? null,
    withinSince: lastBeyond === -1 ? null : (since[lastBeyond + 1]?.at ?? null),
    last: since.at(-1)?.value ?? null,
  }
}

function median(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
