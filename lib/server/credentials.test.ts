import { expect, test } from 'vitest'
import { credentials } from './credentials.ts'
import { hashSecret, isSameSecret } from './secret-hash.ts'

test('a new API token is long, random, recognisable, and only its hash is stored', () => {
  const [one, two] = [credentials.newToken(), credentials.newToken()]
  expect(one.token).toMatch(/^snap_[\w-]{43}$/)
  expect(one.token).not.toBe(two.token)
  expect(one.hash).toBe(hashSecret(one.token))
  expect(one.hash).not.toContain(one.token)
})

test.each([
  ['token', 'token', true],
  ['token', 'tokeN', false],
  ['token', 'token-that-is-longer', false],
  ['', 'token', false],
])('%j and %j are the same secret: %s', (given, expected, same) => {
  expect(isSameSecret(given, expected)).toBe(same)
})
