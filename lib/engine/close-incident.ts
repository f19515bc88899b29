import { ENGINE } from '../core/actor.ts'
import type { IncidentOutcome } from '../core/incident.ts'
import type { Instant } from '../core/json.ts'
import { isOpen, type Rollback } from '../core/rollback.ts'
import type { Tx } from '../ports.ts'
import { endProposal } from './end-proposal.ts'

/**
 * Closes an incident once every episode is resolved and no rollback is open; a proposal of it ends with it. Idempotent. The incident's row is
 * locked first, as by whoever lets an episode join it: none joins a closed one, and none with a firing episode closes.
 */
export async function closeIncidentIfQuiet(tx: Tx, incidentId: string, now: Instant): Promise<void> {
  const incident = await tx.incident(incidentId, 'update')
  if (incident === null || incident.closedAt !== null) return
  const episodes = await tx.episodesOfIncident(incidentId)
  if (episodes.some((episode) => episode.status === 'firing')) return
  const rollbacks = await tx.rollbacksOfIncident(incidentId)
  if (rollbacks.some((rollback) => isOpen(rollback.phase))) return
  for (const rollback of rollbacks) await endProposal(tx, rollback, { reason: 'incident_closed', detail: null, now })
  const outcome = outcomeOf(rollbacks)
  if (!(await tx.updateIncident(incidentId, incident.version, { closedAt: now, outcome }))) return
  await tx.appendTimeline({ kind: 'incident_closed', at: now, actor: ENGINE, data: { outcome } }, { incidentId, rollbackId: null })
}

/** An undo that happened counts, shown to have helped or not known to have hurt; a failed one does not. */
function outcomeOf(rollbacks: readonly Rollback[]): IncidentOutcome {
  const done = rollbacks.filter((rollback) => !rollback.dryRun && rollback.clocks.undoneAt !== null)
  const helped = done.filter((rollback) => rollback.phase === 'succeeded' || rollback.phase === 'unverified')
  if (helped.some((rollback) => rollback.trigger === 'alert')) return 'rolled_back'
  if (helped.length > 0) return 'rolled_back_by_hand'
  return done.length > 0 ? 'ended_unresolved' : 'recovered_by_itself'
}
