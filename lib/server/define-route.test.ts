import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { instant } from '../contracts/instant.ts'
import { operation } from '../contracts/operation.ts'
import type { AuditDraft } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import { RouteWorld } from '../testing/route-world.ts'
import { type Call, defineRoute, Reply } from './define-route.ts'

const AUDITED: AuditDraft = {
  at: 0,
  actor: { kind: 'engine' },
  action: 'x',
  target: 'x',
  reason: null,
  before: null,
  after: null,
  address: null,
  requestId: null,
}

const getThing = operation({
  method: 'GET',
  path: '/api/things/:id',
  summary: '',
  access: 'viewer',
  kind: 'json',
  params: z.object({ id: z.string().max(5, 'is too long') }),
  query: z.strictObject({ limit: z.coerce.number<string>('is no number').default(50) }),
  reply: z.object({ id: z.string(), at: instant }),
})
const postThing = operation({
  method: 'POST',
  path: '/api/things',
  summary: '',
  access: 'operator',
  kind: 'json',
  mutates: true,
  status: 201,
  bodyLimitBytes: 64,
  body: z.strictObject({ name: z.string('is no text') }),
  reply: z.object({ name: z.string() }),
})
const postHook = operation({
  method: 'POST',
  path: '/api/hook',
  summary: '',
  access: 'webhook',
  kind: 'json',
  body: z.object({}),
  reply: z.object({}),
})
const getText = operation({ method: 'GET', path: '/text', summary: '', access: 'public', kind: 'text', reply: z.string() })
const getEvents = operation({
  method: 'GET',
  path: '/api/events',
  summary: '',
  access: 'viewer',
  kind: 'stream',
  reply: z.object({ id: z.string() }),
})

let world: RouteWorld
beforeEach(() => {
  world = new RouteWorld()
  world.accounts.addUser('ada', 'operator')
})

interface Asking {
  params?: Record<string, string>
  path?: string
  method?: string
  body?: string
  headers?: Record<string, string>
}

