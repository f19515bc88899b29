import { SnapbackError } from '../../../core/errors.ts'
import type { Page, PageRequest } from '../../../ports.ts'
import { isUuid } from '../rows/uuid.ts'

/** What the last row of a page is told by, in a form that nobody takes apart. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** @throws invalid, naming `cursor`, for anything that we did not give out */
export function decodeCursor(cursor: string, length: number): string[] {
  const parts = parse(Buffer.from(cursor, 'base64url').toString())
  const isOurs = Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === 'string' && isStorable(part))
  if (!isOurs) throw badCursor()
  return parts
}

/** Rows after the cursor, where rows are ordered by id from the newest: version 7 ids grow with time. */
export function afterId(cursor: string | null): { id?: { lt: string } } {
  if (cursor === null) return {}
  const [id = ''] = decodeCursor(cursor, 1)
  if (!isUuid(id)) throw badCursor()
  return { id: { lt: id } }
}

/** A page out of one row more than was asked for, which tells whether there is a next one. */
export function toPage<Row, T>(
  rows: readonly Row[],
  { limit }: PageRequest,
  convert: (row: Row) => T,
  cursorOf: (row: Row) => string[],
): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(convert), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null }
}

/** Postgres takes no NUL and no half of a surrogate pair, so no name of ours has one. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function badCursor(): SnapbackError {
  const message = 'is no cursor of this list'
  return new SnapbackError('invalid', `cursor ${message}`, { fields: [{ path: 'cursor', message }] })
}
