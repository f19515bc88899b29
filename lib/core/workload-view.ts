import type { Condemnation } from './condemnation.ts'
import type { Deploy } from './deploy.ts'
import type { LastUndo } from './drift.ts'
import type { Instant } from './json.ts'
import type { Phase } from './rollback.ts'
import type { WorkloadRef } from './workload.ts'

/** A workload as lists show it. */
export interface WorkloadView {
  ref: WorkloadRef
  firstSeenAt: Instant
  current: Deploy | null
  openIncidentId: string | null
  openRollback: { id: string; phase: Phase } | null
  /** The rollback that ended last. */
  lastRollback: { id: string; phase: Phase; endedAt: Instant } | null
  /** The undo that changed it last. */
  lastUndo: LastUndo | null
}

/** `search`: a part of the name. */
export interface WorkloadFilter {
  namespace: string | null
  search?: string | null
}

/** What is on record of a workload's revisions. */
export interface RevisionRecords {
  /** Newest first: the newest 100. */
  deploys: Deploy[]
  /** Live ones. */
  condemnations: Condemnation[]
  /** When its incidents began, oldest first: the newest 100. */
  incidents: { id: string; startedAt: Instant }[]
  /** ReplicaSet uids that an alert was laid to the charge of, without a rollback that would have condemned them. */
  blamedUids: string[]
}

export interface WorkloadDetail extends WorkloadView {
  /** Newest first: the newest 100. */
  deploys: (Deploy & { condemned: boolean })[]
}
