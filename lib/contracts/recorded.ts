import { z } from 'zod'
import { isObject, type JsonValue } from '../core/json.ts'

/** Keys under which a record keeps an instant, by our naming rule (`…At`) and the three short ones. */
const INSTANT_KEY = /^(at|since|until)$|At$/
/** What `Date` can hold, in milliseconds. */
const LAST_INSTANT = 8.64e15

/**
 * JSON as it was recorded (values of a check, data of a timeline event, before and after of an audit entry). Its shape grows with
 * the product and old rows keep theirs, so it is not checked; its instants are ISO 8601 on the wire like all others.
 */
export function recordedAs<T>() {
  return z.codec(z.unknown(), z.custom<T>(), {
    decode: (wire) => withInstants(wire as JsonValue, fromWire) as T,
    encode: (record) => withInstants(record as JsonValue, toWire),
  })
}

export const recordedValues = z.codec(z.record(z.string(), z.unknown()), z.custom<Record<string, JsonValue>>(), {
  decode: (wire) => withInstants(wire as JsonValue, fromWire) as Record<string, JsonValue>,
  encode: (record) => withInstants(record, toWire) as Record<string, JsonValue>,
})

function withInstants(value: JsonValue, convert: (instant: JsonValue) => JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withInstants(item, convert))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, INSTANT_KEY.test(key) ? convert(item) : withInstants(item, convert)]),
  )
}

function toWire(value: JsonValue): JsonValue {
  if (typeof value === 'number') return Math.abs(value) <= LAST_INSTANT ? new Date(value).toISOString() : value
  return withInstants(value, toWire)
}

function fromWire(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return withInstants(value, fromWire)
  const instant = Date.parse(value)
  return !Number.isNaN(instant) && new Date(instant).toISOString() === value ? instant : value
}
