import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApp, startApp } from '../testing/app.ts'
import { type AppApi, startAppApi } from '../testing/app-api.ts'
import { untilReady } from '../testing/delivery.ts'
import { createTestDatabase } from '../testing/postgres.ts'

const ADMIN = { email: 'ops@example.test', password: 'correct horse battery' }

let api: AppApi
beforeAll(async () => {
  api = await startAppApi({ ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password })
  await untilReady(api.app)
})
afterAll(() => api?.close())

/** A browser, as far as signing in needs one. */
function browser(app: Pick<RunningApp, 'url'>) {
  const jar = new Map<string, string>()
  return {
    jar,
    async fetch(path: string, init: RequestInit = {}): Promise<Response> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(`${app.url}${path}`, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } })
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = line.split(';', 1)[0]?.split('=') ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      return answer
    },
    async signIn(email: string, password: string): Promise<Response> {
      const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
      const body = new URLSearchParams({ csrfToken, email, password, json: 'true' })
      return this.fetch('/api/auth/callback/credentials', { method: 'POST', body })
    },
    get isSignedIn() {
      return jar.has('next-auth.session-token')
    },
  }
}

test('who knows the password gets a session that works, for pages of ours', async () => {
  const visitor = browser(api.app)
  const answer = await visitor.signIn(ADMIN.email.toUpperCase(), ADMIN.password)
  expect(answer.status).toBe(200)
  const sessionCookie = answer.headers.getSetCookie().find((line) => line.startsWith('next-auth.session-token='))
  expect(sessionCookie).toMatch(/HttpOnly/)
  expect(sessionCookie).toMatch(/SameSite=Lax/)
  expect((await visitor.fetch('/api/users')).status).toBe(200)
})

test('the session of next-auth tells nothing but its end', async () => {
  const visitor = browser(api.app)
  await visitor.signIn(ADMIN.email, ADMIN.password)
  expect(await (await visitor.fetch('/api/auth/session')).json()).toEqual({ expires: expect.any(String) })
})

test('who signs out has no session any more', async () => {
  const visitor = browser(api.app)
  await visitor.signIn(ADMIN.email, ADMIN.password)
  const { csrfToken } = (await (await visitor.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  await visitor.fetch('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true' }) })
  expect(visitor.isSignedIn).toBe(false)
  expect((await visitor.fetch('/api/users')).status).toBe(401)
})

test.each([
  ['a wrong password', ADMIN.email, 'wrong horse battery'],
  ['nobody’s address', 'nobody@example.test', ADMIN.password],
  ['nothing', '', ''],
])('%s gives none', async (_case, email, password) => {
  const visitor = browser(api.app)
  expect((await visitor.signIn(email, password)).status).toBe(401)
  expect(visitor.isSignedIn).toBe(false)
})

test('a sign-in without the token of our page is refused', async () => {
  const visitor = browser(api.app)
  await visitor.fetch('/api/auth/callback/credentials', { method: 'POST', body: new URLSearchParams({ ...ADMIN, csrfToken: 'guessed' }) })
  expect(visitor.isSignedIn).toBe(false)
})

test.each([
  ['16 KiB', 17_000],
  ['what is read on at all', 200_000],
])('a sign-in with a body of more than %s is refused, not read', async (_case, length) => {
  const body = new URLSearchParams({ ...ADMIN, filler: 'x'.repeat(length) })
  const answer = await fetch(`${api.app.url}/api/auth/callback/credentials`, { method: 'POST', body })
  expect(answer.status).toBe(413)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ status: 413, instance: '/api/auth/callback/credentials' })
})

