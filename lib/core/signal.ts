import type { Instant } from './json.ts'
import { never } from './never.ts'

/** Three outcomes, not two: missing or NaN data is inconclusive, never healthy. */
export type Health = 'healthy' | 'unhealthy' | 'inconclusive'

export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!='

/** An alerting rule as Prometheus has it loaded. Times in milliseconds. */
export interface AlertingRule {
  name: string
  expression: string
  labels: Readonly<Record<string, string>>
  forMs: number
  keepFiringForMs: number
  /** Evaluation interval of its group. */
  intervalMs: number
  /** The longest range that the expression reads; 0 when it reads none. */
  longestRangeMs: number
}

/** What Prometheus answered for a rule's expression, read on a clean window. */
export type Measurement =
  | {
      kind: 'comparison'
      /** The left side as it was asked. */
      expression: string
      comparison: Comparison
      threshold: number
      /** The worst of the series that match; null when there is none. */
      value: number | null
      /** Scrapes in the window; null when it could not be told. */
      samples: number | null
      /** Requests in the window, where the expression is a ratio or quantile of requests. */
      requests: number | null
    }
  | { kind: 'all'; parts: Measurement[] }
  | { kind: 'any'; parts: Measurement[] }
  | { kind: 'unreadable'; expression: string; why: string }

export type SignalReason =
  | 'within_threshold'
  | 'beyond_threshold'
  | 'no_data'
  | 'too_few_samples'
  | 'too_few_requests'
  | 'no_rule'
  | 'not_understood'
  | 'source_silent'

/** One signal, judged, with what it was judged by. */
export interface SignalReading {
  name: string
  health: Health
  reason: SignalReason
  /** Start of the window it was read on. */
  windowStart: Instant
  measurement: Measurement | null
}

/** A window holds at least this many scrapes before it says anything. */
export const MIN_SAMPLES = 4

interface Judgement {
  health: Health
  reason: SignalReason
}

/** Judges a measurement: beyond the threshold is unhealthy, too little data is inconclusive. */
export function judge(measurement: Measurement, minRequests: number): Judgement {
  switch (measurement.kind) {
    case 'unreadable':
      return { health: 'inconclusive', reason: 'not_understood' }
    case 'all':
      return combine(measurement.parts, minRequests, 'healthy')
    case 'any':
      return combine(measurement.parts, minRequests, 'unhealthy')
    case 'comparison':
      return judgeComparison(measurement, minRequests)
    default:
      return never(measurement)
  }
}

function judgeComparison(read: Extract<Measurement, { kind: 'comparison' }>, minRequests: number): Judgement {
  if (read.samples !== null && read.samples < MIN_SAMPLES) return { health: 'inconclusive', reason: 'too_few_samples' }
  if (read.value === null || Number.isNaN(read.value)) return { health: 'inconclusive', reason: 'no_data' }
  if (read.requests !== null && read.requests < minRequests) return { health: 'inconclusive', reason: 'too_few_requests' }
  return isBeyond(read.value, read.comparison, read.threshold)
    ? { health: 'unhealthy', reason: 'beyond_threshold' }
    : { health: 'healthy', reason: 'within_threshold' }
}

/** The condition `a and b` is over as soon as one part is; `a or b` holds as soon as one part does. */
function combine(parts: readonly Measurement[], minRequests: number, settles: Health): Judgement {
  const judged = parts.map((part) => judge(part, minRequests))
  return (
    judged.find((one) => one.health === settles) ??
    judged.find((one) => one.health === 'inconclusive') ??
    judged[0] ?? { health: 'inconclusive', reason: 'no_data' }
  )
}

export function isBeyond(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case '>':
      return value > threshold
    case '>=':
      return value >= threshold
    case '<':
      return value < threshold
    case '<=':
      return value <= threshold
    case '==':
      return value === threshold
    case '!=':
      return value !== threshold
    default:
      return never(comparison)
  }
}
