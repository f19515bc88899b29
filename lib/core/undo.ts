import type { Instant } from './json.ts'
import type { RevisionRef, WorkloadRef } from './workload.ts'

/** Everything that the patch needs, so that it can be sent again and recognised. */
export interface UndoRequest {
  rollbackId: string
  workload: WorkloadRef
  deploymentUid: string
  /** `metadata.generation` that the patch tests. */
  generation: number
  /** What is rolled away from: tells a scale from a deploy. */
  from: RevisionRef
  to: RevisionRef
  dryRun: boolean
}

/**
 * What came of the patch. A transport error or a time-out is no outcome: the caller reads again, and the
 * annotation with the rollback's id tells whether it arrived.
 */
export type UndoOutcome =
  /**
   * Our template is there. `at` is the server's own record of the write, where it tells. `landedFingerprint` where the
   * server stored another template than it was sent (an admission webhook adds a sidecar, sets a default): of what it stored.
   */
  | { kind: 'applied'; at: Instant | null; alreadyThere: boolean; landedFingerprint?: string }
  | { kind: 'dry_run_accepted' }
  /** Scaled or annotated in between: same template and not paused, another generation. Send again. */
  | { kind: 'moved'; generation: number }
  /** Another deploy came in between. It stays untouched. */
  | { kind: 'superseded' }
  | { kind: 'paused' }
  | { kind: 'target_gone' }
  | { kind: 'refused'; message: string }
