import type { Instant } from './json.ts'
import { type Comparison, isBeyond, type Measurement } from './signal.ts'

const HOUR_MS = 60 * 60_000

/**
 * From when on the record before a deploy is looked at. What an earlier deploy broke and a rollback healed is no older than this one: from
 * there on.
 */
export function readSince(deployedAt: Instant, lastSucceededAt: Instant | null | undefined): Instant {
  return Math.min(deployedAt, Math.max(deployedAt - HOUR_MS, lastSucceededAt ?? 0))
}

export interface ConditionBefore {
  /** `absent`: well clear of the threshold; `there`: near or beyond it; `unknown`: no data, or too little to tell. */
  state: 'absent' | 'there' | 'unknown'
  /** Of the part that settled it. */
  value: number | null
  threshold: number | null
}

/** Whether a rule's condition was there, read on a short window. `a and b` was absent as soon as one part was. */
export function conditionBefore(measurement: Measurement, minRequests: number): ConditionBefore {
  switch (measurement.kind) {
    case 'unreadable':
      return { state: 'unknown', value: null, threshold: null }
    case 'comparison':
      return comparisonBefore(measurement, minRequests)
    case 'all':
    case 'any': {
      const parts = measurement.parts.map((part) => conditionBefore(part, minRequests))
      const settling = measurement.kind === 'all' ? 'absent' : 'there'
      return (
        parts.find(({ state }) => state === settling) ??
        parts.find(({ state }) => state === 'unknown') ??
        parts[0] ?? { state: 'unknown', value: null, threshold: null }
      )
    }
  }
}

function comparisonBefore(read: Extract<Measurement, { kind: 'comparison' }>, minRequests: number): ConditionBefore {
  const { value, threshold, comparison, requests } = read
  if (value === null || Number.isNaN(value)) return { state: 'unknown', value: null, threshold }
  if (isClear(value, comparison, threshold)) return { state: 'absent', value, threshold }
  // One failure in two requests is no rate.
  return { state: requests !== null && requests < minRequests ? 'unknown' : 'there', value, threshold }
}

/** Under half the threshold, where half of it means less; else on the good side of it. */
function isClear(value: number, comparison: Comparison, threshold: number): boolean {
  const isUpper = comparison === '>' || comparison === '>='
  return isUpper && threshold > 0 ? value < threshold / 2 : !isBeyond(value, comparison, threshold)
}
