import type { Audited, Caller } from '../core/audit.ts'
import { pauseOf } from '../core/control.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Observation } from '../core/observation.ts'
import type { Rollback } from '../core/rollback.ts'
import { step } from '../core/rollback-machine.ts'
import { workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'
import { storeTransition } from './store-transition.ts'

interface Answer {
  caller: Caller
  id: string
  reason: string
}

type Action = Extract<Observation, { kind: 'person' }>['action']

/** A proposal gets its yes. What may have changed since it was made is asked again, under the lock. */
export function approveRollback(deps: Deps, answer: Answer): Promise<Audited<Rollback>> {
  return answerRollback(deps, answer, 'approve')
}

/** A proposal gets its no. */
export function declineRollback(deps: Deps, answer: Answer): Promise<Audited<Rollback>> {
  return answerRollback(deps, answer, 'decline')
}

/** Stops a rollback before its patch. Afterwards it is a conflict: a rollback is never rolled back. */
export function abortRollback(deps: Deps, answer: Answer): Promise<Audited<Rollback>> {
  return answerRollback(deps, answer, 'abort')
}

/** @throws not_found, or conflict when the phase does not allow it */
async function answerRollback(deps: Deps, { caller, id, reason }: Answer, action: Action): Promise<Audited<Rollback>> {
  const now = deps.now()
  const stored = await deps.store.transaction(async (tx) => {
    const before = await tx.rollback(id)
    if (before === null) throw new SnapbackError('not_found', `no rollback ${id}`)
    refuseOutOfPhase(before, action)
    if (action === 'approve') await refuseApproval(tx, before, now)
    const transition = step(before, { kind: 'person', action, actor: caller.actor, reason }, now)
    const after = transition && (await storeTransition(tx, before, transition, now))
    if (after === null) throw new SnapbackError('conflict', `rollback ${id} has just moved on; look again`)
    const audited = auditDraft(caller, now, {
      action: `rollback.${action}`,
      target: workloadKey(before.workload),
      reason,
      before: { rollback: id, phase: before.phase },
      after: { rollback: id, phase: after.phase },
    })
    await tx.appendAudit(audited)
    return { result: after, audited }
  })
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

/** Its own end, a pause, another rollback or a recovery since the proposal was made: the yes comes too late. */
async function refuseApproval(tx: Tx, proposal: Rollback, now: number): Promise<void> {
  if (proposal.expiresAt !== null && now >= proposal.expiresAt)
    throw new SnapbackError('conflict', 'cannot approve: the proposal has expired')
  const control = await tx.control('share')
  await tx.lock('open-rollback')
  if (!control.enabled) throw new SnapbackError('conflict', 'cannot approve: automation is switched off by configuration')
  if (pauseOf(control, proposal.workload, now)) throw new SnapbackError('conflict', 'cannot approve: automation is paused here')
  const open = await tx.openRollbackOf(proposal.workloadId)
  if (open) throw new SnapbackError('conflict', `cannot approve: rollback ${open.id} is open for this workload`)
  const incident = proposal.incidentId === null ? null : await tx.incident(proposal.incidentId)
  if (incident?.closedAt != null) throw new SnapbackError('conflict', 'cannot approve: the workload has recovered by itself')
}
