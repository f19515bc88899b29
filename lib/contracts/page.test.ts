import { expect, test } from 'vitest'
import { z } from 'zod'
import { flag } from './flag.ts'
import { orNull } from './or-null.ts'
import { pageOf, pageQuery } from './page.ts'

test('a list starts at the beginning with fifty rows', () => {
  expect(pageQuery.parse({})).toEqual({ cursor: null, limit: 50 })
})

test('cursor and limit are read from text', () => {
  expect(pageQuery.parse({ cursor: 'abc', limit: '7' })).toEqual({ cursor: 'abc', limit: 7 })
})

test.each(['0', '201', '9999', '1.5', 'all', ''])('a limit of "%s" is refused by name, with what it may be', (limit) => {
  expect(pageQuery.safeParse({ limit }).error?.issues[0]).toMatchObject({ path: ['limit'], message: 'must be 1 to 200' })
})

test('a misspelt filter is refused by its name', () => {
  expect(pageQuery.safeParse({ limt: '7' }).error?.issues[0]).toMatchObject({ keys: ['limt'] })
})

test('a flag that is left out is null, not false', () => {
  const query = z.object({ open: orNull(flag) })
  expect(query.parse({})).toEqual({ open: null })
  expect(query.parse({ open: 'false' })).toEqual({ open: false })
  expect(query.parse({ open: 'true' })).toEqual({ open: true })
  expect(query.safeParse({ open: 'yes' }).success).toBe(false)
})

test('a page without nextCursor is our mistake and does not leave', () => {
  const page = pageOf(z.string())
  expect(z.encode(page, { items: ['a'], nextCursor: null })).toEqual({ items: ['a'], nextCursor: null })
  expect(() => z.encode(page, { items: ['a'] } as unknown as z.output<typeof page>)).toThrow()
})
