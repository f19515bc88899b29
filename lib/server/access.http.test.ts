import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONFIGURATION } from '../core/actor.ts'
import { ROLES } from '../core/role.ts'
import { answerOf, CREDENTIALS, type Credential, expectedAnswer } from '../testing/access-table.ts'
import { WEBHOOK_TOKEN } from '../testing/app.ts'
import { type AppApi, startAppApi } from '../testing/app-api.ts'
import { routeMethods, samplePath } from '../testing/route-files.ts'
import { TEST_ENV } from '../testing/route-world.ts'
import { sealSession, sessionCookieName } from './auth-session.ts'
import { credentials } from './credentials.ts'

const routes = await routeMethods()
const AUDIT = {
  at: 0,
  actor: CONFIGURATION,
  address: null,
  requestId: null,
  action: 'test',
  target: 'test',
  reason: null,
  before: null,
  after: null,
}

let api: AppApi
const headers = new Map<string, Record<string, string>>()

beforeAll(async () => {
  api = await startAppApi()
  for (const role of ROLES) {
    headers.set(`cookie of a ${role}`, await cookieOf(await createUser(role, role)))
    headers.set(`api_token of a ${role}`, bearer(await createToken(role)))
  }
  const admin = await createUser('other-admin', 'admin')
  const disabled = await createUser('disabled', 'admin')
  await api.accounts.updateUser(disabled, { disabledAt: Date.now() }, AUDIT)
  headers.set('nothing', {})
  headers.set('the webhook token', bearer(WEBHOOK_TOKEN))
  headers.set('a revoked API token of an admin', bearer(await createToken('admin', { isRevoked: true })))
  headers.set('an expired API token of an admin', bearer(await createToken('admin', { expiresAt: Date.now() - 1 })))
  headers.set('the cookie of a disabled admin', await cookieOf(disabled))
  headers.set('a cookie sealed with another secret', await cookieOf(admin, 'another secret, of somebody else, just as long'))
  headers.set('a session as bearer token', bearer(await sealSession(admin, TEST_ENV)))
})
afterAll(() => api?.close())

describe('the built application answers by role', () => {
  const cases = routes.flatMap(({ method, path, handler }) => CREDENTIALS.map((credential) => ({ method, path, handler, credential })))

  test.each(cases)('$method $path with $credential.name', async ({ method, path, handler, credential }) => {
    const status = await statusOf(method, path, credential)
    expect(answerOf(status)).toBe(expectedAnswer(handler.operation?.access ?? 'admin', credential))
    expect(status).not.toBe(500)
  })
})

test('a change by cookie from another site is refused', async () => {
  const { cookie = '' } = headers.get('cookie of a admin') ?? {}
  const answer = await fetch(`${api.app.url}/api/tokens`, {
    method: 'POST',
    headers: { cookie, origin: 'https://evil.example' },
    body: '{}',
  })
  expect(answer.status).toBe(403)
})

async function statusOf(method: string, path: string, { name }: Credential): Promise<number> {
  const body = method === 'GET' ? {} : { body: '{}' }
  const given = headers.get(name)
  if (given === undefined) throw new Error(`no headers for ${name}`)
  const answer = await fetch(`${api.app.url}${samplePath(path)}`, {
    method,
    headers: { 'content-type': 'application/json', ...given },
    ...body,
  })
  await answer.body?.cancel()
  return answer.status
}

async function createUser(name: string, role: (typeof ROLES)[number]): Promise<string> {
  const user = await api.accounts.createUser({ email: `${name}@example.test`, passwordHash: 'none', role, at: Date.now() }, AUDIT)
  return user.id
}

async function createToken(role: (typeof ROLES)[number], options: { isRevoked?: boolean; expiresAt?: number } = {}): Promise<string> {
  const { token, hash } = credentials.newToken()
  const { expiresAt = null } = options
  const { id } = await api.accounts.createToken({ name: 'test', role, hash, expiresAt, createdBy: 'test', at: Date.now() }, AUDIT)
  if (options.isRevoked) await api.accounts.revokeToken(id, Date.now(), AUDIT)
  return token
}

/** As a browser sends it from a page of ours. */
async function cookieOf(userId: string, sessionSecret = TEST_ENV.sessionSecret): Promise<Record<string, string>> {
  const env = { publicUrl: api.app.url, sessionSecret }
  return { cookie: `${sessionCookieName(env)}=${await sealSession(userId, env)}`, origin: api.app.url }
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}
