import { type Parts, withParts } from '../core/clocks.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Rollback } from '../core/rollback.ts'
import type { TimelineEvent } from '../core/timeline.ts'
import type { Deps } from '../ports.ts'

interface RollbackView {
  rollback: Rollback & { parts: Parts }
  timeline: TimelineEvent[]
}

/** One rollback with its timeline and the parts of its clocks. Throws `not_found`. */
export async function readRollback(deps: Pick<Deps, 'read'>, { id }: { id: string }): Promise<RollbackView> {
  const found = await deps.read.rollback(id)
  if (found === null) throw new SnapbackError('not_found', `there is no rollback ${id}`)
  return { rollback: withParts(found.rollback), timeline: found.timeline }
}
