import { decide, stageOneHolds } from '../core/decide.ts'
import type { Check, Decision, Facts, Trigger } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Deps, Tx } from '../ports.ts'
import { askServer, assembleFacts, factsUnderLock, lookAt, type Surroundings } from './gather-facts.ts'

/** What the cluster says of a proposal that is about to be approved: the facts of a rollback by hand to its target. */
export async function lookForApproval(deps: Deps, proposal: Rollback, by: Pick<PersonTrigger, 'actor' | 'reason'>): Promise<Surroundings> {
  const trigger: Trigger = { kind: 'person', ...by, toRevisionUid: proposal.to.uid, condemn: proposal.condemns }
  const seen = await lookAt(deps, trigger, proposal.workload)
  if (seen.resolution === null) throw new SnapbackError('upstream_unavailable', 'kubernetes: not read yet', { upstream: 'kubernetes' })
  const facts = await deps.store.transaction((tx) => assembleFacts(tx, seen, deps.now()))
  return stageOneHolds(facts) ? seen : { ...seen, dryRun: await askServer(deps, facts) }
}

type PersonTrigger = Extract<Trigger, { kind: 'person' }>

/**
 * Asks again what may have changed since the proposal was made, under the lock. A yes is a person's act, so the gates are those of a rollback
 * by hand; but what is carried out is automation's, so that what stops automation stops it too.
 *
 * @throws conflict that says what holds it
 */
export async function refuseApproval(tx: Tx, proposal: Rollback, seen: Surroundings, now: Instant): Promise<void> {
  const facts = await factsUnderLock(tx, seen, now)
  if (proposal.expiresAt !== null && now >= proposal.expiresAt) refuse('the proposal has expired')
  refuseWhileStopped(facts)
  const incident = proposal.incidentId === null ? null : await tx.incident(proposal.incidentId, 'update')
  if (incident?.closedAt != null) refuse('the workload has recovered by itself')
  const current = facts.workload?.current ?? null
  if (current !== null && (facts.workload?.uid !== proposal.deploymentUid || current.uid !== proposal.from.uid)) {
    refuse(`revision ${current.number} was deployed meanwhile; the proposal was made for revision ${proposal.from.number}`)
  }
  const decision = decide(facts)
  if (decision.effect === 'none') refuse(whyHeld(decision))
}

/** Said after the proposal was made, or for everything: whoever wants it all the same rolls back by hand, which these do not stop. */
function refuseWhileStopped({ control }: Facts): void {
  if (!control.enabled) refuse('automation is switched off by configuration (AUTO_ROLLBACK_ENABLED=false); a rollback by hand works')
  if (control.paused) refuse(`automation is paused for ${control.paused.scope}; a rollback by hand works`)
  if (control.mode === 'off' || control.mode === 'observe') {
    refuse(`the mode of this workload is ${control.mode} now; raise it, or roll back by hand`)
  }
}

/** The check that settled it, in words, with its code. */
function whyHeld({ reason, checks }: Decision): string {
  const check = checks.find((one) => one.reason === reason && (one.answer === 'hold' || one.answer === 'inconclusive'))
  return `${check === undefined ? 'it is held' : inWords(check)} (${reason})`
}

function inWords({ reason, values }: Check): string {
  const message = typeof values['message'] === 'string' ? `: ${values['message']}` : ''
  switch (reason) {
    case 'workload_not_found':
      return 'the Deployment is gone'
    case 'rollback_open':
      return `rollback ${String(values['rollbackId'])} of this workload is open`
    case 'target_gone':
      return 'the ReplicaSet of its target is gone'
    case 'target_same':
      return 'the workload runs its target already'
    case 'deployment_paused':
      return 'the Deployment is paused (spec.paused)'
    case 'irreversible':
      return `revision ${String(values['revision'])} cannot be taken back (snapback.dev/irreversible)`
    case 'owner_reverts':
      return `${String(values['name'])} owns the Deployment and would put the bad version back`
    case 'patch_refused':
      return `the API server refuses the patch${message}`
    case 'source_silent':
      return `the API server gave no answer${message}; try again`
    default:
      return `it is held${message}`
  }
}

function refuse(why: string): never {
  throw new SnapbackError('conflict', `cannot approve: ${why}`)
}
