import { type Actor, ENGINE } from './actor.ts'
import type { Instant, JsonValue } from './json.ts'
import { never } from './never.ts'
import type { EndPhase, OutcomeReason, Phase, Rollback } from './rollback.ts'
import type { RolloutStatus } from './rollout-status.ts'
import type { TimelineDraft, TimelineKind } from './timeline.ts'
import type { UndoOutcome } from './undo.ts'
import { extend, type HealthObservation, readHealth, type Verification, verificationEndsAt } from './verification.ts'

/** What the world said when the engine looked, or what a person did. */
export type Observation =
  | { kind: 'control'; paused: boolean; enabled: boolean; dryRun: boolean }
  | { kind: 'undo'; outcome: UndoOutcome }
  | { kind: 'workload_gone' }
  | { kind: 'rollout'; templateFingerprint: string; status: RolloutStatus; restarts: Record<string, number> }
  | { kind: 'health'; templateFingerprint: string; seen: HealthObservation }
  /** A system that has to answer did not. */
  | { kind: 'silent'; upstream: string; message: string }
  | { kind: 'person'; action: 'approve' | 'decline' | 'abort'; actor: Actor; reason: string }
  | { kind: 'time' }

/** What has to be done after the transition is stored. */
export type RollbackEffect = 'none' | 'send_patch' | 'watch_rollout' | 'verify'

/** A change to store, guarded by the version it was made from. */
export interface Transition {
  changes: Partial<Rollback>
  event: TimelineDraft | null
  effect: RollbackEffect
}

/** How long a phase may last before it ends by itself, in milliseconds. */
export const PHASE_LIMIT_MS = { pending: 2 * 60_000, undoing: 5 * 60_000, progressing: 15 * 60_000 } as const

const UNDO_AGAIN_MS = 1_000
const PROGRESS_EVERY_MS = 1_000
const VERIFY_EVERY_MS = 5_000

/**
 * The next step of a rollback. Pure: the caller looked at the world, and stores what comes back before it
 * carries out the effect. Null: nothing changes (it has ended, or the observation is not for its phase).
 */
export function step(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  switch (rollback.phase) {
    case 'proposed':
      return stepProposed(rollback, observation, now)
    case 'pending':
      return stepPending(rollback, observation, now)
    case 'undoing':
      return stepUndoing(rollback, observation, now)
    case 'progressing':
      return stepProgressing(rollback, observation, now)
    case 'verifying':
      return stepVerifying(rollback, observation, now)
    case 'succeeded':
    case 'unverified':
    case 'failed':
    case 'superseded':
    case 'aborted':
    case 'declined':
    case 'expired':
    case 'simulated':
      return null
    default:
      return never(rollback.phase)
  }
}

function stepProposed(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  if (observation.kind === 'person') {
    const { action, actor, reason } = observation
    if (action === 'approve') return enter('pending', 'approved', now, { actor, data: { reason }, nextStepAt: now, effect: 'none' })
    return end(action === 'decline' ? 'declined' : 'aborted', action === 'decline' ? 'declined_by_hand' : 'aborted_by_hand', now, {
      actor,
      detail: reason,
    })
  }
  if (rollback.expiresAt !== null && now >= rollback.expiresAt) return end('expired', 'nobody_approved', now)
  return null
}

function stepPending(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  if (observation.kind === 'person') {
    return observation.action === 'abort'
      ? end('aborted', 'aborted_by_hand', now, { actor: observation.actor, detail: observation.reason })
      : null
  }
  if (now - rollback.phaseSince > PHASE_LIMIT_MS.pending) return end('aborted', 'waited_too_long', now)
  if (observation.kind !== 'control') return null
  if (rollback.trigger === 'alert') {
    if (!observation.enabled) return end('aborted', 'automation_disabled', now)
    if (observation.paused) return end('aborted', 'paused', now)
  }
  const dryRun = rollback.dryRun || observation.dryRun
  return enter('undoing', 'undoing', now, {
    data: { from: rollback.from.number, to: rollback.to.number, dryRun },
    nextStepAt: now,
    effect: 'send_patch',
    changes: { dryRun },
  })
}

function stepUndoing(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  const late = now - rollback.phaseSince > PHASE_LIMIT_MS.undoing
  if (observation.kind === 'workload_gone') return end('superseded', 'workload_gone', now)
  if (observation.kind === 'silent') {
    if (late) return end('failed', 'cluster_silent', now, { detail: observation.message })
    return stay({ nextStepAt: now + UNDO_AGAIN_MS })
  }
  if (observation.kind !== 'undo') return null
  const { outcome } = observation
  switch (outcome.kind) {
    case 'applied': {
      // The server's record has whole seconds: it cannot be before we sent, nor after now.
      const undoneAt = outcome.at === null ? now : Math.min(now, Math.max(rollback.phaseSince, outcome.at))
      return enter('progressing', 'undone', now, {
        data: { to: rollback.to.number, alreadyThere: outcome.alreadyThere },
        nextStepAt: now,
        effect: 'watch_rollout',
        changes: { clocks: { ...rollback.clocks, undoneAt } },
      })
    }
    case 'dry_run_accepted':
      return end('simulated', 'dry_run_accepted', now)
    case 'moved':
      // It was scaled: the same template under a new generation.
      if (late) return end('failed', 'cluster_silent', now, { detail: 'the Deployment changed faster than it could be patched' })
      return {
        changes: { generation: outcome.generation, nextStepAt: now },
        event: draft('patch_sent_again', now, ENGINE, { generation: outcome.generation }),
        effect: 'send_patch',
      }
    case 'superseded':
      return end('superseded', 'deployed_meanwhile', now)
    case 'paused':
      return end('failed', 'deployment_paused', now)
    case 'target_gone':
      return end('failed', 'target_gone', now)
    case 'refused':
      return end('failed', 'patch_refused', now, { detail: outcome.message })
    default:
      return never(outcome)
  }
}

