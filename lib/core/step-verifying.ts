import { ENGINE } from './actor.ts'
import type { Instant } from './json.ts'
import { isUnseen, type Observation, whyUnseen } from './observation.ts'
import type { Rollback } from './rollback.ts'
import { draft, end, stay, type Transition } from './transition.ts'
import { extend, LONGEST_WINDOW_MS, readHealth, type Verification, verificationEndsAt } from './verification.ts'

const VERIFY_EVERY_MS = 5_000
/** How long a silence is waited out after verification would have ended. */
const PATIENCE_MS = 5 * 60_000

/** After the rollout: healthy for the bake time, unhealthy for as long, or no clear answer in the end. */
export function stepVerifying(rollback: Rollback, observation: Observation, now: Instant): Transition | null {
  if (observation.kind === 'workload_gone') return end('superseded', 'workload_gone', now)
  if (isUnseen(observation)) return waitToVerify(rollback, whyUnseen(observation), now)
  if (observation.kind !== 'health') return null
  if (observation.templateFingerprint !== rollback.to.templateFingerprint) return end('superseded', 'deployed_meanwhile', now)

  const { bakeTimeMs, clocks } = rollback
  const before = wasLongUnseen(rollback, now) ? broken(rollback) : verificationOf(rollback)
  const reading = readHealth(observation.seen, before.restartBaseline, now)
  const verification = extend(before, reading, observation.seen, now)
  const { stretch } = verification
  const hasLasted = now - stretch.since >= bakeTimeMs
  if (hasLasted && stretch.health === 'healthy') {
    const mitigatedAt = Math.max(restoredAtOf(rollback), stretch.windowStart)
    const verifiedAt = Math.max(now, mitigatedAt)
    return end('succeeded', 'healthy_for_bake_time', now, { changes: { verification, clocks: { ...clocks, mitigatedAt, verifiedAt } } })
  }
  if (hasLasted && stretch.health === 'unhealthy') {
    return end('failed', 'still_unhealthy', now, { detail: reading.reason, changes: { verification } })
  }
  const endsAt = verificationEndsAt(restoredAtOf(rollback), bakeTimeMs, observation.seen)
  // A clear answer that began in time may grow to its full length.
  const isGrowing = stretch.health !== 'inconclusive' && stretch.since <= endsAt
  if (now >= endsAt && !isGrowing) {
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

function waitToVerify(rollback: Rollback, why: string, now: Instant): Transition {
  const { bakeTimeMs } = rollback
  const { seen } = verificationOf(rollback)
  const restoredAt = restoredAtOf(rollback)
  const endsAt = seen === null ? restoredAt + 3 * bakeTimeMs : verificationEndsAt(restoredAt, bakeTimeMs, seen)
  if (now >= endsAt + PATIENCE_MS) return end('unverified', 'no_clear_answer', now, { detail: why })
  return stay({ nextStepAt: now + verifyEveryMs(rollback), verification: broken(rollback) })
}

function restoredAtOf({ clocks, phaseSince }: Rollback): Instant {
  return clocks.restoredAt ?? phaseSince
}

function verificationOf({ verification }: Rollback): Verification {
  return verification ?? { restartBaseline: {}, stretch: null, reading: null, seen: null }
}

/** Nobody looked: the stretch breaks, since it may have been anything meanwhile. */
function broken(rollback: Rollback): Verification {
  return { ...verificationOf(rollback), stretch: null }
}

/** The look comes so late that no window reaches back to the one before it. */
function wasLongUnseen({ nextStepAt }: Rollback, now: Instant): boolean {
  return nextStepAt !== null && now - nextStepAt > LONGEST_WINDOW_MS
}

/** Often enough for a short bake time to hold several looks. */
export function verifyEveryMs(rollback: Pick<Rollback, 'bakeTimeMs'>): number {
  return Math.max(1_000, Math.min(VERIFY_EVERY_MS, Math.round(rollback.bakeTimeMs / 4)))
}
