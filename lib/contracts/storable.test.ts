import { expect, test } from 'vitest'
import { unstorableTexts } from './storable.ts'

test('texts of every language can be stored', () => {
  expect(unstorableTexts({ 服务: ['😀', { a: 'ünïcödé\n', n: 1, b: null, c: true }] })).toEqual([])
})

test('what cannot is named by its path', () => {
  const found = unstorableTexts({ a: ['fine', 'x\0'], b: { '\ud800': 1, c: '\udc00' }, d: { e: { f: '\0' } } })
  expect(found.map(({ path }) => path)).toEqual(['a.1', 'b', 'b.c', 'd.e.f'])
})

test('the value itself has an empty path', () => {
  expect(unstorableTexts('\0')).toEqual([{ path: '', message: 'has characters that cannot be stored' }])
})
