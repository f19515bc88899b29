import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Labels } from '../../lib/core/alert.ts'
import type { Clock } from '../clock.ts'
import { SandboxAlertmanager } from './alertmanager.ts'
import type { HeldAlert } from './payload.ts'
import { readRouting } from './routing.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** A receiver that answers what it is told to, and 200 when it is told nothing. */
let receiver: Server
let answers: number[]
let received: { authorization: string | undefined; status: string; alerts: [string | undefined, string][] }[]
/** Time that passes by itself only while a delivery waits to be sent again. */
let now: number
let pauses: number[]
const clock: Clock = {
  now: () => now,
  after(ms, run) {
    pauses.push(ms)
    now += ms
    queueMicrotask(run)
    return () => {}
  },
}

beforeEach(async () => {
  ;[answers, received, pauses, now] = [[], [], [], Date.UTC(2026, 10, 24, 12)]
  receiver = createServer(async (request, response) => {
    const { status, alerts } = JSON.parse(await text(request)) as { status: string; alerts: { status: string; labels: Labels }[] }
    const told = alerts.map((one): [string | undefined, string] => [one.labels['alertname'], one.status])
    received.push({ authorization: request.headers.authorization, status, alerts: told })
    response.writeHead(answers.shift() ?? 200).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => receiver.once('listening', resolve))
})
afterEach(() => {
  receiver.close()
  receiver.closeAllConnections()
})

/** Alertmanager with one route, of Snapback's kind unless something else is said. */
function start(route: object = {}): SandboxAlertmanager {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const webhook = { url, http_config: { authorization: { credentials: 'secret' } } }
  const snapback = {
    receiver: 'hook',
    matchers: ['auto_rollback="true"'],
    group_by: ['...'],
    group_wait: '0s',
    group_interval: '30s',
    ...route,
  }
  const file = {
    route: { receiver: 'people', repeat_interval: '4h', routes: [snapback, { receiver: 'people' }] },
    receivers: [{ name: 'people' }, { name: 'hook', webhook_configs: [webhook] }],
  }
  return new SandboxAlertmanager({ routing: readRouting(JSON.stringify(file)), clock, url: 'http://alertmanager.example' })
}

function alert(
  name: string,
  { labels = {}, endsIn = 10 * MINUTE, startsAt = now }: { labels?: Labels; endsIn?: number; startsAt?: number } = {},
): HeldAlert {
  const own = { alertname: name, auto_rollback: 'true', ...labels }
  return { labels: own, annotations: {}, generatorURL: '', startsAt, endsAt: now + endsIn, isEndMadeUp: false, updatedAt: now }
}

const statuses = () => received.map(({ status }) => status)

describe('a firing alert', () => {
  it('is told at once, with the token, and not again when it is only sent again', async () => {
    const alertmanager = start()
    const errors = alert('Errors')
    await alertmanager.receive([errors])
    now += 31 * SECOND
    await alertmanager.receive([{ ...errors, endsAt: now + 10 * MINUTE }])
    expect(received).toEqual([{ authorization: 'Bearer secret', status: 'firing', alerts: [['Errors', 'firing']] }])
  })

  it('is told again after the repeat interval', async () => {
    const alertmanager = start({ repeat_interval: '1h' })
    await alertmanager.receive([alert('Errors', { endsIn: 240 * MINUTE })])
    now += 59 * MINUTE
    await alertmanager.tick()
    expect(statuses()).toEqual(['firing'])
    now += 2 * MINUTE
    await alertmanager.tick()
    expect(statuses()).toEqual(['firing', 'firing'])
  })

  it('that is not for the route goes to people alone', async () => {
    await start().receive([alert('Warning', { labels: { auto_rollback: 'false' } })])
    expect(received).toEqual([])
  })

  it('goes past a route that says to continue', async () => {
    const alertmanager = start({ receiver: 'people', continue: true })
    expect(alertmanager.routing.root.routes[0]?.continues).toBe(true)
    await alertmanager.receive([alert('Errors')])
    expect(received).toEqual([])
  })

  it('waits for its group where the route says so', async () => {
    const alertmanager = start({ group_wait: '10s', group_by: ['team'] })
    await alertmanager.receive([alert('Errors')])
    now += 9 * SECOND
    await alertmanager.receive([alert('Latency')])
    expect(received).toEqual([])
    now += 1 * SECOND
    await alertmanager.tick()
    expect(received.map(({ alerts }) => alerts.map(([name]) => name))).toEqual([['Errors', 'Latency']])
  })
})

describe('a resolved alert', () => {
  it('is told at the group’s next interval, once', async () => {
    const alertmanager = start()
    const errors = alert('Errors')
    await alertmanager.receive([errors])
    now += 5 * SECOND
    await alertmanager.receive([{ ...errors, endsAt: now }])
    expect(statuses()).toEqual(['firing'])
    now += 26 * SECOND
    await alertmanager.tick()
    now += 60 * SECOND
    await alertmanager.tick()
    expect(statuses()).toEqual(['firing', 'resolved'])
  })

  it('is one that nobody sent again, too', async () => {
    const alertmanager = start()
    await alertmanager.receive([alert('Errors', { endsIn: 40 * SECOND })])
    now += 61 * SECOND
    await alertmanager.tick()
    expect(statuses()).toEqual(['firing', 'resolved'])
  })

  it('that nobody heard of is told to nobody', async () => {
    await start().receive([alert('Errors', { startsAt: now - MINUTE, endsIn: 0 })])
    expect(received).toEqual([])
  })

  it('that fires again is told again', async () => {
    const alertmanager = start()
    const errors = alert('Errors')
    await alertmanager.receive([errors])
    now += 31 * SECOND
    await alertmanager.receive([{ ...errors, endsAt: now }])
    now += 31 * SECOND
    await alertmanager.tick()
    await alertmanager.receive([alert('Errors')])
    now += 31 * SECOND
    await alertmanager.tick()
    expect(statuses()).toEqual(['firing', 'resolved', 'firing'])
  })
})

describe('a receiver that', () => {
  it('answers 5xx is tried again, each time later', async () => {
    answers = [503, 500, 502]
    await start().receive([alert('Errors')])
    expect(statuses()).toEqual(['firing', 'firing', 'firing', 'firing'])
    expect(pauses).toEqual([500, 750, 1_125])
  })

  it.each([400, 401, 413, 429])('answers %i is not tried again before the group’s next interval', async (status) => {
    answers = [status]
    const alertmanager = start()
    await alertmanager.receive([alert('Errors')])
    expect([statuses(), pauses]).toEqual([['firing'], []])
    now += 31 * SECOND
    await alertmanager.tick()
    expect(statuses()).toEqual(['firing', 'firing'])
  })

  it('is away for longer than the group’s interval hears of it when it is back', async () => {
    const alertmanager = start()
    answers = Array.from({ length: 12 }, () => 503)
    await alertmanager.receive([alert('Errors')])
    const tries = received.length
    expect(tries).toBeGreaterThan(5)
    answers = []
    now += 31 * SECOND
    await alertmanager.tick()
    expect(received).toHaveLength(tries + 1)
  })
})

describe('a silenced alert', () => {
  it('is told to nobody until the silence ends', async () => {
    const alertmanager = start()
    const matchers = [{ name: 'alertname', value: 'Err.*', isRegex: true, isEqual: true }]
    const id = alertmanager.silences.set({ matchers, startsAt: now, endsAt: now + 60 * MINUTE, createdBy: '', comment: '', updatedAt: now })
    await alertmanager.receive([alert('Errors'), alert('Latency')])
    expect(received.flatMap(({ alerts }) => alerts.map(([name]) => name))).toEqual(['Latency'])
    alertmanager.silences.expire(id, now)
    now += 31 * SECOND
    await alertmanager.tick()
    expect(received.flatMap(({ alerts }) => alerts.map(([name]) => name))).toEqual(['Latency', 'Errors'])
  })
})