function stepProgressing(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  const late = now - rollback.phaseSince > PHASE_LIMIT_MS.progressing
  if (observation.kind === 'workload_gone') return end('superseded', 'workload_gone', now)
  if (observation.kind === 'silent') {
    if (late) return end('failed', 'cluster_silent', now, { detail: observation.message })
    return stay({ nextStepAt: now + PROGRESS_EVERY_MS })
  }
  if (observation.kind !== 'rollout') return null
  if (observation.templateFingerprint !== rollback.to.templateFingerprint) return end('superseded', 'deployed_meanwhile', now)
  if (observation.status.state === 'failed') return end('failed', 'rollout_failed', now, { detail: observation.status.message })
  if (observation.status.state === 'complete') {
    const verification: Verification = { restartBaseline: observation.restarts, stretch: null, reading: null, seen: null }
    return enter('verifying', 'restored', now, {
      data: { to: rollback.to.number },
      nextStepAt: now + verifyEveryMs(rollback),
      effect: 'verify',
      changes: { verification, clocks: { ...rollback.clocks, restoredAt: now } },
    })
  }
  if (late) return end('failed', 'rollout_stuck', now, { detail: observation.status.message })
  return stay({ nextStepAt: now + PROGRESS_EVERY_MS })
}

function stepVerifying(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  if (observation.kind === 'workload_gone') return end('superseded', 'workload_gone', now)
  const restoredAt = rollback.clocks.restoredAt ?? rollback.phaseSince
  const before: Verification = rollback.verification ?? { restartBaseline: {}, stretch: null, reading: null, seen: null }
  if (observation.kind === 'silent') {
    // Nobody looked: the stretch breaks, since it may have been anything meanwhile.
    const endsAt = restoredAt + 3 * rollback.bakeTimeMs + PHASE_LIMIT_MS.undoing
    if (now >= endsAt) return end('unverified', 'no_clear_answer', now, { detail: observation.message })
    return stay({ nextStepAt: now + verifyEveryMs(rollback), verification: { ...before, stretch: null } })
  }
  if (observation.kind !== 'health') return null
  if (observation.templateFingerprint !== rollback.to.templateFingerprint) return end('superseded', 'deployed_meanwhile', now)

  const reading = readHealth(observation.seen, before.restartBaseline, now)
  const verification = extend(before, reading, observation.seen, now)
  const stretch = verification.stretch
  const lasted = stretch !== null && now - stretch.since >= rollback.bakeTimeMs
  if (stretch !== null && lasted && stretch.health === 'healthy') {
    const mitigatedAt = Math.max(restoredAt, stretch.windowStart)
    return end('succeeded', 'healthy_for_bake_time', now, {
      changes: { verification, clocks: { ...rollback.clocks, mitigatedAt, verifiedAt: now } },
    })
  }
  if (lasted && stretch?.health === 'unhealthy')
    return end('failed', 'still_unhealthy', now, { detail: reading.reason, changes: { verification } })
  if (now >= verificationEndsAt(restoredAt, rollback.bakeTimeMs, observation.seen)) {
    const reason = reading.reason === 'nothing_to_tell_by' ? 'nothing_to_tell_by' : 'no_clear_answer'
    return end('unverified', reason, now, { detail: reading.reason, changes: { verification } })
  }
  const changed = before.stretch?.health !== reading.health
  return {
    changes: { verification, nextStepAt: now + verifyEveryMs(rollback) },
    event: changed ? draft('health_changed', now, ENGINE, { health: reading.health, reason: reading.reason }) : null,
    effect: 'none',
  }
}

/** Often enough for a short bake time to hold several looks. */
export function verifyEveryMs(rollback: Pick<Rollback, 'bakeTimeMs'>): number {
  return Math.max(1_000, Math.min(VERIFY_EVERY_MS, rollback.bakeTimeMs / 4))
}

interface Step {
  actor?: Actor
  data?: Record<string, JsonValue>
  changes?: Partial<Rollback>
}

function enter(
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

function end(phase: EndPhase, reason: OutcomeReason, now: Instant, options: Step & { detail?: string } = {}): Transition {
  const detail = options.detail ?? null
  return {
    changes: { ...options.changes, phase, phaseSince: now, nextStepAt: null, endedAt: now, outcome: { reason, detail } },
    event: draft(phase, now, options.actor ?? ENGINE, { reason, detail, ...options.data }),
    effect: 'none',
  }
}

function stay(changes: Partial<Rollback>): Transition {
  return { changes, event: null, effect: 'none' }
}

function draft(kind: TimelineKind, at: Instant, actor: Actor, data: Record<string, JsonValue>): TimelineDraft {
  return { kind, at, actor, data }
}
