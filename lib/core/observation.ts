import type { Actor } from './actor.ts'
import type { Mode } from './policy.ts'
import type { RolloutStatus } from './rollout-status.ts'
import type { UndoOutcome } from './undo.ts'
import type { HealthObservation } from './verification.ts'
import type { RevisionRef } from './workload.ts'

/** What the world said when the engine looked, or what a person did. */
export type Observation =
  | { kind: 'control'; paused: boolean; enabled: boolean; dryRun: boolean; mode: Mode }
  | { kind: 'undo'; outcome: UndoOutcome }
  | { kind: 'workload_gone' }
  /** `serving`: the revision that the template belongs to, where it is another than the target (`servingRevision`). */
  | { kind: 'rollout'; templateFingerprint: string; status: RolloutStatus; restarts: Record<string, number>; serving?: RevisionRef }
  | { kind: 'health'; templateFingerprint: string; seen: HealthObservation }
  /** A system that has to answer did not. */
  | { kind: 'silent'; upstream: string; message: string }
  | { kind: 'person'; action: 'approve' | 'decline' | 'abort'; actor: Actor; reason: string }
  /** Nobody could look; only the clock went on. */
  | { kind: 'time' }

type Unseen = Extract<Observation, { kind: 'silent' | 'time' }>

/** Whether the engine could not look. */
export function isUnseen(observation: Observation): observation is Unseen {
  return observation.kind === 'silent' || observation.kind === 'time'
}

export function whyUnseen(observation: Unseen): string {
  return observation.kind === 'silent' ? observation.message : 'it could not be looked at'
}
