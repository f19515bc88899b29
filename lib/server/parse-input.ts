import type { z } from 'zod'
import { plainWords } from '../contracts/plain-words.ts'
import { SnapbackError } from '../core/errors.ts'
import { fieldErrors } from './field-errors.ts'

/**
 * @param what the whole is called when it is wrong itself: `the body`
 * @throws invalid, with every field that is wrong
 */
export function parseInput(schema: z.ZodType, input: unknown, what: string): unknown {
  const parsed = schema.safeParse(input, { error: plainWords })
  if (parsed.success) return parsed.data
  const fields = fieldErrors(parsed.error)
  const named = fields.map(({ path, message }) => `${path || what} ${message}`)
  throw new SnapbackError('invalid', named.slice(0, 3).join('; '), { fields })
}

/** The query as an object; a name that comes twice is a list, which no schema of a single value takes. */
export function queryOf(url: string): Record<string, string | string[]> {
  const { searchParams } = new URL(url)
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, oneOrAll(searchParams.getAll(name))]))
}

function oneOrAll(values: string[]): string | string[] {
  const [first, ...more] = values
  return first !== undefined && more.length === 0 ? first : values
}
