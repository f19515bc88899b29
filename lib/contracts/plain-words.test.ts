import { expect, test } from 'vitest'
import { z } from 'zod'
import { plainWords } from './plain-words.ts'

const scope = z.discriminatedUnion('level', [z.object({ level: z.literal('cluster') }), z.object({ level: z.literal('namespace') })])

test.each<[string, z.ZodType, unknown, string]>([
  ['nothing', z.string(), undefined, 'is missing'],
  ['nothing where few things may stand', z.enum(['a', 'b']), undefined, 'is missing'],
  ['a text for a list', z.array(z.string()), 'x', 'must be a list'],
  ['a list for an object', z.object({}), [], 'must be an object'],
  ['a text for a map', z.record(z.string(), z.string()), 'x', 'must be an object'],
  ['a number for a text', z.string(), 1, 'must be a text'],
  ['half a number', z.int(), 1.5, 'must be a whole number'],
  ['a word for yes or no', z.boolean(), 'yes', 'must be true or false'],
  ['a word that is not among them', z.enum(['a', 'b', 'c']), 'd', 'must be "a", "b" or "c"'],
  ['another literal', z.literal('4'), '3', 'must be "4"'],
  ['a text that is too short', z.string().min(3), 'x', 'must have at least 3 characters'],
  ['a text that is too long', z.string().max(3), 'xxxx', 'must have at most 3 characters'],
  ['a number that is too small', z.number().min(1), 0, 'must be at least 1'],
  ['a list that is too long', z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entries'],
  ['no address', z.email(), 'x', 'must be an e-mail address'],
  ['no UUID', z.uuid(), 'x', 'must be a UUID'],
  ['a text of another pattern', z.string().regex(/^a$/), 'x', 'must be of another form'],
  ['a discriminator that is none', scope, { level: 'planet' }, 'must be "cluster" or "namespace"'],
  ['what a schema says itself', z.string('is no name'), 1, 'is no name'],
])('%s is told in plain words', (_case, schema, input, words) => {
  expect(schema.safeParse(input, { error: plainWords }).error?.issues[0]?.message).toBe(words)
})
