import type { Actor } from './actor.ts'
import type { Instant, JsonValue } from './json.ts'

/** What can happen, as people read it in a timeline. Each has a sentence in `messages/`. */
export const TIMELINE_KINDS = [
  'alert_fired',
  'alert_resolved',
  'alert_unheard',
  'deliveries_truncated',
  'decided',
  'proposed',
  'approved',
  'declined',
  'expired',
  'opened',
  'undoing',
  'patch_sent_again',
  'undone',
  'simulated',
  'restored',
  'health_changed',
  'succeeded',
  'unverified',
  'failed',
  'superseded',
  'aborted',
  'incident_closed',
  'judged',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

/** One line of a timeline before it is stored. `data` holds the values that its sentence names. */
export interface TimelineDraft {
  kind: TimelineKind
  at: Instant
  actor: Actor
  data: Record<string, JsonValue>
}

export interface TimelineEvent extends TimelineDraft {
  id: string
  incidentId: string | null
  rollbackId: string | null
}
