import type { Audited, Caller } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Observation } from '../core/observation.ts'
import type { Rollback } from '../core/rollback.ts'
import { step } from '../core/rollback-machine.ts'
import { workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'
import { lookForApproval, refuseApproval } from './refuse-approval.ts'
import { releaseBudget } from './release-budget.ts'
import { storeTransition } from './store-transition.ts'

interface Answer {
  caller: Caller
  id: string
  reason: string
}

type Action = Extract<Observation, { kind: 'person' }>['action']

/**
 * A proposal gets its yes. What may have changed since it was made is asked again: the gates of a rollback by hand, and
 * whether automation was stopped.
 */
export async function approveRollback(deps: Deps, answer: Answer): Promise<Audited<Rollback>> {
  const proposal = await deps.store.transaction((tx) => known(tx, answer.id))
  refuseOutOfPhase(proposal, 'approve')
  const seen = await lookForApproval(deps, proposal, { actor: answer.caller.actor, reason: answer.reason })
  return answerRollback(deps, answer, 'approve', (tx, before, now) => refuseApproval(tx, before, seen, now))
}

/** A proposal gets its no. */
export function declineRollback(deps: Deps, answer: Answer): Promise<Audited<Rollback>> {
  return answerRollback(deps, answer, 'decline')
}

/** Stops a rollback before its patch. Afterwards it is a conflict: a rollback is never rolled back. */
export function abortRollback(deps: Deps, answer: Answer): Promise<Audited<Rollback>> {
  return answerRollback(deps, answer, 'abort')
}

type Refusal = (tx: Tx, before: Rollback, now: Instant) => Promise<void>

/** @throws not_found, or conflict when the phase does not allow it or `refuse` says so */
async function answerRollback(
  deps: Deps,
  { caller, id, reason }: Answer,
  action: Action,
  refuse: Refusal = async () => {},
): Promise<Audited<Rollback>> {
  const now = deps.now()
  const { before, ...stored } = await deps.store.transaction(async (tx) => {
    const before = await known(tx, id)
    refuseOutOfPhase(before, action)
    await refuse(tx, before, now)
    const transition = step(before, { kind: 'person', action, actor: caller.actor, reason }, now)
    const after = transition && (await storeTransition(tx, before, transition, { now, goesOn: false }))
    if (after === null) throw new SnapbackError('conflict', `rollback ${id} has just moved on; look again`)
    const audited = auditDraft(caller, now, {
      action: `rollback.${action}`,
      target: workloadKey(before.workload),
      reason,
      before: { rollback: id, phase: before.phase },
      after: { rollback: id, phase: after.phase },
    })
    await tx.appendAudit(audited)
    return { before, result: after, audited }
  })
  await releaseBudget(deps, before, stored.result)
  if (stored.result.endedAt !== null) deps.meter.rollbackEnded(stored.result)
  return stored
}

const ALLOWED: Record<Action, readonly Rollback['phase'][]> = {
  approve: ['proposed'],
  decline: ['proposed'],
  abort: ['proposed', 'pending'],
}

function refuseOutOfPhase({ phase }: Rollback, action: Action): void {
  if (!ALLOWED[action].includes(phase)) throw new SnapbackError('conflict', `cannot ${action}: the rollback is ${phase}`)
}

async function known(tx: Tx, id: string): Promise<Rollback> {
  const rollback = await tx.rollback(id)
  if (rollback === null) throw new SnapbackError('not_found', `no rollback ${id}`)
  return rollback
}
