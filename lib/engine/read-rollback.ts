import { SnapbackError } from '../core/errors.ts'
import type { RollbackDetail } from '../core/incident-detail.ts'
import type { Deps } from '../ports.ts'

/** One rollback with its timeline and what was seen. Throws `not_found`. */
export async function readRollback(deps: Pick<Deps, 'read'>, { id }: { id: string }): Promise<RollbackDetail> {
  const found = await deps.read.rollback(id)
  if (found === null) throw new SnapbackError('not_found', `there is no rollback ${id}`)
  return found
}
