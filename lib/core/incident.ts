import type { OnsetSource } from './clocks.ts'
import type { Instant } from './json.ts'
import type { WorkloadRef } from './workload.ts'

/** How an incident ended. */
export type IncidentOutcome = 'rolled_back' | 'rolled_back_by_hand' | 'recovered_by_itself' | 'ended_unresolved'

/** What one workload went through, from its first firing episode until all is quiet. */
export interface Incident {
  id: string
  version: number
  workloadId: string
  workload: WorkloadRef
  openedAt: Instant
  /** Onset of its first episode. */
  startedAt: Instant
  startedAtSource: OnsetSource
  closedAt: Instant | null
  outcome: IncidentOutcome | null
}
