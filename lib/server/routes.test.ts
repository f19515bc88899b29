import { beforeAll, describe, expect, test } from 'vitest'
import { API } from '../contracts/api.ts'
import { answerOf, CREDENTIALS, type Credential, expectedAnswer } from '../testing/access-table.ts'
import { exportedMethods, routeMethods, sampleParams, samplePath } from '../testing/route-files.ts'
import { RouteWorld, TEST_ENV } from '../testing/route-world.ts'
import { sealSession, sessionCookieName } from './auth-session.ts'
import { hashSecret } from './secret-hash.ts'

const routes = await routeMethods()
const named = (method: string, path: string) => `${method} ${path}`

test('every method of every route is made by define-route', () => {
  expect(routes.filter(({ handler }) => handler.operation === undefined).map(({ file, method }) => `${method} of ${file}`)).toEqual([])
})

test('every route serves the operation that its file and method name', () => {
  expect(routes.map(({ handler }) => named(handler.operation?.method ?? '', handler.operation?.path ?? ''))).toEqual(
    routes.map(({ method, path }) => named(method, path)),
  )
})

test('a method that a route has not is refused by a problem: it says otherMethods(…) of those that it has', async () => {
  const exported = await exportedMethods()
  const files = [...new Set(exported.map(({ file }) => file))]
  const methods = (file: string) => exported.filter((one) => one.file === file).map(({ method }) => method)
  const without = (method: string) => files.filter((file) => !methods(file).includes(method))
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) expect([method, without(method)]).toEqual([method, []])
  for (const { method, path, handler } of exported.filter(({ handler }) => handler.refuses)) {
    const response = await handler(new Request(`http://localhost:3000${samplePath(path)}`, { method }), { params: Promise.resolve({}) })
    const own = routes.filter((route) => route.path === path).map((route) => route.method)
    expect(response.headers.get('allow')?.split(', ')).toEqual([...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])
    expect(response.status).toBe(method === 'OPTIONS' ? 204 : 405)
  }
})

test('every operation has a route, every route an operation of the list', () => {
  expect(routes.map(({ method, path }) => named(method, path)).sort()).toEqual(API.map(({ method, path }) => named(method, path)).sort())
})

test('what is more than reading demands a role or the webhook token', () => {
  expect(API.filter(({ method, access }) => method !== 'GET' && access === 'public')).toEqual([])
})

test('every change by people is audited', () => {
  const changes = API.filter(({ method, access }) => method !== 'GET' && access !== 'webhook')
  const unaudited = changes.filter(({ mutates }) => !mutates)
  expect(unaudited.filter(({ asks }) => !asks).map(({ method, path }) => named(method, path))).toEqual([])
  expect(API.filter(({ asks, mutates }) => asks && mutates)).toEqual([])
})

test('what only asks, though its method is no GET, is a replay', () => {
  const asking = API.filter(({ asks }) => asks).map(({ method, path }) => named(method, path))
  expect(asking).toEqual([named('POST', '/api/decisions/:id/replay'), named('POST', '/api/replay')])
})

describe('who may call what', () => {
  const cases = routes.flatMap(({ method, path, handler }) =>
    CREDENTIALS.map((credential) => ({ method, path, handler, credential, access: handler.operation?.access ?? 'admin' })),
  )

  test.each(cases)('$method $path with $credential.name ($access)', async ({ method, path, handler, credential, access }) => {
    const headers = await headersOf(credential)
    const response = await handler(request(method, path, headers), { params: Promise.resolve(sampleParams(path)) })
    await response.body?.cancel()
    expect(answerOf(response.status)).toBe(expectedAnswer(access, credential))
  })

  const changes = routes.filter(({ handler }) => handler.operation?.mutates)
  const foreign: [string, Record<string, string>][] = [
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['an opaque origin', { origin: 'null' }],
    ['nowhere that the browser names', {}],
  ]
  test.each(changes.flatMap((route) => foreign.map(([from, origin]) => ({ ...route, from, origin }))))(
    '$method $path by cookie from $from is refused',
    async ({ method, path, handler, origin }) => {
      const { cookie = '' } = await world.cookieOf('admin')
      const response = await handler(request(method, path, { cookie, ...origin }), { params: Promise.resolve(sampleParams(path)) })
      expect(response.status).toBe(403)
    },
  )
})

let world: RouteWorld
beforeAll(() => {
  world = new RouteWorld()
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    world.accounts.addUser(role, role)
    world.accounts.addToken(hashSecret(`snap_${role}`), role)
  }
  world.accounts.addUser('disabled', 'admin', { disabledAt: 1 })
  world.accounts.addToken(hashSecret('snap_revoked'), 'admin', { revokedAt: 1 })
  world.accounts.addToken(hashSecret('snap_expired'), 'admin', { expiresAt: 1 })
})

function request(method: string, path: string, headers: Record<string, string>): Request {
  const body = method === 'GET' ? {} : { body: '{}' }
  return new Request(`http://localhost:3000${samplePath(path)}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...body,
  })
}

async function headersOf({ name, kind, role }: Credential): Promise<Record<string, string>> {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  if (kind === 'none') return {}
  if (kind === 'webhook_token') return bearer('test-webhook-token')
  if (kind === 'cookie') return world.cookieOf(role ?? '')
  if (kind === 'api_token') return bearer(`snap_${role}`)
  if (name.startsWith('a revoked')) return bearer('snap_revoked')
  if (name.startsWith('an expired')) return bearer('snap_expired')
  if (name.startsWith('a session')) return bearer(await sealSession('admin', TEST_ENV))
  if (name.startsWith('the cookie of a disabled')) return world.cookieOf('disabled')
  const forged = await sealSession('admin', { ...TEST_ENV, sessionSecret: 'another secret, of somebody else, just as long' })
  return { cookie: `${sessionCookieName(TEST_ENV)}=${forged}` }
}
