import type { Episode } from '../core/alert.ts'
import type { Instant } from '../core/json.ts'
import { hasEnded, type OutcomeReason, type Rollback } from '../core/rollback.ts'
import type { Transition } from '../core/transition.ts'
import type { Tx } from '../ports.ts'
import { closeIncidentIfQuiet } from './close-incident.ts'
import { takesOverAt } from './handover.ts'

interface Storing {
  now: Instant
  /** Whether whoever stores it takes the next step at once, if it is due; else the queue does. */
  goesOn: boolean
}

/**
 * Stores a transition with its timeline event, its next job and what its end brings, guarded by the version
 * it was made from. Null: someone else was faster; stop.
 */
export async function storeTransition(
  tx: Tx,
  before: Rollback,
  { changes, event }: Transition,
  { now, goesOn }: Storing,
): Promise<Rollback | null> {
  // Before the rollback's row, in the order of everybody who may end something of an incident.
  const mayClose = changes.phase !== undefined && hasEnded(changes.phase)
  if (mayClose && before.incidentId !== null) await tx.incident(before.incidentId, 'update')
  if (!(await tx.updateRollback(before.id, before.version, changes))) return null
  const after: Rollback = { ...before, ...changes, version: before.version + 1 }
  if (event !== null) await tx.appendTimeline(event, { incidentId: after.incidentId, rollbackId: after.id })
  if (after.nextStepAt !== null)
    await tx.enqueue('advance-rollback', after.id, goesOn ? takesOverAt(after.nextStepAt, now) : after.nextStepAt)
  if (wasUndone(before, after) && after.condemns) await condemn(tx, after, now)
  if (hasEnded(after.phase)) await settle(tx, after, now)
  return after
}

function wasUndone(before: Rollback, after: Rollback): boolean {
  return before.clocks.undoneAt === null && after.clocks.undoneAt !== null && !after.dryRun
}

/** What was rolled away from is remembered by what it runs. */
function condemn(tx: Tx, { id, workloadId, from }: Rollback, now: Instant): Promise<void> {
  return tx.condemn({ workloadId, materialFingerprint: from.materialFingerprint, rollbackId: id, images: from.images, at: now })
}

/** Its alerts are nobody's any more: a pause holds them from now on, or the deploy that came first is given its time. */
const LEFT_TO_DECIDE: ReadonlySet<OutcomeReason> = new Set([
  'paused',
  'automation_disabled',
  'mode_lowered',
  'waited_too_long',
  'deployed_meanwhile',
])

/**
 * In which Alertmanager tells the end of an alert by default (its `group_interval`): after a success Prometheus has it no more, and it is
 * an echo here.
 */
const END_IS_TOLD_WITHIN_MS = 5 * 60_000

async function settle(tx: Tx, ended: Rollback, now: Instant): Promise<void> {
  // An alert that came meanwhile was held by this one: nobody else asks it again. A simulation changed nothing for it.
  if (ended.phase !== 'simulated') {
    const askAt = ended.phase === 'succeeded' ? now + END_IS_TOLD_WITHIN_MS : now
    await tx.reevaluateHeld(['rollback_open'], askAt, ended.workloadId)
  }
  if (ended.incidentId === null) return
  if (ended.outcome !== null && LEFT_TO_DECIDE.has(ended.outcome.reason)) await decideAgain(tx, ended.incidentId, now)
  await closeIncidentIfQuiet(tx, ended.incidentId, now)
}

async function decideAgain(tx: Tx, incidentId: string, now: Instant): Promise<void> {
  // Locked in the order of ids, as everybody does it.
  const episodes = (await tx.episodesOfIncident(incidentId)).sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const episode of episodes) {
    let latest: Episode | null = episode
    // A delivery may have changed it since it was read: that must not cost the question.
    while (latest?.status === 'firing' && !(await tx.updateEpisode(latest.id, latest.version, { nextEvaluationAt: now }))) {
      latest = await tx.episode(latest.id)
    }
    if (latest?.status === 'firing') await tx.enqueue('evaluate-alert', latest.id, now)
  }
}
