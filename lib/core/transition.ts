import { type Actor, ENGINE } from './actor.ts'
import type { Instant, JsonValue } from './json.ts'
import type { EndPhase, OutcomeReason, Phase, Rollback } from './rollback.ts'
import type { TimelineDraft, TimelineKind } from './timeline.ts'

/** What has to be done after the transition is stored. */
export type RollbackEffect = 'none' | 'send_patch' | 'watch_rollout' | 'verify'

/** A change to store, guarded by the version it was made from. */
export interface Transition {
  changes: Partial<Rollback>
  event: TimelineDraft | null
  effect: RollbackEffect
}

interface Step {
  actor?: Actor
  data?: Record<string, JsonValue>
  changes?: Partial<Rollback>
}

/** Goes on to an open phase. */
export function enter(
  phase: Phase,
  kind: TimelineKind,
  now: Instant,
  options: Step & { nextStepAt: Instant; effect: RollbackEffect },
): Transition {
  return {
    changes: { phaseSince: now, ...options.changes, phase, nextStepAt: options.nextStepAt },
    event: draft(kind, now, options.actor ?? ENGINE, options.data ?? {}),
    effect: options.effect,
  }
}

/** Ends the rollback for good. */
export function end(phase: EndPhase, reason: OutcomeReason, now: Instant, options: Step & { detail?: string } = {}): Transition {
  const detail = options.detail ?? null
  return {
    changes: { ...options.changes, phase, phaseSince: now, nextStepAt: null, endedAt: now, outcome: { reason, detail } },
    event: draft(phase, now, options.actor ?? ENGINE, { reason, detail, ...options.data }),
    effect: 'none',
  }
}

/** Changes something within the phase, with no line in the timeline. */
export function stay(changes: Partial<Rollback>): Transition {
  return { changes, event: null, effect: 'none' }
}

export function draft(kind: TimelineKind, at: Instant, actor: Actor, data: Record<string, JsonValue>): TimelineDraft {
  return { kind, at, actor, data }
}
