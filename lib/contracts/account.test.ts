import { expect, test } from 'vitest'
import { z } from 'zod'
import { listTokens, postToken } from './token.ts'
import { listUsers, patchUser, postUser } from './user.ts'

const EVE = { email: 'eve@example.test', password: 'eve has a password', role: 'viewer' }

test.each([
  ['an address that is none', { ...EVE, email: 'eve' }, 'email'],
  ['a short password', { ...EVE, password: 'short' }, 'password'],
  ['a password that only costs time', { ...EVE, password: 'x'.repeat(201) }, 'password'],
  ['an unknown role', { ...EVE, role: 'root' }, 'role'],
])('a new user with %s is refused by field', (_case, body, field) => {
  expect(postUser.body.safeParse(body).error?.issues.map(({ path }) => path.join('.'))).toEqual([field])
})

test('a change of a user changes something', () => {
  expect(patchUser.body.safeParse({}).success).toBe(false)
  expect(patchUser.body.safeParse({ disabled: false }).success).toBe(true)
  expect(patchUser.body.safeParse({ disabeld: true }).success).toBe(false)
})

test('a list of users holds no hash, whatever it is given', () => {
  const user = { id: 'u', email: 'e', role: 'viewer' as const, createdAt: 0, disabledAt: null, passwordHash: 'never told' }
  expect(JSON.stringify(z.encode(listUsers.reply, { items: [user] }))).not.toContain('never told')
})

test('the key is in the answer to its making and in no list', () => {
  const times = { createdAt: 0, expiresAt: null, lastUsedAt: null, revokedAt: null }
  const token = { id: 't', name: 'ci', role: 'viewer' as const, createdBy: 'ada', ...times, token: 'snap_secret' }
  expect(z.encode(postToken.reply, token).token).toBe('snap_secret')
  expect(JSON.stringify(z.encode(listTokens.reply, { items: [token] }))).not.toContain('snap_secret')
})

test('a key lasts for ever unless told', () => {
  expect(postToken.body.parse({ name: ' ci ', role: 'viewer' })).toEqual({ name: 'ci', role: 'viewer', expiresAt: null })
})
