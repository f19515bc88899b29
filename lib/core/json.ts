/** JSON as the wire carries it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue }
export type JsonObject = { [key: string]: JsonValue }

/** An instant: milliseconds since the Unix epoch. Numbers survive JSON, so facts can be stored and replayed. */
export type Instant = number

/** JSON with sorted keys and no white space: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const item = value[key]
      return item === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(item)}`]
    })
  return `{${entries.join(',')}}`
}

/** The object at `key`, or an empty one: raw JSON of a server may lack any field. */
export function objectAt(value: JsonValue | undefined, key: string): JsonObject {
  const found = isObject(value) ? value[key] : undefined
  return isObject(found) ? found : {}
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
