import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordLog } from '../../testing/record-log.ts'
import { connectPrometheus } from './connect.ts'

interface Answer {
  status?: number
  headers?: Record<string, string>
  body?: unknown
}

let server: Server
let port: number
let answer: Answer
let asked: { method: string; url: string; headers: IncomingHttpHeaders; form: Record<string, string> }[] = []
const log = recordLog()

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, form })
    const { status = 200, headers, body } = answer
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  asked = []
  answer = { body: { status: 'success', data: { resultType: 'vector', result: [] } } }
})

const connect = (userAndPath: { user?: string; path?: string } = {}) =>
  connectPrometheus({
    url: `http://${userAndPath.user ?? ''}127.0.0.1:${port}${userAndPath.path ?? ''}`,
    log,
    now: Date.now,
    timeoutMs: 200,
  })

describe('a call', () => {
  it('goes to the configured path, its expression as a form', async () => {
    await connect({ path: '/behind/a/proxy/' }).query('sum(x{a="设备"}) > 1 & 2', 1_700_000_000_123)
    expect(asked).toMatchObject([
      { method: 'POST', url: '/behind/a/proxy/api/v1/query', form: { query: 'sum(x{a="设备"}) > 1 & 2', time: '1700000000.123' } },
    ])
  })

  it('carries the password of the address as a header', async () => {
    await connect({ user: 'reader:p%40ss@' }).query('x', 0)
    await connect({ user: ':100%@' }).query('x', 0)
    const sent = asked.map(({ headers }) => Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString())
    expect(sent).toEqual(['reader:p@ss', ':100%'])
  })

  it('sees how far the clocks are apart', async () => {
    const metrics = connect()
    expect(metrics.clockSkewMs()).toBeNull()
    answer.headers = { date: new Date(Date.now() + 60_000).toUTCString() }
    await metrics.ping()
    expect(metrics.clockSkewMs()).toBeGreaterThan(57_000)
    expect(metrics.clockSkewMs()).toBeLessThan(61_000)
  })
})

describe('an answer', () => {
  it('may have fields that nobody knows yet, and warnings', async () => {
    answer.body = {
      status: 'success',
      infos: ['new'],
      warnings: ['partial response'],
      data: { resultType: 'vector', stats: {}, result: [{ metric: { a: 'b' }, value: [1.5, '2'], extra: 1 }] },
    }
    expect(await connect().query('x', 0)).toEqual([{ labels: { a: 'b' }, at: 1_500, value: 2 }])
    expect(log.lines).toContainEqual({
      level: 'debug',
      event: 'prometheus warns',
      fields: { path: 'api/v1/query', warnings: ['partial response'] },
    })
  })

  it('that is a native histogram is not a number', async () => {
    answer.body = { status: 'success', data: { resultType: 'vector', result: [{ metric: {}, histogram: [1, {}] }] } }
    expect(await connect().query('x', 7)).toEqual([{ labels: {}, at: 7, value: Number.NaN }])
  })

  it('may have alerts in a state that nobody knows yet: they are left out', async () => {
    const [known, unknown] = ['firing', 'unknown'].map((state) => ({
      labels: { alertname: 'A' },
      state,
      activeAt: '2026-01-05T10:00:00.123456789Z',
    }))
    answer.body = { status: 'success', data: { alerts: [known, unknown] } }
    const activeAt = Date.UTC(2026, 0, 5, 10, 0, 0, 123)
    expect(await connect().alerts()).toEqual([{ labels: { alertname: 'A' }, state: 'firing', activeAt }])
  })

  it('may come from a version that has no keep_firing_for yet', async () => {
    const rule = { type: 'alerting', name: 'A', query: 'x > 1', duration: 60, labels: {}, alerts: [], health: 'ok' }
    answer.body = { status: 'success', data: { groups: [{ name: 'g', file: 'f', interval: 15, rules: [rule] }] } }
    expect(await connect().rules()).toEqual([
      { name: 'A', expression: 'x > 1', labels: {}, forMs: 60_000, keepFiringForMs: 0, intervalMs: 15_000, longestRangeMs: 0 },
    ])
  })
})

describe('an error names Prometheus and the cause', () => {
  it.each<[string, Answer, string]>([
    ['a proxy’s page', { body: '<html>sign in</html>' }, 'api/v1/query: 200, and no answer of Prometheus’ API'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, 'api/v1/query: 302'],
    [
      'a failure',
      { status: 503, body: { status: 'error', errorType: 'timeout', error: 'too slow' } },
      'api/v1/query: 503 timeout: too slow',
    ],
    ['an answer of another shape', { body: { status: 'success', data: { resultType: 'vector' } } }, 'api/v1/query: not understood: result'],
  ])('for %s', async (_, given, message) => {
    answer = given
    const failure = expect(connect({ user: 'reader:hunter2@' }).query('x', 0)).rejects
    await failure.toMatchObject({ code: 'upstream_unavailable', upstream: 'prometheus' })
    await failure.toThrow(`prometheus: ${message.replaceAll('’', "'")}`)
    await failure.not.toThrow('hunter2')
  })

  it('for a server that is starting', async () => {
    answer = { status: 503, body: 'Service Unavailable' }
    await expect(connect().ping()).rejects.toThrow('prometheus: -/ready: 503')
  })

  it('for no server at all, without the address and its password', async () => {
    const gone = createServer().listen(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port: closed } = gone.address() as AddressInfo
    gone.close()
    const metrics = connectPrometheus({ url: `http://reader:hunter2@127.0.0.1:${closed}`, log, now: Date.now })
    await expect(metrics.alerts()).rejects.toThrow(/^prometheus: api\/v1\/alerts: ECONNREFUSED$/)
  })

  it('for a server that hangs, with how long was waited', async () => {
    const hanging = createServer(() => {}).listen(0, '127.0.0.1')
    await once(hanging, 'listening')
    const url = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`
    await expect(connectPrometheus({ url, log, now: Date.now, timeoutMs: 50 }).query('x', 0)).rejects.toThrow(
      'api/v1/query: no answer within 50 ms',
    )
    hanging.close()
    hanging.closeAllConnections()
  })

  it('and does not repeat pages of an expression', async () => {
    answer = { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'x'.repeat(10_000) } }
    const error: Error = await connect()
      .query('x', 0)
      .then(() => new Error('answered'))
      .catch((refused) => refused)
    expect(error.message).toMatch(/^prometheus: api\/v1\/query: 400 bad_data: x+$/)
    expect(error.message.length).toBeLessThan(600)
  })
})
