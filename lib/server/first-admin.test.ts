import { expect, test } from 'vitest'
import { FakeAccounts } from '../testing/fake-accounts.ts'
import { recordLog } from '../testing/record-log.ts'
import { TEST_ENV } from '../testing/route-world.ts'
import { signIn } from './auth.ts'
import { ensureFirstAdmin } from './first-admin.ts'

function start(accounts: FakeAccounts, configured: { adminEmail?: string; adminPassword?: string } = {}) {
  const printed: string[] = []
  const log = recordLog()
  const env = { ...TEST_ENV, adminEmail: null, adminPassword: null, ...configured }
  return { printed, log, run: () => ensureFirstAdmin({ accounts, env, log, now: () => 5, print: (text) => printed.push(text) }) }
}

test('the configured admin is made, and its password is not printed', async () => {
  const accounts = new FakeAccounts()
  const { run, printed } = start(accounts, { adminEmail: 'ops@example.test', adminPassword: 'configured-password' })
  await run()
  expect(await signIn(accounts, 'ops@example.test', 'configured-password')).toMatchObject({ role: 'admin' })
  expect(printed).toEqual([])
  expect(accounts.audit).toMatchObject([{ actor: { kind: 'configuration' }, action: 'user.create', target: 'ops@example.test' }])
})

test('with nothing configured, address and password are made up and printed once', async () => {
  const accounts = new FakeAccounts()
  const first = start(accounts)
  await first.run()
  const [, email, password] = /as (\S+) with the password (\S+)/.exec(first.printed.join('')) ?? []
  expect(email).toBe('admin@snapback.local')
  expect(await signIn(accounts, email ?? '', password ?? '')).toMatchObject({ role: 'admin' })
  const second = start(accounts)
  await second.run()
  expect(second.printed).toEqual([])
})

test('where there is any user, none is made', async () => {
  const accounts = new FakeAccounts()
  accounts.addUser('ada', 'viewer')
  await start(accounts, { adminEmail: 'ops@example.test', adminPassword: 'configured-password' }).run()
  expect(await accounts.countUsers()).toBe(1)
})

test('of two replicas that start at once, one makes it and prints', async () => {
  const accounts = new FakeAccounts()
  const [one, two] = [start(accounts), start(accounts)]
  await Promise.all([one.run(), two.run()])
  expect(await accounts.countUsers()).toBe(1)
  expect([...one.printed, ...two.printed]).toHaveLength(1)
})

test('the password is printed before the admin is there to stay: killed in between, the next start prints another', async () => {
  const accounts = new FakeAccounts()
  const killed = () => {
    throw new Error('killed')
  }
  const env = { ...TEST_ENV, adminEmail: null, adminPassword: null }
  await expect(ensureFirstAdmin({ accounts, env, log: recordLog(), now: () => 5, print: killed })).rejects.toThrow('killed')
  expect(await accounts.countUsers()).toBe(0)
  const next = start(accounts)
  await next.run()
  expect(next.printed).toHaveLength(1)
})

test('an ADMIN_EMAIL that comes too late is told by its name, without a secret', async () => {
  const accounts = new FakeAccounts()
  accounts.addUser('ada', 'admin')
  const late = start(accounts, { adminEmail: 'ops@example.test', adminPassword: 'configured-password' })
  await late.run()
  expect(late.log.lines).toMatchObject([{ level: 'warn', event: 'first-admin.ignored', fields: { ADMIN_EMAIL: 'ops@example.test' } }])
  expect(JSON.stringify(late.log.lines)).not.toContain('configured-password')
})

test('a restart with the same ADMIN_EMAIL is nothing to tell', async () => {
  const accounts = new FakeAccounts()
  const configured = { adminEmail: 'ops@example.test', adminPassword: 'configured-password' }
  await start(accounts, configured).run()
  const again = start(accounts, configured)
  await again.run()
  expect(again.log.lines).toEqual([])
})

test('an error that is no conflict comes through, so that it is tried again', async () => {
  const accounts = new FakeAccounts()
  accounts.createUser = () => Promise.reject(new Error('gone'))
  await expect(start(accounts).run()).rejects.toThrow('gone')
})

test('a disabled user and an unknown one cannot sign in', async () => {
  const accounts = new FakeAccounts()
  await start(accounts, { adminEmail: 'ops@example.test', adminPassword: 'configured-password' }).run()
  accounts.addUser('other', 'admin')
  const [{ id } = { id: '' }] = await accounts.users()
  await accounts.updateUser(id, { disabledAt: 1 }, {} as never)
  expect(await signIn(accounts, 'ops@example.test', 'configured-password')).toBe(null)
  expect(await signIn(accounts, 'nobody@example.test', 'configured-password')).toBe(null)
})