test('a flood of sign-ins is told to come again, and is no wrong password', async () => {
  const visitor = browser(api.app)
  const { csrfToken } = (await (await visitor.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  const body = () => new URLSearchParams({ csrfToken, ...ADMIN, json: 'true' })
  const tries = await Promise.all(
    Array.from({ length: 120 }, () => visitor.fetch('/api/auth/callback/credentials', { method: 'POST', body: body() })),
  )
  const refused = tries.filter(({ status }) => status === 429)
  expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([200, 429]))
  expect(refused[0]?.headers.get('retry-after')).toBe('5')
  expect((await browser(api.app).signIn(ADMIN.email, ADMIN.password)).status).toBe(200)
})

test('who is disabled is out at once, and cannot sign in again', async () => {
  const admin = browser(api.app)
  await admin.signIn(ADMIN.email, ADMIN.password)
  const own = { 'content-type': 'application/json', origin: api.app.url }
  const send = (method: string, path: string, body: unknown) => admin.fetch(path, { method, headers: own, body: JSON.stringify(body) })
  const made = await send('POST', '/api/users', { email: 'eve@example.test', password: 'eve has a password', role: 'viewer' })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const eve = browser(api.app)
  await eve.signIn('eve@example.test', 'eve has a password')
  expect((await eve.fetch('/api/rollbacks')).status).toBe(200)
  expect((await send('PATCH', `/api/users/${id}`, { disabled: true })).status).toBe(200)
  expect((await eve.fetch('/api/rollbacks')).status).toBe(401)
  expect((await browser(api.app).signIn('eve@example.test', 'eve has a password')).status).toBe(401)
})

test('the last admin stays one', async () => {
  const { body } = await api.get<{ items: { id: string; role: string }[] }>('/api/users', 'admin')
  const [admin, ...others] = body.items.filter(({ role }) => role === 'admin')
  expect(others).toEqual([])
  for (const changes of [{ disabled: true }, { role: 'viewer' }]) {
    const answer = await fetch(`${api.app.url}/api/users/${admin?.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${await adminToken()}`, 'content-type': 'application/json' },
      body: JSON.stringify(changes),
    })
    expect(answer.status).toBe(409)
  }
})

test('a key is shown once, works, and is dead as soon as it is revoked', async () => {
  const made = await api.send<{ id: string; token: string }>('POST', '/api/tokens', { name: 'ci', role: 'viewer' }, 'admin')
  expect(made.status).toBe(201)
  const use = () =>
    fetch(`${api.app.url}/api/rollbacks`, { headers: { authorization: `Bearer ${made.body.token}` } }).then(({ status }) => status)
  expect(await use()).toBe(200)
  expect(JSON.stringify((await api.get('/api/tokens', 'admin')).body)).not.toContain(made.body.token)
  const revoked = await fetch(`${api.app.url}/api/tokens/${made.body.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${await adminToken()}` },
  })
  expect(revoked.status).toBe(200)
  expect(await use()).toBe(401)
  const { body } = await api.get<{ items: { action: string; actor: { kind: string } }[] }>('/api/audit', 'admin')
  expect(body.items.map(({ action }) => action).slice(0, 2)).toEqual(['token.revoke', 'token.create'])
})

test('no password and no key is in the log', () => {
  expect(api.app.output()).toContain('"event":"sign-in"')
  for (const secret of [ADMIN.password, 'eve has a password', 'snap_']) expect(api.app.output()).not.toContain(secret)
})

test('with nothing configured the first admin is printed once, and not at the next start', async () => {
  const database = await createTestDatabase()
  const start = async () => {
    const app = await startApp({ databaseUrl: database.url, env: { ENGINE: 'apart' } })
    await untilReady(app)
    return app
  }
  const app = await start()
  const [, email = '', password = ''] = /as (\S+) with the password (\S+)/.exec(app.output()) ?? []
  const visitor = browser(app)
  expect((await visitor.signIn(email, password)).status).toBe(200)
  expect(app.output().split(password)).toHaveLength(2)
  await app.stop()
  const again = await start()
  expect(again.output()).not.toContain('with the password')
  await again.stop()
  await database.drop()
})

let token: Promise<string> | null = null
function adminToken(): Promise<string> {
  token ??= api.send<{ token: string }>('POST', '/api/tokens', { name: 'test', role: 'admin' }, 'admin').then(({ body }) => body.token)
  return token
}
