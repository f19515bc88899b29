import type { Instant } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import { end } from '../core/transition.ts'
import type { Tx } from '../ports.ts'

interface Ending {
  reason: 'incident_closed' | 'proposed_anew'
  detail: string | null
  now: Instant
}

/** A proposal whose question is over ends as expired, so that it neither waits for a yes nor stands in the way of the next. */
export async function endProposal(tx: Tx, proposal: Rollback, { reason, detail, now }: Ending): Promise<void> {
  if (proposal.phase !== 'proposed') return
  const { changes, event } = end('expired', reason, now, detail === null ? {} : { detail })
  if (!(await tx.updateRollback(proposal.id, proposal.version, changes)) || event === null) return
  await tx.appendTimeline(event, { incidentId: proposal.incidentId, rollbackId: proposal.id })
}
