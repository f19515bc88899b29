import { expect, test } from 'vitest'
import { z } from 'zod'
import { instant } from './instant.ts'

test.each([
  ['2026-01-05T10:00:00Z', Date.UTC(2026, 0, 5, 10)],
  ['2026-01-05T10:00:00.123456789Z', Date.UTC(2026, 0, 5, 10, 0, 0, 123)],
  ['2026-01-05T18:00:00+08:00', Date.UTC(2026, 0, 5, 10)],
])('%s is read', (text, at) => {
  expect(instant.parse(text)).toBe(at)
})

test.each(['2026-01-05', '2026-01-05T10:00:00', '2026-02-30T10:00:00Z', 'now', 1_767_607_200_000])('%s is refused', (text) => {
  expect(instant.safeParse(text).error?.issues[0]?.message).toMatch(/instant|expected string/)
})

test('it is written as UTC', () => {
  expect(z.encode(instant, 0)).toBe('1970-01-01T00:00:00.000Z')
})

test('a number that no calendar has is our mistake', () => {
  expect(() => z.encode(instant, 9e15)).toThrow()
})
