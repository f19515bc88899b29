import { type Gate, hold, notApplicable, pass } from './gate.ts'

/** 7. The workload's last rollback, a simulated one too, ended long enough ago. */
export const cooldown: Gate = {
  name: 'cooldown',
  kind: 'control',
  stage: 1,
  byHand: false,
  ask({ at, workload, policy }) {
    if (workload === null) return notApplicable('not_reached')
    const last = workload.lastRollbackEndedAt
    if (last === null) return pass('not_cooling_down', { lastRollbackEndedAt: null })
    const endsAt = last + policy.cooldownMs
    const values = { lastRollbackEndedAt: last, endsAt }
    return at < endsAt ? hold('cooling_down', values, endsAt) : pass('not_cooling_down', values)
  },
}