async function ask(
  route: ReturnType<typeof defineRoute>,
  { params = {}, path = '/api/things/5', method = 'GET', body, headers = {} }: Asking = {},
) {
  const all = { 'content-type': 'application/json', ...(await world.cookieOf('ada')), ...headers }
  const request = new Request(`http://localhost:3000${path}`, { method, headers: all, ...(body === undefined ? {} : { body }) })
  const response = await route(request, { params: Promise.resolve(params) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
}

const post = (route: ReturnType<typeof defineRoute>, body: string, headers: Record<string, string> = {}) =>
  ask(route, { method: 'POST', path: '/api/things', body, headers })

test('a handler gets what was parsed and who asks, and its value is encoded', async () => {
  const calls: Call<typeof getThing>[] = []
  const route = defineRoute(getThing, (call) => {
    calls.push(call)
    return { id: call.params.id, at: 0, passwordHash: 'never told' }
  })
  const answer = await ask(route, {
    params: { id: '5' },
    path: '/api/things/5?limit=7',
    headers: { 'x-forwarded-for': '6.6.6.6, 10.0.0.1' },
  })
  expect(answer.body).toEqual({ id: '5', at: '1970-01-01T00:00:00.000Z' })
  expect(calls[0]).toMatchObject({
    params: { id: '5' },
    query: { limit: 7 },
    caller: { actor: { kind: 'user', id: 'ada' }, role: 'operator', address: '10.0.0.1', requestId: answer.headers.get('x-request-id') },
  })
})

test.each<[string, Asking, unknown[]]>([
  ['parameter', { params: { id: 'longer' } }, [{ path: 'id', message: 'is too long' }]],
  ['query', { params: { id: '5' }, path: '/?limit=many' }, [{ path: 'limit', message: 'is no number' }]],
  ['query that is not known', { params: { id: '5' }, path: '/?limt=5' }, [{ path: 'limt', message: 'is not known here' }]],
])('a wrong %s is 400, by name', async (_case, asking, errors) => {
  const answer = await ask(
    defineRoute(getThing, () => ({ id: '5', at: 0 })),
    asking,
  )
  expect(answer).toMatchObject({ status: 400, body: { errors } })
})

test('a change replies with the result of what was audited', async () => {
  const route = defineRoute(postThing, ({ body }) => ({ result: body, audited: AUDITED }))
  expect(await post(route, '{"name":"x"}')).toMatchObject({ status: 201, body: { name: 'x' } })
})

test.each<[string, string, Record<string, string>, number]>([
  ['not JSON', '{', {}, 400],
  ['a wrong field', '{"name":1}', {}, 400],
  ['a character that cannot be stored', '{"name":"\\u0000"}', {}, 400],
  ['another media type', '{"name":"x"}', { 'content-type': 'text/plain' }, 415],
  ['more than its limit', JSON.stringify({ name: 'x'.repeat(64) }), {}, 413],
  ['another origin', '{"name":"x"}', { origin: 'https://evil.example' }, 403],
  ['no session', '{"name":"x"}', { cookie: '' }, 401],
])('a body with %s never reaches the handler', async (_case, body, headers, status) => {
  let isCalled = false
  const route = defineRoute(postThing, () => {
    isCalled = true
    return { result: { name: 'x' }, audited: AUDITED }
  })
  const answer = await post(route, body, headers)
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(isCalled).toBe(false)
})

test('a reply that is not what was promised is our mistake', async () => {
  const answer = await ask(
    defineRoute(getThing, () => ({ id: 5 as never, at: 0 })),
    { params: { id: '5' } },
  )
  expect(answer).toMatchObject({ status: 500, body: { type: 'urn:snapback:problem:internal' } })
  expect(JSON.stringify(answer.body)).not.toContain('expected')
})

test('an error of a handler is logged once, with its stack, in the line of its request', async () => {
  const error = new Error('what broke')
  const answer = await ask(
    defineRoute(getThing, () => Promise.reject(error)),
    { params: { id: '5' } },
  )
  expect(answer.status).toBe(500)
  expect(world.log.lines).toEqual([
    {
      level: 'error',
      event: 'request',
      fields: {
        method: 'GET',
        route: '/api/things/:id',
        status: 500,
        ms: 0,
        requestId: answer.headers.get('x-request-id'),
        actor: 'ada@example.test',
        error,
      },
    },
  ])
})

test.each([
  ['conflict', 409, 'info'],
  ['storage_unavailable', 503, 'warn'],
] as const)('%s of a handler is %i, at level %s', async (code, status, level) => {
  const route = defineRoute(getThing, () => {
    throw new SnapbackError(code, 'x')
  })
  expect((await ask(route, { params: { id: '5' } })).status).toBe(status)
  expect(world.log.lines.map((line) => line.level)).toEqual([level])
})

test.each([
  ['sane is kept', 'abcdefgh-1', /^abcdefgh-1$/],
  ['too short is not', 'abc', /^[0-9a-f-]{36}$/],
  ['odd is not', 'abcdefgh%0a', /^[0-9a-f-]{36}$/],
])('a request id that is %s', async (_case, given, expected) => {
  const route = defineRoute(getThing, () => ({ id: '5', at: 0 }))
  const answer = await ask(route, { params: { id: '5' }, headers: { 'x-request-id': given } })
  expect(answer.headers.get('x-request-id')).toMatch(expected)
})

test('a change that stored no entry does not compile', () => {
  // @ts-expect-error: the handler has to return `Audited`
  expect(defineRoute(postThing, ({ body }) => body).operation).toBe(postThing)
})

test('every answer to the webhook is counted, refusals too', async () => {
  const route = defineRoute(postHook, () => ({}))
  const hook = (headers: Record<string, string>) => post(route, '{}', { cookie: '', ...headers })
  await hook({ authorization: 'Bearer test-webhook-token' })
  await hook({ authorization: 'Bearer wrong' })
  await hook({ authorization: 'Bearer test-webhook-token', 'content-type': 'text/plain' })
  expect(world.deliveries).toEqual([200, 401, 415])
})

test('the webhook’s texts are its own contract’s to judge', async () => {
  const answer = await post(
    defineRoute(postHook, () => ({})),
    '{"a":"\\u0000"}',
    { authorization: 'Bearer test-webhook-token' },
  )
  expect(answer.status).toBe(200)
})

test('a text is a text, and a scrape that goes well is no line of the log', async () => {
  const answer = await ask(
    defineRoute(getText, () => 'counted'),
    { path: '/text', headers: { cookie: '' } },
  )
  expect(answer.body).toBe('counted')
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(world.log.lines.map(({ level }) => level)).toEqual(['debug'])
})

test('a status may come with the value', async () => {
  const answer = await ask(
    defineRoute(getText, () => new Reply(503, 'not yet')),
    { path: '/text' },
  )
  expect(answer).toMatchObject({ status: 503, body: 'not yet' })
})

test('HEAD of a stream listens to nothing: nobody would ever end that', async () => {
  let listeners = 0
  const route = defineRoute(getEvents, () => () => {
    listeners += 1
    return () => {
      listeners -= 1
    }
  })
  const ask = async (method: string) =>
    route(new Request('http://localhost:3000/api/events', { method, headers: await world.cookieOf('ada') }), {
      params: Promise.resolve({}),
    })
  const { status, body } = await ask('HEAD')
  expect({ status, body, listeners }).toEqual({ status: 200, body: null, listeners: 0 })
  await (await ask('GET')).body?.cancel()
  expect(listeners).toBe(0)
})
