import type { JsonValue } from './json.ts'

/** Of one text: a value of a template may be a whole configuration file. */
const TEXT_CHARS = 2_000
/** Of a value as a whole, as JSON. */
const VALUE_CHARS = 10_000
/** What stands before the first difference, so that one sees where it is. */
const LEAD_CHARS = 200

/** Two values that differ, each short enough to be kept and shown: of long texts the part where they begin to differ. `…` stands for the rest. */
export function shortenBoth(before: JsonValue, after: JsonValue): [JsonValue, JsonValue] {
  if (typeof before === 'string' && typeof after === 'string') {
    const isLong = before.length > TEXT_CHARS || after.length > TEXT_CHARS
    const from = isLong ? Math.max(0, firstDifference(before, after) - LEAD_CHARS) : 0
    return [cut(before, from), cut(after, from)]
  }
  return [shorten(before), shorten(after)]
}

function shorten(value: JsonValue): JsonValue {
  const short = withShortTexts(value)
  const text = JSON.stringify(short)
  return text.length <= VALUE_CHARS ? short : `${text.slice(0, VALUE_CHARS)}…`
}

function withShortTexts(value: JsonValue): JsonValue {
  if (typeof value === 'string') return cut(value, 0)
  if (Array.isArray(value)) return value.map(withShortTexts)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withShortTexts(item)]))
}

function cut(text: string, from: number): string {
  const part = text.slice(from, from + TEXT_CHARS)
  return `${from > 0 ? '…' : ''}${part}${from + TEXT_CHARS < text.length ? '…' : ''}`
}

function firstDifference(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}
