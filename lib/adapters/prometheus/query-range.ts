import type { Labels } from '../../core/alert.ts'
import { SnapbackError } from '../../core/errors.ts'
import { canonicalJson, type Instant } from '../../core/json.ts'
import type { Series } from '../../ports.ts'

export interface TimeRange {
  from: Instant
  to: Instant
  stepMs: number
}

/** Prometheus refuses more points than this a series. */
const MOST_POINTS = 11_000

/**
 * Ranges that Prometheus answers, one step apart, so that no point comes twice. A range that ends before it begins
 * is none. Throws `invalid` for a step that is not above 0.
 */
export function splitRange({ from, to, stepMs }: TimeRange): TimeRange[] {
  if (!(stepMs > 0)) throw new SnapbackError('invalid', `a step is above 0 ms, not ${stepMs}`)
  const ranges: TimeRange[] = []
  for (let start = from; start <= to; start += MOST_POINTS * stepMs) {
    ranges.push({ from: start, to: Math.min(to, start + (MOST_POINTS - 1) * stepMs), stepMs })
  }
  return ranges
}

/** Series of ranges that follow each other, joined by their labels. A gap stays a gap. */
export function joinSeries(answers: readonly Series[][]): Series[] {
  const joined = new Map<string, { labels: Labels; points: Series['points'] }>()
  for (const { labels, points } of answers.flat()) {
    const key = canonicalJson(labels)
    const series = joined.get(key) ?? { labels, points: [] }
    series.points = series.points.concat(points)
    joined.set(key, series)
  }
  return [...joined.values()]
}
