import { afterAll, beforeAll, expect, test } from 'vitest'
import { API } from '../contracts/api.ts'
import { createApiToken } from '../testing/api-token.ts'
import { type RunningApp, startApp } from '../testing/app.ts'
import { untilReady } from '../testing/delivery.ts'
import { createTestDatabase } from '../testing/postgres.ts'
import { until } from '../testing/waiting.ts'

let app: RunningApp
let database: Awaited<ReturnType<typeof createTestDatabase>>
let bearer: { authorization: string }

beforeAll(async () => {
  database = await createTestDatabase()
  bearer = { authorization: `Bearer ${await createApiToken(database.url, 'operator')}` }
  app = await startApp({ databaseUrl: database.url })
  await untilReady(app)
})
afterAll(async () => {
  await app?.stop()
  await database?.drop()
})

function send(method: string, path: string, body: unknown): Promise<Response> {
  const headers = { ...bearer, 'content-type': 'application/json' }
  return fetch(`${app.url}${path}`, { method, headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
}

test('readiness names every part, and lives without a cluster and a Prometheus', async () => {
  const answer = await fetch(`${app.url}/api/health/ready`)
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    status: 'up',
    parts: [
      { name: 'database', status: 'up', detail: null },
      { name: 'worker', status: 'up', detail: null },
      { name: 'kubernetes', status: 'down', detail: expect.stringContaining('no cluster is configured') },
      { name: 'prometheus', status: 'not_configured', detail: null },
    ],
  })
})

test('the description names every operation', async () => {
  const description = (await (await fetch(`${app.url}/api/openapi.json`)).json()) as { paths: Record<string, object> }
  const described = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(described.sort()).toEqual(API.map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).sort())
})

test('metrics are in Prometheus’ format, with what is known now', async () => {
  const answer = await fetch(`${app.url}/metrics`)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await answer.text()
  for (const line of [
    'edgelink_automation_paused 0',
    'edgelink_dry_run 1',
    'edgelink_upstream_up{upstream="postgres"} 1',
    'edgelink_oldest_due_age_seconds 0',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toMatch(/^edgelink_queue_depth\{job="advance-rollback",state="queued"\} 0$/m)
})

test('every answer is for nobody’s cache and nobody’s frame, under a request id that can be given', async () => {
  const answer = await fetch(`${app.url}/api/rollbacks`, { headers: { ...bearer, 'x-request-id': 'caller-chose-this' } })
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-request-id': 'caller-chose-this',
  })
  expect(answer.headers.has('x-powered-by')).toBe(false)
  // The line is written beside the answer, and read through a pipe.
  await until(() => app.output().includes('"requestId":"caller-chose-this","actor":"test"'))
})

test('an unknown id is 404, no id at all is 400', async () => {
  const get = (path: string, method = 'GET') => fetch(`${app.url}${path}`, { method, headers: bearer })
  const unknown = await get('/api/rollbacks/01234567-89ab-7def-8123-456789abcdef')
  expect(unknown.status).toBe(404)
  expect(unknown.headers.get('content-type')).toBe('application/problem+json')
  expect(await unknown.json()).toMatchObject({ status: 404, instance: '/api/rollbacks/01234567-89ab-7def-8123-456789abcdef' })
  expect((await get('/api/rollbacks/1')).status).toBe(400)
})

test.each([
  ['/api/nothing', 'GET', 404],
  ['/api/nothing/at/all?x=1', 'POST', 404],
  ['/api', 'GET', 404],
  ['/api/workloads/shop/Deployment', 'GET', 404],
  ['/api/rollbacks', 'DELETE', 405],
  ['/api/webhooks/alertmanager', 'GET', 405],
  ['/metrics', 'POST', 405],
])('%s asked by %s is a problem, no page and no empty answer', async (path, method, status) => {
  const answer = await fetch(`${app.url}${path}`, { method })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
  expect(await answer.json()).toMatchObject({ status, instance: path.split('?')[0] })
})

test('HEAD is answered as GET is, without the body; OPTIONS tells the methods', async () => {
  const ask = (path: string, method: string) => fetch(`${app.url}${path}`, { method, headers: bearer })
  expect((await ask('/api/rollbacks', 'HEAD')).status).toBe(200)
  expect((await ask('/api/nothing', 'HEAD')).status).toBe(404)
  const refused = await ask('/api/webhooks/alertmanager', 'HEAD')
  expect([refused.status, refused.headers.get('allow'), await refused.text()]).toEqual([405, 'POST, OPTIONS', ''])
  const options = await ask('/api/policies', 'OPTIONS')
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, PUT, HEAD, OPTIONS'])
})

test.each([
  ['not JSON', '{', 400],
  ['characters that no database stores', { action: 'pause', scope: { level: 'cluster' }, reason: 'a\u0000b' }, 400],
  ['half of a surrogate pair', '{"action":"pause","scope":{"level":"cluster"},"reason":"\\ud800"}', 400],
  ['more than 256 KiB', { action: 'pause', scope: { level: 'cluster' }, reason: 'x'.repeat(300_000) }, 413],
])('a body with %s is refused', async (_case, body, status) => {
  expect((await send('POST', '/api/control', body)).status).toBe(status)
})

test('whoever listens is told what changed, by id', async () => {
  const ends = new AbortController()
  const answer = await fetch(`${app.url}/api/stream`, { headers: bearer, signal: ends.signal })
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const hear = async (text: string) => {
    while (!heard.includes(text)) heard += (await reader?.read())?.value ?? ''
  }
  await hear('retry: ')
  expect((await send('POST', '/api/control', { action: 'pause', scope: { level: 'cluster' }, reason: 'a test' })).status).toBe(200)
  await hear('"kind":"control"')
  ends.abort()
})

test('a stop ends open streams and then the process', async () => {
  const answer = await fetch(`${app.url}/api/stream`, { headers: bearer })
  const ended = answer.text()
  process.kill(app.pid, 'SIGTERM')
  expect(await ended).toContain('retry: ')
  expect(await app.exited).toEqual({ code: 0, signal: null })
})
