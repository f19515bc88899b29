import type { Facts, WorkloadFacts } from '../decision.ts'
import { isSameAsBefore } from '../target-revision.ts'
import { type Gate, type GateAnswer, hold, inconclusive, notApplicable, pass } from './gate.ts'

/** Clocks that differ by more than this order nothing (design: 5 s). */
const MAX_SKEW_MS = 5_000
/** A deploy while the alert fires is given so long after its rollout: it may be the fix. */
const HELPS_WITHIN_MS = 5 * 60_000

/**
 * 3. A deploy explains it: the onset lies in [D, max(D, R) + attributionWindow], with D the deploy of the
 * current revision and R the completion of its rollout. While that rollout goes on, R is not known, but not before now. And
 * the deploy changed something that runs: a restart explains nothing. A deploy while the alert fired already is held, and people are called
 * when it fires on for 5 min after R.
 */
export const deployExplains: Gate = {
  name: 'deploy_explains',
  kind: 'evidence',
  stage: 1,
  byHand: false,
  ask(facts) {
    const { trigger, workload, policy, clockSkewMs } = facts
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
    if (onsetAt < deployedAt - doubtMs) {
      const firedBefore = trigger.startsAt < deployedAt - doubtMs
      return firedBefore ? deployedWhileFiring(facts, deploy, values) : hold('older_than_deploy', values)
    }
    if (onsetAt > windowEndsAt + doubtMs) return hold('outside_attribution_window', values)
    if (doubtMs > 0) return inconclusive('clocks_differ', { ...values, clockSkewMs })
    if (isSameAsBefore(workload.current, workload.candidates)) return hold('change_not_material', values)
    return pass('deploy_explains_it', values)
  },
}

/** While its rollout goes on nobody knows whether it helps; one that never ends is waited for no longer than it could be to blame. */
function deployedWhileFiring({ at, policy }: Facts, deploy: DeployFacts, values: GateAnswer['values']): GateAnswer {
  const { deployedAt, completedAt, lastsUntil = null } = deploy
  const goesOn = completedAt === null && lastsUntil !== null && lastsUntil >= at && at < deployedAt + policy.attributionWindowMs
  const endedAt = goesOn ? at : Math.max(deployedAt, completedAt ?? deployedAt)
  const endsAt = endedAt + HELPS_WITHIN_MS
  return endsAt > at ? hold('new_deploy_while_firing', { ...values, endsAt }, endsAt) : hold('fires_on_after_deploy', values)
}

type DeployFacts = NonNullable<WorkloadFacts['deploy']>
