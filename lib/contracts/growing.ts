import { z } from 'zod'

/**
 * A word of a set that grows, for replies only: while an update goes on, a newer replica stores words that this one does not know, and it
 * has to show them all the same, as text. The type says the words that are known: whoever has a sentence for each shows others as they are.
 */
export function growing<const Words extends readonly [string, ...string[]]>(words: Words): z.ZodType<Words[number], Words[number]> {
  return z.union([z.enum(words), z.string()]) as unknown as z.ZodType<Words[number], Words[number]>
}
