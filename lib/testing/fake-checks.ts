import type { Episode } from '../core/alert.ts'
import type { Incident } from '../core/incident.ts'
import { hasEnded, type Rollback } from '../core/rollback.ts'

/** What the database's checks refuse, so that the engine's tests find it first. */
export function checkRollback({ phase, endedAt, nextStepAt, outcome, dryRun, clocks }: Rollback): void {
  const isOver = endedAt !== null
  refuseUnless(hasEnded(phase) === isOver, `a rollback that is ${phase} ${isOver ? 'has' : 'has no'} end`)
  refuseUnless((outcome !== null) === isOver, `a rollback that is ${phase} ${outcome ? 'has' : 'has no'} outcome`)
  refuseUnless(!isOver || nextStepAt === null, 'a rollback that has ended is due again')
  const changed = clocks.undoneAt !== null || ['progressing', 'verifying', 'succeeded', 'unverified'].includes(phase)
  refuseUnless(!(dryRun && changed), `a dry run is ${phase}`)
  refuseUnless(phase !== 'simulated' || dryRun, 'a rollback is simulated without being a dry run')
  const order = [clocks.undoneAt, clocks.restoredAt, clocks.mitigatedAt, clocks.verifiedAt]
  order.forEach((at, index) => {
    const before = order[index - 1] ?? null
    refuseUnless(at === null || before === null || at >= before, 'the clocks of a rollback run backward')
  })
}

export function checkEpisode({ status, resolvedAt }: Episode): void {
  refuseUnless((status === 'resolved') === (resolvedAt !== null), `an episode that is ${status} resolved at ${resolvedAt}`)
}

export function checkIncident({ closedAt, outcome }: Incident): void {
  refuseUnless((closedAt === null) === (outcome === null), `an incident closed at ${closedAt} has the outcome ${outcome}`)
}

function refuseUnless(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(`check constraint: ${otherwise}`)
}
