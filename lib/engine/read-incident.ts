import { SnapbackError } from '../core/errors.ts'
import type { IncidentDetail } from '../core/incident-detail.ts'
import type { Deps } from '../ports.ts'

/** One incident with all that belongs to it. Throws `not_found`. */
export async function readIncident(deps: Pick<Deps, 'read'>, { id }: { id: string }): Promise<IncidentDetail> {
  const detail = await deps.read.incident(id)
  if (detail === null) throw new SnapbackError('not_found', `there is no incident ${id}`)
  return detail
}
