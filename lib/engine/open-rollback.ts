import { type Actor, ENGINE } from '../core/actor.ts'
import { NO_CLOCKS } from '../core/clocks.ts'
import type { Decision, Facts } from '../core/decision.ts'
import type { Instant } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import { revisionRef } from '../core/workload.ts'
import type { NewRollback, Tx } from '../ports.ts'
import { endProposal } from './end-proposal.ts'
import { takesOverAt } from './handover.ts'

interface Opening {
  facts: Facts
  decision: Decision
  decisionId: string
  workloadId: string
  incidentId: string | null
  now: Instant
  /** Whether whoever opens it goes on with it at once; else the queue does. */
  goesOn: boolean
}

/**
 * Opens what a decision led to: a rollback, a simulation or a proposal. The caller holds the lock
 * `open-rollback` and made the decision inside it, so that pause, mode, cooldown and what else is open were
 * asked again. A proposal of the same that waits already is joined: null. One of another incident or other revisions is
 * over: nobody could carry it out any more.
 */
export async function openRollback(tx: Tx, opening: Opening): Promise<Rollback | null> {
  const { now, goesOn } = opening
  const draft = draftRollback(opening)
  if (draft === null) return null
  const waiting = draft.phase === 'proposed' ? await tx.proposalOf(opening.workloadId) : null
  if (waiting !== null) {
    if (isSameQuestion(waiting, draft)) return null
    await endProposal(tx, waiting, { reason: 'proposed_anew', detail: `${draft.from.number} → ${draft.to.number}`, now: opening.now })
  }
  const rollback = await tx.insertRollback(draft)
  await tx.appendTimeline(
    {
      kind: draft.phase === 'proposed' ? 'proposed' : 'opened',
      at: opening.now,
      actor: draft.actor,
      data: { from: draft.from.number, to: draft.to.number, dryRun: draft.dryRun, reason: draft.reason },
    },
    { incidentId: opening.incidentId, rollbackId: rollback.id },
  )
  if (rollback.nextStepAt !== null)
    await tx.enqueue('advance-rollback', rollback.id, goesOn ? takesOverAt(rollback.nextStepAt, now) : rollback.nextStepAt)
  return rollback
}

function isSameQuestion(waiting: Rollback, draft: NewRollback): boolean {
  return waiting.incidentId === draft.incidentId && waiting.from.uid === draft.from.uid && waiting.to.uid === draft.to.uid
}

function draftRollback({ facts, decision, decisionId, workloadId, incidentId, now }: Opening): NewRollback | null {
  const { trigger, workload, policy } = facts
  if (decision.effect === 'none' || decision.target === null || workload?.current == null) return null
  const isProposal = decision.effect === 'propose'
  const expiresAt = isProposal ? now + policy.proposalExpiryMs : null
  const isAlert = trigger.kind === 'alert'
  return {
    phase: isProposal ? 'proposed' : 'pending',
    workloadId,
    deploymentUid: workload.uid,
    incidentId,
    decisionId,
    trigger: trigger.kind,
    reason: isAlert ? trigger.alertName : trigger.reason,
    actor: actorOf(facts),
    dryRun: decision.effect === 'simulate',
    condemns: isAlert || trigger.condemn,
    from: workload.current,
    to: revisionRef(decision.target),
    generation: workload.generation,
    bakeTimeMs: policy.bakeTimeMs,
    minRequests: policy.minRequests,
    clocks: {
      ...NO_CLOCKS,
      deployedAt: workload.deploy?.deployedAt ?? null,
      startedAt: isAlert ? trigger.onset.at : null,
      startedAtSource: isAlert ? trigger.onset.source : null,
      receivedAt: isAlert ? trigger.receivedAt : null,
      decidedAt: now,
    },
    openedAt: now,
    phaseSince: now,
    nextStepAt: expiresAt ?? now,
    expiresAt,
    verification: null,
    outcome: null,
    endedAt: null,
  }
}

function actorOf({ trigger }: Facts): Actor {
  return trigger.kind === 'person' ? trigger.actor : ENGINE
}
