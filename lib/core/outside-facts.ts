import type { Instant } from './json.ts'
import type { PodsSeen } from './pods-seen.ts'
import type { ReasonCode } from './reason.ts'
import type { Measurement } from './signal.ts'

/** What stage 2 asked other systems about an alert and its workload. */
export interface OutsideFacts {
  /** The alert in Prometheus. */
  prometheus: 'firing' | 'pending' | 'absent' | Unheard
  /** The alert in Alertmanager; `silencedUntil` null: a silence whose end is not known. */
  alertmanager: { state: 'firing' | 'absent' | Unheard } | { state: 'silenced'; silencedUntil: Instant | null }
  before: BeforeDeploy
  /**
   * The rule's left side now, over its own range; null: there is no such rule, or it reads no range. Absent in records of before it was
   * asked, and null in some of before `silent` was told apart.
   */
  now?: Measurement | 'silent' | null
  /** What held the alert when it was decided last; null: it was not decided before. Absent in records of before it was asked. */
  lastHeld?: LastHeld | null
  /** Null: the API server did not answer. */
  pods: PodsSeen | null
}

/** The reason of an alert's last decision, and since when each of its decisions has had it. */
export interface LastHeld {
  reason: ReasonCode
  since: Instant
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
