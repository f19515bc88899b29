const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id that comes from outside may be any text: one that is no uuid names no row. */
export function isUuid(id: string): boolean {
  return UUID.test(id)
}
