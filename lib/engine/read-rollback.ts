import { SnapbackError } from '../core/errors.ts'
import type { Rollback } from '../core/rollback.ts'
import type { TimelineEvent } from '../core/timeline.ts'
import type { Deps } from '../ports.ts'

/** One rollback with its timeline. Throws `not_found`. */
export async function readRollback(
  deps: Pick<Deps, 'read'>,
  { id }: { id: string },
): Promise<{ rollback: Rollback; timeline: TimelineEvent[] }> {
  const found = await deps.read.rollback(id)
  if (found === null) throw new SnapbackError('not_found', `there is no rollback ${id}`)
  return found
}
