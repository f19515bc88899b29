import type { Candidate, Facts, WorkloadFacts } from '../decision.ts'
import { frozenNow } from '../freeze.ts'
import type { Owner } from '../owner.ts'
import { pickTarget, targetAsked } from '../target-revision.ts'
import { type Gate, type GateAnswer, hold, inconclusive, notApplicable, pass } from './gate.ts'

/**
 * 10. Nothing about the workload forbids it: the Deployment is not paused, no freeze, nothing irreversible between the current
 * revision and the target, and its owner lets an undo stick. An owner that was not heard is an open question.
 */
export const allowed: Gate = {
  name: 'allowed',
  kind: 'control',
  stage: 1,
  byHand: true,
  ask(facts) {
    const { workload, policy, trigger, at } = facts
    if (workload === null) return notApplicable('not_reached')
    if (workload.paused) return hold('deployment_paused')
    const wall = irreversibleOne(workload, pickedTarget(facts))
    if (wall !== null) return hold('irreversible', { revision: wall })
    const owner = workload.owner ?? null
    const values = { ...(owner !== null && ownerValues(owner)), ...(workload.clientApplied && { clientApplied: true }) }
    if (owner !== null && owner.undo === 'reverted' && policy.onOwned === 'refuse') return hold('owner_reverts', values)
    // A person who asks has the freeze in front of them.
    const frozen = trigger.kind === 'person' ? null : frozenNow(policy.freeze ?? [], at)
    if (frozen !== null) return hold('frozen', { ...values, why: frozen.reason, endsAt: frozen.endsAt }, frozen.endsAt)
    if (isUnsure(workload) && policy.onOwned === 'refuse') {
      const unheard = { ...values, source: 'kubernetes' }
      // A person who cannot wait for the answer is told, and goes on.
      return trigger.kind === 'person' ? notApplicable('source_silent', unheard) : inconclusive('source_silent', unheard)
    }
    if (owner === null) return pass('allowed', values)
    return pass(owner.undo === 'reverted' ? 'owner_reverts_anyway' : 'owner_lets_it_stick', values)
  },
}

/** Who has a say did not answer, and what is known does not forbid it: it might be known of a worse owner, or of worse that this one does. */
function isUnsure({ owner, ownerSilent = false }: WorkloadFacts): boolean {
  return ownerSilent || (owner?.known === 'silent' && owner.undo !== 'reverted')
}

/** `when`: whether `revertsWithinMs` says how soon. Records of before owners were read have neither, nor how it is known. */
function ownerValues({ kind, name, undo, known, revertsWithinMs }: Owner): GateAnswer['values'] {
  const values: GateAnswer['values'] = { owner: kind, name, undo, ...(known && { known }) }
  if (undo !== 'reverted') return values
  return revertsWithinMs === undefined ? { ...values, when: 'unknown' } : { ...values, when: 'within', revertsWithinMs }
}

function pickedTarget(facts: Facts): Candidate | null {
  const { workload } = facts
  return workload?.current == null ? null : pickTarget(workload.current, workload.candidates, targetAsked(facts)).target
}

/** The number of the newest revision after the target whose deploy cannot be taken back; null: there is none. */
function irreversibleOne({ current, currentIrreversible, candidates }: WorkloadFacts, target: Candidate | null): number | null {
  if (current === null || target === null) return null
  if (currentIrreversible) return current.number
  return candidates.find(({ number, irreversible }) => irreversible && number > target.number)?.number ?? null
}
