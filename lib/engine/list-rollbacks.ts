import { type Parts, withParts } from '../core/clocks.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Deps, Page, PageRequest, RollbackFilter } from '../ports.ts'

/** Rollbacks that match, newest first, each with the parts of its clocks. */
export async function listRollbacks(
  deps: Pick<Deps, 'read'>,
  { filter, page }: { filter: RollbackFilter; page: PageRequest },
): Promise<Page<Rollback & { parts: Parts }>> {
  const found = await deps.read.rollbacks(filter, page)
  return { ...found, items: found.items.map(withParts) }
}
