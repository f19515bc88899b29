import { beforeEach, expect, test } from 'vitest'
import type { Access } from '../contracts/operation.ts'
import { FakeAccounts } from '../testing/fake-accounts.ts'
import { sealSession, sessionCookieName } from './auth-session.ts'
import { authorize } from './authorize.ts'
import { hashSecret } from './secret-hash.ts'

const env = { publicUrl: 'https://snapback.example', sessionSecret: 'x'.repeat(32), webhookToken: 'hook' as string | null }
let accounts: FakeAccounts

beforeEach(() => {
  accounts = new FakeAccounts()
  accounts.addUser('ada', 'operator')
  accounts.addToken(hashSecret('snap_script'), 'viewer', { expiresAt: 1_000 })
})

function ask(access: Access, headers: Record<string, string>, now = 0) {
  return authorize(new Headers(headers), access, { accounts, env, now: () => now })
}

async function cookie(userId: string): Promise<Record<string, string>> {
  return { cookie: `theme=dark; ${sessionCookieName(env)}=${await sealSession(userId, env)}; x=y` }
}

test('a session is its user, with the role that the database has now', async () => {
  const headers = await cookie('ada')
  const expected = { actor: { kind: 'user', id: 'ada', name: 'ada@example.test' }, role: 'operator', credential: 'cookie' }
  expect(await ask('operator', headers)).toEqual(expected)
  await accounts.updateUser('ada', { role: 'viewer' }, {} as never)
  await expect(ask('operator', headers)).rejects.toMatchObject({ code: 'forbidden' })
})

test('who was disabled is refused at once', async () => {
  const headers = await cookie('ada')
  await accounts.updateUser('ada', { disabledAt: 1 }, {} as never)
  await expect(ask('viewer', headers)).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a session of a user who is gone is none', async () => {
  await expect(ask('viewer', await cookie('nobody'))).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('an API token is a script until it expires', async () => {
  const headers = { authorization: 'Bearer snap_script' }
  expect(await ask('viewer', headers, 999)).toMatchObject({ actor: { kind: 'token' }, role: 'viewer', credential: 'api_token' })
  await expect(ask('viewer', headers, 1_000)).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('a wrong token is not made good by a cookie', async () => {
  await expect(ask('viewer', { ...(await cookie('ada')), authorization: 'Bearer wrong' })).rejects.toMatchObject({
    code: 'unauthenticated',
  })
})

test.each(['Basic abc', 'Bearer', 'Bearer  ', 'snap_script', 'Bearer a b'])('"%s" is no bearer token', async (authorization) => {
  await expect(ask('viewer', { authorization })).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('the webhook takes its own token and no other', async () => {
  expect(await ask('webhook', { authorization: 'Bearer hook' })).toMatchObject({ actor: { kind: 'webhook' }, credential: 'webhook_token' })
  await expect(ask('webhook', { authorization: 'Bearer hoo' })).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(ask('webhook', { authorization: 'Bearer snap_script' })).rejects.toMatchObject({ code: 'unauthenticated' })
})

test('while no webhook token is configured, every delivery is refused', async () => {
  const means = { accounts, env: { ...env, webhookToken: null }, now: () => 0 }
  for (const authorization of ['Bearer hook', 'Bearer null', 'Bearer ']) {
    await expect(authorize(new Headers({ authorization }), 'webhook', means)).rejects.toMatchObject({ code: 'unauthenticated' })
  }
})

test('over https the session cookie has the prefix that browsers protect', () => {
  expect(sessionCookieName(env)).toBe('__Secure-next-auth.session-token')
  expect(sessionCookieName({ publicUrl: 'http://localhost:3000' })).toBe('next-auth.session-token')
})
