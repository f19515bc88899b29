import type { Instant } from './json.ts'
import type { PodsSeen } from './pods-seen.ts'
import type { Measurement } from './signal.ts'

/** What stage 2 asked other systems about an alert and its workload. */
export interface OutsideFacts {
  /** The alert in Prometheus. */
  prometheus: 'firing' | 'pending' | 'absent' | Unheard
  /** The alert in Alertmanager; `silencedUntil` null: a silence whose end is not known. */
  alertmanager: { state: 'firing' | 'absent' | Unheard } | { state: 'silenced'; silencedUntil: Instant | null }
  before: BeforeDeploy
  /** The rule's left side now, over its own range; null: it could not be read. Absent in records of before it was asked. */
  now?: Measurement | null
  /** Null: the API server did not answer. */
  pods: PodsSeen | null
}

export type Unheard = 'silent' | 'not_configured'

/** Whether the condition was there before the deploy. */
export type BeforeDeploy =
  | {
      state: 'read'
      /** From when the record was looked at: an hour before the deploy, or the end of the last rollback that healed it. */
      since: Instant
      /** When the alert was last pending or firing between then and the deploy; null: it was not. */
      lastActiveAt: Instant | null
      /** The rule's left side at the deploy, on a short window; null: Prometheus has no such rule. */
      measurement: Measurement | null
    }
  | { state: Unheard }
