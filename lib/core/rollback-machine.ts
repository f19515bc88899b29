import { ENGINE } from './actor.ts'
import type { Instant } from './json.ts'
import { never } from './never.ts'
import { isUnseen, type Observation, whyUnseen } from './observation.ts'
import type { Mode } from './policy.ts'
import type { Rollback } from './rollback.ts'
import { stepVerifying, verifyEveryMs } from './step-verifying.ts'
import { draft, end, enter, stay, type Transition } from './transition.ts'
import type { Verification } from './verification.ts'

/** How long a phase may last before it ends by itself, in milliseconds. */
export const PHASE_LIMIT_MS = { pending: 2 * 60_000, undoing: 5 * 60_000, progressing: 15 * 60_000 } as const

const UNDO_AGAIN_MS = 1_000
const PROGRESS_EVERY_MS = 1_000

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
  const isOver = rollback.expiresAt !== null && now >= rollback.expiresAt
  if (observation.kind === 'person') {
    const { action, actor, reason } = observation
    // The sweeper may be late: a yes to what is over opens nothing.
    if (action === 'approve' && isOver) return end('expired', 'nobody_approved', now)
    if (action === 'approve') return enter('pending', 'approved', now, { actor, data: { reason }, nextStepAt: now, effect: 'none' })
    return end(action === 'decline' ? 'declined' : 'aborted', action === 'decline' ? 'declined_by_hand' : 'aborted_by_hand', now, {
      actor,
      detail: reason,
    })
  }
  return isOver ? end('expired', 'nobody_approved', now) : null
}

function stepPending(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  if (observation.kind === 'person') {
    return observation.action === 'abort'
      ? end('aborted', 'aborted_by_hand', now, { actor: observation.actor, detail: observation.reason })
      : null
  }
  if (now - rollback.phaseSince > PHASE_LIMIT_MS.pending) return end('aborted', 'waited_too_long', now)
  if (observation.kind !== 'control') return null
  const isAutomatic = rollback.trigger === 'alert'
  const dryRun = rollback.dryRun || observation.dryRun || (isAutomatic && observation.mode === 'observe')
  if (isAutomatic) {
    if (!observation.enabled) return end('aborted', 'automation_disabled', now)
    if (observation.paused) return end('aborted', 'paused', now)
    if (!isAllowed(rollback, observation.mode, dryRun)) return end('aborted', 'mode_lowered', now, { detail: observation.mode })
  }
  return enter('undoing', 'undoing', now, {
    data: { from: rollback.from.number, to: rollback.to.number, dryRun },
    nextStepAt: now,
    effect: 'send_patch',
    changes: { dryRun },
  })
}

/** A mode that was lowered since it was decided. What had been a proposal (it has an expiry) has got its yes. */
function isAllowed({ expiresAt }: Rollback, mode: Mode, dryRun: boolean): boolean {
  return mode !== 'off' && (mode !== 'suggest' || dryRun || expiresAt !== null)
}

function stepUndoing(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  const late = now - rollback.phaseSince > PHASE_LIMIT_MS.undoing
  if (observation.kind === 'workload_gone') return end('superseded', 'workload_gone', now)
  if (isUnseen(observation)) {
    return late ? end('failed', 'cluster_silent', now, { detail: whyUnseen(observation) }) : stay({ nextStepAt: now + UNDO_AGAIN_MS })
  }
  if (observation.kind !== 'undo') return null
  const { outcome } = observation
  switch (outcome.kind) {
    case 'applied': {
      // In dry run nothing of ours can be there: somebody else went back to the target.
      if (rollback.dryRun) return end('simulated', 'dry_run_accepted', now)
      // Found there after a crash, the server's record tells when. It has whole seconds: not after now, nor before we sent.
      const recordedAt = outcome.alreadyThere ? (outcome.at ?? now) : now
      const undoneAt = Math.max(rollback.phaseSince, Math.min(now, recordedAt))
      // Rewritten on its way in, it is ours all the same: what is compared from here on is what the server stored.
      const landed = outcome.landedFingerprint && { to: { ...rollback.to, templateFingerprint: outcome.landedFingerprint } }
      return enter('progressing', 'undone', now, {
        data: { to: rollback.to.number, alreadyThere: outcome.alreadyThere },
        nextStepAt: now,
        effect: 'watch_rollout',
        changes: { clocks: { ...rollback.clocks, undoneAt }, ...landed },
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
  if (isUnseen(observation)) {
    return late ? end('failed', 'cluster_silent', now, { detail: whyUnseen(observation) }) : stay({ nextStepAt: now + PROGRESS_EVERY_MS })
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
      // Another replica's clock may be ahead of ours.
      changes: {
        verification,
        clocks: { ...rollback.clocks, restoredAt: Math.max(now, rollback.clocks.undoneAt ?? now) },
        ...(observation.serving && { to: observation.serving }),
      },
    })
  }
  if (late) return end('failed', 'rollout_stuck', now, { detail: observation.status.message })
  return stay({ nextStepAt: now + PROGRESS_EVERY_MS })
}
