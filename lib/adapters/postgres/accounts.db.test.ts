import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AuditDraft } from '../../core/audit.ts'
import type { Accounts } from '../../ports.ts'
import { AT } from '../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'

let under: PostgresUnderTest
let accounts: Accounts
beforeAll(async () => {
  under = await connectTestPostgres()
  accounts = under.postgres.accounts
})
beforeEach(() => under.clear())
afterAll(() => under.close())

const NOBODY = '00000000-0000-7000-8000-000000000000'
const ada = { email: 'ada@example.test', passwordHash: 'hash-of-ada', role: 'admin', at: AT } as const
const token = { name: 'ci', role: 'operator', hash: 'hash-of-token', expiresAt: null, createdBy: 'ada@example.test', at: AT } as const

function because(action: string): AuditDraft {
  return {
    at: AT,
    actor: { kind: 'configuration' },
    action,
    target: 'x',
    reason: null,
    before: null,
    after: { role: 'admin' },
    address: null,
    requestId: 'r1',
  }
}

const audited = async () => (await under.postgres.read.audit({ cursor: null, limit: 50 })).items

test('a user is made with an audit entry, and signs in whatever the case of the letters', async () => {
  expect(await accounts.countUsers()).toBe(0)
  const user = await accounts.createUser(ada, because('user.create'))
  expect(user).toEqual({ id: user.id, email: ada.email, role: 'admin', createdAt: AT, disabledAt: null })
  expect(await accounts.userByEmail(' Ada@Example.TEST ')).toEqual({ user, passwordHash: 'hash-of-ada' })
  expect(await accounts.user(user.id)).toEqual(user)
  expect(await accounts.users()).toEqual([user])
  expect(await accounts.countUsers()).toBe(1)
  expect(await audited()).toEqual([{ ...because('user.create'), id: expect.any(String) }])
})

test('an address is taken once, and the refusal leaves no audit entry', async () => {
  await accounts.createUser(ada, because('user.create'))
  const again = accounts.createUser({ ...ada, email: 'ADA@example.test' }, because('user.create'))
  await expect(again).rejects.toMatchObject({ code: 'conflict', message: 'this address is taken' })
  expect(await audited()).toHaveLength(1)
})

const eve = { ...ada, email: 'eve@example.test' } as const

test('the last admin can be neither lowered nor disabled', async () => {
  const user = await accounts.createUser(ada, because('user.create'))
  const other = await accounts.createUser(eve, because('user.create'))
  await accounts.updateUser(other.id, { role: 'operator' }, because('user.role'))
  const refusal = { code: 'conflict', message: expect.stringContaining('admin') }
  await expect(accounts.updateUser(user.id, { role: 'viewer' }, because('user.role'))).rejects.toMatchObject(refusal)
  await expect(accounts.updateUser(user.id, { disabledAt: AT }, because('user.disable'))).rejects.toMatchObject(refusal)
  await accounts.updateUser(user.id, { passwordHash: 'new', role: 'admin' }, because('user.password'))
  await accounts.updateUser(other.id, { disabledAt: AT }, because('user.disable'))
  expect(await accounts.user(user.id)).toEqual(user)
  expect((await audited()).map(({ action }) => action)).toEqual([
    'user.disable',
    'user.password',
    'user.role',
    'user.create',
    'user.create',
  ])
})

test('what is to be told before a commit is told once the address is ours, and a failure there undoes the user', async () => {
  const told: string[] = []
  const replica = (name: string) => accounts.createUser(ada, because('user.create'), () => void told.push(name))
  const failure = new Error('killed')
  const killed = accounts.createUser(ada, because('user.create'), () => {
    throw failure
  })
  await expect(killed).rejects.toBe(failure)
  expect([await accounts.countUsers(), await audited()]).toEqual([0, []])
  const outcomes = await Promise.allSettled([replica('one'), replica('two')])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(told).toHaveLength(1)
})

test('of two admins who lower each other at the same time one stays', async () => {
  const user = await accounts.createUser(ada, because('user.create'))
  const other = await accounts.createUser(eve, because('user.create'))
  const outcomes = await Promise.allSettled(
    [user, other].map(({ id }) => accounts.updateUser(id, { role: 'viewer' }, because('user.role'))),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await accounts.users()).filter(({ role }) => role === 'admin')).toHaveLength(1)
})

test('a change of a user leaves what it does not name', async () => {
  const user = await accounts.createUser(ada, because('user.create'))
  await accounts.createUser(eve, because('user.create'))
  expect(await accounts.updateUser(user.id, { role: 'viewer' }, because('user.role'))).toEqual({ ...user, role: 'viewer' })
  await accounts.updateUser(user.id, { disabledAt: AT + 1, passwordHash: 'new' }, because('user.disable'))
  expect(await accounts.userByEmail(ada.email)).toEqual({ user: { ...user, role: 'viewer', disabledAt: AT + 1 }, passwordHash: 'new' })
  expect((await accounts.updateUser(user.id, { disabledAt: null }, because('user.enable')))?.disabledAt).toBeNull()
  expect((await audited()).map(({ action }) => action)).toEqual(['user.enable', 'user.disable', 'user.role', 'user.create', 'user.create'])
})

test.each([NOBODY, 'no-id', ''])('who does not exist (%s) is null, and leaves no audit entry', async (id) => {
  expect(await accounts.user(id)).toBeNull()
  expect(await accounts.updateUser(id, { role: 'admin' }, because('user.role'))).toBeNull()
  expect(await accounts.revokeToken(id, AT, because('token.revoke'))).toBeNull()
  expect(await accounts.userByEmail('nobody@example.test')).toBeNull()
  expect(await audited()).toEqual([])
})

test('a token is found by its hash and marked as used', async () => {
  const made = await accounts.createToken(token, because('token.create'))
  expect(made).toMatchObject({ name: 'ci', role: 'operator', createdAt: AT, lastUsedAt: null, revokedAt: null, expiresAt: null })
  expect(await accounts.useToken('hash-of-token', AT + 5)).toEqual({ ...made, lastUsedAt: AT + 5 })
  expect(await accounts.tokens()).toEqual([{ ...made, lastUsedAt: AT + 5 }])
  expect(await accounts.useToken('another', AT)).toBeNull()
})

test('neither its hash nor a password leaves with what is listed', async () => {
  await accounts.createUser(ada, because('user.create'))
  await accounts.createToken(token, because('token.create'))
  const shown = JSON.stringify([await accounts.users(), await accounts.tokens(), await accounts.useToken('hash-of-token', AT)])
  expect(shown).not.toContain('hash-of')
})

test('an expired token is no token', async () => {
  await accounts.createToken({ ...token, expiresAt: AT + 10 }, because('token.create'))
  expect(await accounts.useToken('hash-of-token', AT + 9)).not.toBeNull()
  expect(await accounts.useToken('hash-of-token', AT + 10)).toBeNull()
})

test('a revoked token is no token; revoking it again keeps the first time and records nothing', async () => {
  const { id } = await accounts.createToken(token, because('token.create'))
  expect((await accounts.revokeToken(id, AT + 1, because('token.revoke')))?.revokedAt).toBe(AT + 1)
  expect((await accounts.revokeToken(id, AT + 2, because('token.revoke')))?.revokedAt).toBe(AT + 1)
  expect(await accounts.useToken('hash-of-token', AT + 3)).toBeNull()
  expect(await audited()).toHaveLength(2)
})
