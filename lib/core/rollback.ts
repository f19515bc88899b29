import type { Actor } from './actor.ts'
import type { Clocks } from './clocks.ts'
import type { Instant } from './json.ts'
import type { Verification } from './verification.ts'
import type { RevisionRef, WorkloadRef } from './workload.ts'

export const OPEN_PHASES = ['pending', 'undoing', 'progressing', 'verifying'] as const
export const END_PHASES = ['succeeded', 'unverified', 'failed', 'superseded', 'aborted', 'declined', 'expired', 'simulated'] as const
export const PHASES = ['proposed', ...OPEN_PHASES, ...END_PHASES] as const

export type OpenPhase = (typeof OPEN_PHASES)[number]
export type EndPhase = (typeof END_PHASES)[number]
export type Phase = (typeof PHASES)[number]

export function isOpen(phase: Phase): phase is OpenPhase {
  return (OPEN_PHASES as readonly Phase[]).includes(phase)
}

export function hasEnded(phase: Phase): phase is EndPhase {
  return (END_PHASES as readonly Phase[]).includes(phase)
}

/** Why a rollback ended as it did, beside its phase. */
export const OUTCOME_REASONS = [
  'healthy_for_bake_time',
  'still_unhealthy',
  'nothing_to_tell_by',
  'no_clear_answer',
  'rollout_failed',
  'rollout_stuck',
  'patch_refused',
  'target_gone',
  'workload_gone',
  'cluster_silent',
  'deployed_meanwhile',
  'deployment_paused',
  'paused',
  'automation_disabled',
  'mode_lowered',
  'waited_too_long',
  'aborted_by_hand',
  'declined_by_hand',
  'nobody_approved',
  'incident_closed',
  'proposed_anew',
  'dry_run_accepted',
] as const
export type OutcomeReason = (typeof OUTCOME_REASONS)[number]

/** The durable operation that puts a workload back. */
export interface Rollback {
  id: string
  /** Grows with every stored transition; a transition is guarded by it. */
  version: number
  phase: Phase
  workloadId: string
  workload: WorkloadRef
  deploymentUid: string
  incidentId: string | null
  decisionId: string
  trigger: 'alert' | 'person'
  /** The alert's name, or the person's words. */
  reason: string
  actor: Actor
  /** Ends as `simulated`: nothing in the cluster changes. */
  dryRun: boolean
  /** Whether the revision rolled away from is condemned. */
  condemns: boolean
  from: RevisionRef
  to: RevisionRef
  /** `metadata.generation` of the Deployment when it was decided: the patch tests it. */
  generation: number
  /** Fields of the policy that verification reads, as they were when it was decided. */
  bakeTimeMs: number
  minRequests: number
  clocks: Clocks
  openedAt: Instant
  phaseSince: Instant
  /** When the engine looks at it next; null once it has ended or waits for a person. */
  nextStepAt: Instant | null
  /** End of a proposal's patience. */
  expiresAt: Instant | null
  verification: Verification | null
  outcome: { reason: OutcomeReason; detail: string | null } | null
  endedAt: Instant | null
}

/** Which of them a list shows; null: all. */
export interface RollbackFilter {
  phase: Phase | null
  workload: WorkloadRef | null
  open: boolean | null
}
