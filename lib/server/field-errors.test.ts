import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldErrors } from './field-errors.ts'

function errorsOf(schema: z.ZodType, input: unknown) {
  const { error } = schema.safeParse(input)
  return error === undefined ? [] : fieldErrors(error)
}

test('every wrong field is named by its path', () => {
  const schema = z.object({ alerts: z.array(z.object({ labels: z.string('is no text') })), n: z.int('is no number') })
  expect(errorsOf(schema, { alerts: [{ labels: 'x' }, { labels: 1 }], n: 'x' })).toEqual([
    { path: 'alerts.1.labels', message: 'is no text' },
    { path: 'n', message: 'is no number' },
  ])
})

test('a field that is not known is named itself, not the object around it', () => {
  expect(errorsOf(z.object({ inner: z.strictObject({ a: z.string() }) }), { inner: { a: 'x', b: 1, c: 2 } })).toEqual([
    { path: 'inner.b', message: 'is not known here' },
    { path: 'inner.c', message: 'is not known here' },
  ])
})

test('of a union the branch that was nearly right is told', () => {
  const schema = z.object({ scope: z.union([z.object({ a: z.string(), b: z.string() }), z.object({ n: z.int('is no number') })]) })
  expect(errorsOf(schema, { scope: { n: 'x' } })).toEqual([{ path: 'scope.n', message: 'is no number' }])
})

test('a wrong discriminator is named', () => {
  const schema = z.discriminatedUnion('action', [z.object({ action: z.literal('pause') }), z.object({ action: z.literal('resume') })])
  expect(errorsOf(schema, { action: 'stop' })).toMatchObject([{ path: 'action' }])
})

test('the value itself has an empty path', () => {
  expect(errorsOf(z.object({}, 'must be an object'), 5)).toEqual([{ path: '', message: 'must be an object' }])
})
