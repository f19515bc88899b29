import type { Episode } from './alert.ts'
import type { DecisionInList } from './decision.ts'
import type { Evidence } from './evidence.ts'
import type { Incident } from './incident.ts'
import type { Judgement } from './judgement.ts'
import type { ReleasedTogether } from './released-together.ts'
import type { Rollback } from './rollback.ts'
import type { TimelineEvent } from './timeline.ts'

/**
 * Oldest first. Of a long incident the newest of each, with the first episode and decision, what rollbacks were decided on, and what
 * rollbacks went through.
 */
export interface IncidentDetail {
  incident: Incident
  episodes: Episode[]
  decisions: DecisionInList[]
  rollbacks: Rollback[]
  timeline: TimelineEvent[]
  /** One a revision that was looked at, the latest last. */
  evidence: Evidence[]
  /** Who was released at about the same time; null: the deploy is not on record. */
  together: ReleasedTogether | null
  /** How many are on record beside those here. */
  leftOut: { episodes: number; decisions: number; timeline: number }
}

export interface RollbackDetail {
  rollback: Rollback
  timeline: TimelineEvent[]
  /** What was seen of the revision that it rolls away from. */
  evidence: Evidence | null
  /** Who was released at about the same time as that revision. */
  together: ReleasedTogether | null
  /** What people say of the decision that it came of; null: nothing yet. */
  judgement: Judgement | null
}
