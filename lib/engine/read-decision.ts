import type { DecisionRecord } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Deps } from '../ports.ts'

/** One decision with every check and the facts it was made of. Throws `not_found`. */
export async function readDecision(deps: Pick<Deps, 'read'>, { id }: { id: string }): Promise<DecisionRecord> {
  const decision = await deps.read.decision(id)
  if (decision === null) throw new SnapbackError('not_found', `there is no decision ${id}`)
  return decision
}
