import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseInput, queryOf } from './parse-input.ts'

test('what is valid comes back parsed', () => {
  expect(parseInput(z.object({ limit: z.coerce.number() }), { limit: '5' })).toEqual({ limit: 5 })
})

test('what is not names the fields, in the message and one by one', () => {
  const schema = z.object({ a: z.string('is no text') })
  const fields = [{ path: 'a', message: 'is no text' }]
  expect(() => parseInput(schema, {})).toThrow(expect.objectContaining({ code: 'invalid', message: 'a: is no text', fields }))
})

test('a name that comes twice in a query is a list', () => {
  expect(queryOf('http://x/?a=1&b=2&b=3&c=')).toEqual({ a: '1', b: ['2', '3'], c: '' })
})
