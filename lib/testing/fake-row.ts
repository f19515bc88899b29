/** Guarded by version, as `update … where id = … and version = …`. */
export function update<T extends { id: string; version: number }>(
  rows: T[],
  { id, version }: { id: string; version: number },
  changes: NoInfer<Partial<T>>,
): boolean {
  const at = rows.findIndex((row) => row.id === id && row.version === version)
  const row = rows[at]
  if (row === undefined) return false
  rows[at] = { ...row, ...changes, id, version: version + 1 }
  return true
}
