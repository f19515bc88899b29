import type { Labels } from './alert.ts'
import type { Instant } from './json.ts'

/** A rule's condition, asked again on a window of our own. */
export interface MeasureRequest {
  /** The rule's expression, from Prometheus itself, never from a payload. */
  expression: string
  /** Labels of the alert: which series of the expression is meant. */
  labels: Labels
  /** Pods of the revision that is verified; they stand for a `pod` label of the alert. */
  pods: readonly string[]
  windowMs: number
  at: Instant
  /** Set: pods of all revisions of the workload of this name stand for a `pod` label, beside `pods`. */
  workload?: string
}

/** Whether an alert was pending or fired, in a time that is over. */
export interface PastRequest {
  /** Of the alert, with external labels perhaps. Pods of all revisions of the workload stand for a `pod` label. */
  labels: Labels
  /** Name of the workload. */
  workload: string
  from: Instant
  to: Instant
}

/** How many requests stand behind a rule, in a window. */
export interface TrafficRequest {
  /** The rule's expression, from Prometheus itself, never from a payload. */
  expression: string
  /** Labels of the alert: which series of the expression is meant. */
  labels: Labels
  /** Name of the workload: pods of all its revisions stand for a `pod` label of the alert. */
  workload: string
  windowMs: number
  /** End of the window. */
  at: Instant
}

/** A rule's left side over a time. */
export interface SignalRequest {
  /** The rule's expression, from Prometheus itself, never from a payload. */
  expression: string
  /** Labels of the alert: which series of the expression is meant. */
  labels: Labels
  /** Name of the workload: pods of all its revisions stand for a `pod` label of the alert. */
  workload: string
  from: Instant
  to: Instant
  stepMs: number
}
