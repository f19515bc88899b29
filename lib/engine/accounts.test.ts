import { beforeEach, describe, expect, it } from 'vitest'
import type { Credentials } from '../ports.ts'
import { CALLER, T0 } from '../testing/engine-world.ts'
import { FakeAccounts } from '../testing/fake-accounts.ts'
import { changeUser } from './change-user.ts'
import { createToken } from './create-token.ts'
import { createUser } from './create-user.ts'
import { revokeToken } from './revoke-token.ts'

const credentials: Credentials = {
  hashPassword: async (password) => `hashed(${password.length})`,
  newToken: () => ({ token: 'snap_secret', hash: 'hash' }),
}
let accounts: FakeAccounts
let deps: { accounts: FakeAccounts; credentials: Credentials; now: () => number }

beforeEach(() => {
  accounts = new FakeAccounts()
  accounts.addUser('root', 'admin')
  deps = { accounts, credentials, now: () => T0 }
})

describe('creating a user', () => {
  const eve = { caller: CALLER, email: 'eve@example.test', password: 'eve has a password', role: 'viewer' } as const

  it('stores a hash, and an entry without the password', async () => {
    const { result, audited } = await createUser(deps, eve)
    expect(result).toMatchObject({ email: 'eve@example.test', role: 'viewer', createdAt: T0 })
    expect((await accounts.userByEmail('eve@example.test'))?.passwordHash).toBe('hashed(18)')
    expect(accounts.audit).toEqual([audited])
    expect(audited).toMatchObject({ at: T0, actor: CALLER.actor, action: 'user.create', target: 'eve@example.test' })
    expect(JSON.stringify(audited)).not.toContain(eve.password)
  })

  it('refuses an address that is taken', async () => {
    await createUser(deps, eve)
    await expect(createUser(deps, eve)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('changing a user', () => {
  it('changes what is named and keeps the rest', async () => {
    accounts.addUser('eve', 'viewer', { passwordHash: 'old' })
    const { result, audited } = await changeUser(deps, { caller: CALLER, id: 'eve', role: 'operator' })
    expect(result).toMatchObject({ role: 'operator', disabledAt: null })
    expect((await accounts.userByEmail('eve@example.test'))?.passwordHash).toBe('old')
    expect(audited).toMatchObject({ before: { role: 'viewer', disabled: false }, after: { role: 'operator', disabled: false } })
  })

  it('disables, keeps since when, and lets in again', async () => {
    accounts.addUser('eve', 'viewer')
    const change = (disabled: boolean) => changeUser(deps, { caller: CALLER, id: 'eve', disabled })
    expect((await change(true)).result.disabledAt).toBe(T0)
    deps.now = () => T0 + 1
    expect((await change(true)).result.disabledAt).toBe(T0)
    expect((await change(false)).result.disabledAt).toBe(null)
  })

  it('says that a password changed, not to what', async () => {
    const { audited } = await changeUser(deps, { caller: CALLER, id: 'root', password: 'another password' })
    expect(audited.after).toMatchObject({ password: 'changed' })
    expect((await accounts.userByEmail('root@example.test'))?.passwordHash).toBe('hashed(16)')
    expect(JSON.stringify(audited)).not.toContain('another password')
  })

  it.each([{ disabled: true }, { role: 'operator' as const }])('leaves the last admin alone: %j', async (changes) => {
    accounts.addUser('former', 'admin', { disabledAt: 1 })
    await expect(changeUser(deps, { caller: CALLER, id: 'root', ...changes })).rejects.toMatchObject({ code: 'conflict' })
    expect(accounts.audit).toEqual([])
  })

  it('knows nobody by an unknown id', async () => {
    await expect(changeUser(deps, { caller: CALLER, id: 'nobody', disabled: true })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a key of a script', () => {
  const ci = { caller: CALLER, name: 'ci', role: 'operator', expiresAt: null } as const

  it('is shown in the result, and nowhere else', async () => {
    const { result, audited } = await createToken(deps, ci)
    expect(result).toMatchObject({ name: 'ci', role: 'operator', createdBy: 'ada@example.test', token: 'snap_secret' })
    expect(JSON.stringify([audited, await accounts.tokens()])).not.toContain('snap_secret')
    expect(await accounts.useToken('hash', T0)).toMatchObject({ id: result.id })
  })

  it('does not begin after its end', async () => {
    const fields = [{ path: 'expiresAt', message: 'must be in the future' }]
    await expect(createToken(deps, { ...ci, expiresAt: T0 })).rejects.toMatchObject({ code: 'invalid', fields })
    expect(await accounts.tokens()).toEqual([])
  })

  it('is dead once it is revoked, and since then', async () => {
    const { id } = (await createToken(deps, ci)).result
    const revoke = () => revokeToken(deps, { caller: CALLER, id })
    expect((await revoke()).result.revokedAt).toBe(T0)
    deps.now = () => T0 + 1
    expect((await revoke()).result.revokedAt).toBe(T0)
    expect(await accounts.useToken('hash', T0)).toBe(null)
    expect(accounts.audit.map(({ action, target }) => [action, target])).toEqual([
      ['token.create', 'ci'],
      ['token.revoke', 'ci'],
    ])
  })

  it('is not found by an unknown id', async () => {
    await expect(revokeToken(deps, { caller: CALLER, id: 'none' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
