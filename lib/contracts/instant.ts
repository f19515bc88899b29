import { z } from 'zod'

/**
 * An instant: ISO 8601 with a zone on the wire, milliseconds since the epoch inside.
 * Decoding refuses a text that is no date; encoding a number that no calendar has is our own mistake.
 */
export const instant = z.codec(z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-01-31T12:00:00Z' }), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (at) => new Date(at).toISOString(),
})
