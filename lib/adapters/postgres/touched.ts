import type { ChangeKind } from '../../ports.ts'

/** Ids of what changed, by kind. */
export type Touched = Map<ChangeKind, Set<string>>

export function touch(touched: Touched, kind: ChangeKind, id: string | null | undefined): void {
  if (id == null) return
  const ids = touched.get(kind)
  if (ids) ids.add(id)
  else touched.set(kind, new Set([id]))
}
