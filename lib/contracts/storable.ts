import type { FieldError } from '../core/errors.ts'
import { isObject, type JsonValue } from '../core/json.ts'

/**
 * Texts of a body that Postgres does not store (the NUL character, half of a surrogate pair), by their path. Left in, they
 * would fail at every try, and a sender that tries again at a 5xx would never stop.
 */
export function unstorableTexts(value: JsonValue, path: readonly string[] = []): FieldError[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [{ path: path.join('.'), message: 'has characters that cannot be stored' }]
  if (Array.isArray(value)) return value.flatMap((item, index) => unstorableTexts(item, [...path, String(index)]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) =>
    isStorable(key) ? unstorableTexts(item, [...path, key]) : [{ path: path.join('.'), message: 'has a name that cannot be stored' }],
  )
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
