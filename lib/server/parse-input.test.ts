import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseInput, queryOf } from './parse-input.ts'

test('what is valid comes back parsed', () => {
  expect(parseInput(z.object({ limit: z.coerce.number() }), { limit: '5' }, 'the query')).toEqual({ limit: 5 })
})

test('what is not names the fields, in the message and one by one', () => {
  const schema = z.object({ a: z.string('is no text') })
  const fields = [{ path: 'a', message: 'is no text' }]
  expect(() => parseInput(schema, {}, 'the body')).toThrow(expect.objectContaining({ code: 'invalid', message: 'a is no text', fields }))
})

test('what a schema does not say itself is said in plain words, of the whole too', () => {
  const schema = z.object({ alerts: z.array(z.string()) })
  expect(() => parseInput(schema, { alerts: 'x' }, 'the body')).toThrow('alerts must be a list')
  expect(() => parseInput(schema, [], 'the body')).toThrow('the body must be an object')
})

test('a name that comes twice in a query is a list', () => {
  expect(queryOf('http://x/?a=1&b=2&b=3&c=')).toEqual({ a: '1', b: ['2', '3'], c: '' })
})
