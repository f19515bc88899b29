import { type Gate, hold, inconclusive, notApplicable, pass } from './gate.ts'

/** Clocks that differ by more than this order nothing (design: 5 s). */
const MAX_SKEW_MS = 5_000

/**
 * 3. A deploy explains it: the onset lies in [D, max(D, R) + attributionWindow], with D the deploy of the
 * current revision and R the completion of its rollout. While that rollout goes on, R is not known, but not before now.
 */
export const deployExplains: Gate = {
  name: 'deploy_explains',
  kind: 'evidence',
  stage: 1,
  byHand: false,
  ask({ trigger, workload, policy, clockSkewMs }) {
    if (trigger.kind !== 'alert') return notApplicable('not_asked_by_hand')
    if (workload === null) return notApplicable('not_reached')
    // A template whose ReplicaSet is not there yet: the controller is about to make it.
    if (workload.current === null) return inconclusive('source_silent', { source: 'kubernetes' })
    const { deploy } = workload
    if (deploy === null) return hold('no_deploy_seen')
    const { at: onsetAt, source } = trigger.onset
    const { deployedAt, completedAt, lastsUntil = null } = deploy
    const windowEndsAt = Math.max(deployedAt, completedAt ?? lastsUntil ?? deployedAt) + policy.attributionWindowMs
    const values = {
      deployedAt,
      deploySource: deploy.source,
      completedAt,
      ...(completedAt === null && lastsUntil !== null && { rolloutLastsUntil: lastsUntil }),
      onsetAt,
      onsetSource: source,
      sinceDeployMs: onsetAt - deployedAt,
      windowEndsAt,
    }
    const skewMs = Math.abs(clockSkewMs ?? 0)
    // Clocks that differ leave open only what they could turn round: an onset hours before the deploy stays before it.
    const doubtMs = skewMs > MAX_SKEW_MS ? skewMs : 0
    if (onsetAt < deployedAt - doubtMs) return hold('older_than_deploy', values)
    if (onsetAt > windowEndsAt + doubtMs) return hold('outside_attribution_window', values)
    if (doubtMs > 0) return inconclusive('clocks_differ', { ...values, clockSkewMs })
    return pass('deploy_explains_it', values)
  },
}
