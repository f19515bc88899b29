import { expect, test } from 'vitest'
import { afterId, decodeCursor, encodeCursor, toPage } from './cursor.ts'

const ID = '01a20cc7-d449-76c3-b33d-0bb3afce24b3'

test('a cursor comes back as what it was made of, and can stand in an address', () => {
  const parts = ['namespace', 'Deployment', 'ünïcode/+?&=']
  expect(decodeCursor(encodeCursor(parts), 3)).toEqual(parts)
  expect(encodeCursor(parts)).toMatch(/^[\w-]+$/)
})

test('a cursor of another list is refused by name', () => {
  const refusal = { code: 'invalid', fields: [{ path: 'cursor', message: expect.any(String) }] }
  expect(() => decodeCursor(encodeCursor(['a']), 3)).toThrow(expect.objectContaining(refusal))
  expect(() => decodeCursor(encodeCursor(['a', 'b', '\0']), 3)).toThrow(expect.objectContaining(refusal))
  expect(() => decodeCursor(encodeCursor(['a', 'b', '\ud800']), 3)).toThrow(expect.objectContaining(refusal))
  expect(() => afterId(encodeCursor(['not an id']))).toThrow(expect.objectContaining(refusal))
  expect(() => afterId(encodeCursor([`${ID}x`]))).toThrow(expect.objectContaining(refusal))
  expect(afterId(encodeCursor([ID]))).toEqual({ id: { lt: ID } })
})

test('the last page has no cursor, even when it is full', () => {
  const page = (rows: number[]) => toPage(rows, { cursor: null, limit: 2 }, String, (row) => [String(row)])
  expect(page([3, 2])).toEqual({ items: ['3', '2'], nextCursor: null })
  expect(page([3, 2, 1])).toEqual({ items: ['3', '2'], nextCursor: encodeCursor(['2']) })
  expect(page([])).toEqual({ items: [], nextCursor: null })
})
