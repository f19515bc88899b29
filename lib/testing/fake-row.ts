/**
 * Guarded by version, as `update … where id = … and version = …`.
 *
 * @param check throws when the changed row is not allowed
 */
export function update<T extends { id: string; version: number }>(
  rows: T[],
  { id, version }: { id: string; version: number },
  changes: NoInfer<Partial<T>>,
  check: (row: T) => void,
): boolean {
  const at = rows.findIndex((row) => row.id === id && row.version === version)
  const row = rows[at]
  if (row === undefined) return false
  const changed = { ...row, ...changes, id, version: version + 1 }
  check(changed)
  rows[at] = changed
  return true
}
