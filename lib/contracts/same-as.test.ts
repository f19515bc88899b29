import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { sameAs } from './same-as.ts'

interface Core {
  phase: 'open' | 'ended'
  note: string | null
}

const phase = z.enum(['open', 'ended'])
const note = z.string().nullable()

test('a schema that says the same as the core type is handed back as it is', () => {
  const schema = z.object({ phase, note })
  expect(sameAs<Core>()(schema)).toBe(schema)
  expectTypeOf<z.output<typeof schema>>().toEqualTypeOf<Core>()
})

test('the compiler refuses a schema that lacks or adds a word or lacks a field', () => {
  const schemas = [
    // @ts-expect-error a field is missing
    sameAs<Core>()(z.object({ phase })),
    // @ts-expect-error a word of the closed set is missing
    sameAs<Core>()(z.object({ phase: z.enum(['open']), note })),
    // @ts-expect-error a word that core does not have
    sameAs<Core>()(z.object({ phase: z.enum(['open', 'ended', 'lost']), note })),
    // @ts-expect-error null is missing
    sameAs<Core>()(z.object({ phase, note: z.string() })),
  ]
  expect(schemas).toHaveLength(4)
})
