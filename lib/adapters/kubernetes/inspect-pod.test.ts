import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { createApiClient } from './api-client.ts'
import { chooseContainer, inspectPod } from './inspect-pod.ts'

const running = { state: { running: {} }, ready: true }
const crashed = { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 1 } }, ready: false }
const pulling = { state: { waiting: { reason: 'ImagePullBackOff' } }, ready: false }
const done = { state: { terminated: { reason: 'Completed' } }, ready: false }

function aPod(containerStatuses: JsonObject[], initContainerStatuses: JsonObject[] = []): JsonObject {
  return { status: { containerStatuses, initContainerStatuses } }
}

describe('the container whose log is read', () => {
  it.each<[string, JsonObject, unknown]>([
    [
      'the one that crashed, its run before',
      aPod([
        { name: 'proxy', ...running },
        { name: 'main', ...crashed },
      ]),
      { container: 'main', previous: true },
    ],
    [
      'of one that has just ended, that run',
      aPod([{ name: 'main', state: { terminated: {} }, lastState: { terminated: {} } }]),
      { container: 'main', previous: false },
    ],
    [
      'the one that is not ready',
      aPod([
        { name: 'proxy', ...running },
        { name: 'main', ...running, ready: false },
      ]),
      { container: 'main', previous: false },
    ],
    [
      'the first where all is well',
      aPod([{ name: 'main', ...running }], [{ name: 'init', ...done }]),
      { container: 'main', previous: false },
    ],
    ['none before one has run', aPod([{ name: 'main', ...pulling }]), null],
    ['none of a pod without a status', {}, null],
  ])('%s', (_, pod, expected) => {
    expect(chooseContainer(pod)).toEqual(expected)
  })
})

/** An API server that answers these paths, and the look at a pod that it gives. */
class Server {
  readonly asked: URL[] = []
  #server: http.Server | null = null
  async inspect(answers: (url: URL) => [number, string]) {
    this.#server = http.createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x')
      this.asked.push(url)
      const [status, body] = answers(url)
      response.writeHead(status).end(body)
    })
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve))
    const config = new KubeConfig()
    config.loadFromClusterAndUser(
      { name: 'c', server: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`, skipTLSVerify: true },
      { name: 'u' },
    )
    return inspectPod(createApiClient(config, { timeoutMs: 1_000, now: Date.now }), 'shop', 'checkout-1')
  }
  close() {
    this.#server?.close()
    this.#server?.closeAllConnections()
  }
}

describe('a look at a pod', () => {
  const server = new Server()
  afterEach(() => {
    server.close()
    server.asked.length = 0
  })
  const pod = JSON.stringify(aPod([{ name: 'main', ...crashed }]))
  const events = JSON.stringify({
    items: [
      {
        type: 'Normal',
        reason: 'Pulled',
        message: 'pulled',
        firstTimestamp: '2026-01-05T10:00:00Z',
        lastTimestamp: '2026-01-05T10:00:00Z',
      },
      { type: 'Warning', reason: 'BackOff', message: 'restarting\n failed container', count: 7, lastTimestamp: '2026-01-05T10:05:00Z' },
      {
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'probe',
        eventTime: '2026-01-05T10:01:00.5Z',
        series: { count: 3, lastObservedTime: '2026-01-05T10:02:00Z' },
      },
    ],
  })
  const answer = (url: URL, log: [number, string]): [number, string] => {
    if (url.pathname.endsWith('/events')) return [200, events]
    return url.pathname.endsWith('/log') ? log : [200, pod]
  }

  it('gives its Events, newest first, and the last lines of the run before, without secrets', async () => {
    const seen = await server.inspect((url) => answer(url, [200, 'starting\nconnect postgres://u:hunter2@db\npanic: no pool\n']))
    expect(seen.events).toEqual([
      {
        type: 'Warning',
        reason: 'BackOff',
        message: 'restarting failed container',
        count: 7,
        lastSeenAt: Date.parse('2026-01-05T10:05:00Z'),
      },
      { type: 'Warning', reason: 'Unhealthy', message: 'probe', count: 3, lastSeenAt: Date.parse('2026-01-05T10:02:00Z') },
      { type: 'Normal', reason: 'Pulled', message: 'pulled', count: 1, lastSeenAt: Date.parse('2026-01-05T10:00:00Z') },
    ])
    expect(seen.logs).toEqual({ container: 'main', previous: true, lines: ['starting', 'connect postgres://•••@db', 'panic: no pool'] })
    const log = server.asked.find(({ pathname }) => pathname.endsWith('/log'))
    expect(Object.fromEntries(log?.searchParams ?? [])).toMatchObject({ container: 'main', previous: 'true', tailLines: '20' })
  })

  it('keeps the last twenty lines, each cut', async () => {
    const seen = await server.inspect((url) =>
      answer(url, [200, Array.from({ length: 30 }, (_, n) => `${n} ${'x'.repeat(500)}`).join('\n')]),
    )
    if (typeof seen.logs === 'string') throw new Error('no log came')
    expect(seen.logs.lines).toHaveLength(20)
    expect(seen.logs.lines.every((line) => line.length === 300)).toBe(true)
  })

  it('keeps nothing that Postgres does not store, which would cost the whole look', async () => {
    const seen = await server.inspect((url) => answer(url, [200, `bytes \0 of it\n${'x'.repeat(299)}😀\n`]))
    if (typeof seen.logs === 'string') throw new Error('no log came')
    expect(seen.logs.lines).toEqual(['bytes \uFFFD of it', `${'x'.repeat(299)}\uFFFD`])
  })

  it('masks a message of an Event before it is cut', async () => {
    const message = `${'x'.repeat(270)} postgres://shop:hunter2hunter2hunter2@db`
    const seen = await server.inspect((url) =>
      url.pathname.endsWith('/events') ? [200, JSON.stringify({ items: [{ type: 'Warning', message }] })] : [200, pod],
    )
    expect(JSON.stringify(seen.events)).not.toContain('hunter2')
  })

  it.each<[string, [number, string], string]>([
    ['not allowed', [403, '{"message":"forbidden"}'], 'not_allowed'],
    ['not there, as where the kubelet does not answer', [500, '{"message":"dial tcp"}'], 'silent'],
  ])('says of a log that it was %s, and gives the Events', async (_, log, expected) => {
    const seen = await server.inspect((url) => answer(url, log))
    expect(seen.logs).toBe(expected)
    expect(seen.events).toHaveLength(3)
  })

  it('says so of a pod that never started', async () => {
    const seen = await server.inspect((url) =>
      url.pathname.endsWith('/events') ? [403, '{}'] : [200, JSON.stringify(aPod([{ name: 'main', ...pulling }]))],
    )
    expect(seen).toEqual({ events: 'not_allowed', logs: 'not_started' })
  })
})
