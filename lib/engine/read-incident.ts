import { type Parts, withParts } from '../core/clocks.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Deps, IncidentDetail } from '../ports.ts'

interface IncidentView extends IncidentDetail {
  rollbacks: (Rollback & { parts: Parts })[]
}

/** One incident with all that belongs to it. Throws `not_found`. */
export async function readIncident(deps: Pick<Deps, 'read'>, { id }: { id: string }): Promise<IncidentView> {
  const detail = await deps.read.incident(id)
  if (detail === null) throw new SnapbackError('not_found', `there is no incident ${id}`)
  return { ...detail, rollbacks: detail.rollbacks.map(withParts) }
}
