import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../testing/app-api.ts'
import { deliver, recordedDeliveries, untilReady } from '../testing/delivery.ts'

const NOTHING = { accepted: 0, duplicate: 0, ignored: { count: 0, reasons: {} }, rejected: [], truncated: 0 }
const accepted = (count: number) => ({ ...NOTHING, accepted: count })
const ignored = (reason: string) => ({ ...NOTHING, ignored: { count: 1, reasons: { [reason]: 1 } } })

/** What becomes of every recorded delivery. One that is recorded without a line here fails. */
const EXPECTED: Record<string, unknown> = {
  'always-firing.json': ignored('no_auto_rollback_label'),
  ...firedAndResolved('adr-high-error-rate', accepted(1)),
  ...firedAndResolved('adr-high-latency', accepted(1)),
  ...firedAndResolved('adr-pod-crash-looping', accepted(1)),
  ...firedAndResolved('deployment-labels', ignored('no_auto_rollback_label')),
  ...firedAndResolved('exported-labels', accepted(1)),
  ...firedAndResolved('group-of-three-services', accepted(3)),
  ...firedAndResolved('labels-in-chinese-and-hostile', accepted(1)),
  ...firedAndResolved('warning-not-for-us', ignored('no_auto_rollback_label')),
  ...firedAndResolved('watchdog', ignored('heartbeat')),
}

let api: AppApi
beforeAll(async () => {
  api = await startAppApi()
  await untilReady(api.app)
})
afterAll(() => api?.close())

const deliveries = recordedDeliveries()
const firing = deliveries.filter(({ name }) => name.endsWith('-firing.json'))

describe('what Alertmanager really sends', () => {
  test.each(deliveries)('$name is answered as it should be', async ({ name, body }) => {
    const { status, body: counts } = await deliver(api.app, body)
    expect(status).toBe(200)
    expect(counts).toEqual(EXPECTED[name])
  })

  test.each(firing)('$name again changes nothing', async ({ body }) => {
    const { status, body: counts } = await deliver(api.app, body)
    expect(status).toBe(200)
    expect(counts.accepted).toBe(0)
  })
})

test('a delivery that comes many times at once is stored once', async () => {
  const body = aDelivery([anAlert({ fingerprint: 'at-once' }), anAlert({ fingerprint: 'at-once-2' })])
  const answers = await Promise.all(Array.from({ length: 12 }, () => deliver(api.app, body)))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(sum(answers.map(({ body: counts }) => counts.accepted))).toBe(2)
  expect(sum(answers.map(({ body: counts }) => counts.duplicate))).toBe(22)
})

test('a bad alert costs nobody but itself', async () => {
  const bad = { ...anAlert({ fingerprint: 'bad' }), startsAt: 'yesterday' }
  const unstorable = anAlert({ fingerprint: 'nul', annotations: { summary: 'a\u0000b' } })
  const { status, body } = await deliver(api.app, aDelivery([anAlert({ fingerprint: 'good' }), bad, unstorable]))
  expect(status).toBe(200)
  expect(body).toEqual({
    ...accepted(1),
    rejected: [
      { index: 1, path: 'alerts.1.startsAt', message: expect.any(String) },
      { index: 2, path: 'alerts.2.annotations.summary', message: 'has characters that cannot be stored' },
    ],
  })
})

test('alerts that were cut off are counted and kept with the episode', async () => {
  const { body } = await deliver(api.app, aDelivery([anAlert({ fingerprint: 'cut' })], { truncatedAlerts: 7 }))
  expect(body.truncated).toBe(7)
  const episodes = await api.store.transaction((tx) => tx.latestEpisodes(['cut']))
  expect(episodes.get('cut')?.truncatedAlerts).toBe(7)
})

test('fields of newer versions are accepted', async () => {
  const alert = { ...anAlert({ fingerprint: 'newer' }), somethingNew: { a: 1 } }
  expect(await deliver(api.app, aDelivery([alert], { notificationReason: 'x' }))).toMatchObject({ status: 200, body: accepted(1) })
})

describe('what is refused, for good', () => {
  const good = aDelivery([anAlert({ fingerprint: 'never stored' })])

  test.each<[string, Record<string, string>]>([
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['no token', { authorization: '' }],
    ['the token in another scheme', { authorization: 'Basic dGVzdA==' }],
  ])('%s: 401', async (_case, headers) => {
    expect((await deliver(api.app, good, { headers })).status).toBe(401)
  })

  test.each([
    ['not JSON', 'alerts: []', undefined],
    ['another version', good.replace('"version":"4"', '"version":"3"'), 'version'],
    ['no alerts', '{"version":"4"}', 'alerts'],
    ['an empty list of alerts', aDelivery([]), 'alerts'],
    ['no usable alert', aDelivery([{ ...anAlert({}), fingerprint: 5 }]), 'alerts.0.fingerprint'],
    ['a list', '[]', ''],
  ])('%s: 400, with the field', async (_case, body, path) => {
    const answer = await deliver(api.app, body)
    expect(answer.status).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.body.errors?.map((error: { path: string }) => error.path)).toEqual(path === undefined ? undefined : [path])
  })

  test('no JSON by its type: 415', async () => {
    expect((await deliver(api.app, good, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })

  test.each([false, true])('more than 4 MiB: 413 (chunked: %s)', async (chunked) => {
    const body = aDelivery([anAlert({ fingerprint: 'large', annotations: { summary: 'x'.repeat(4 * 1024 * 1024) } })])
    expect((await deliver(api.app, body, { chunked })).status).toBe(413)
  })

  test('nothing of it was stored', async () => {
    expect(await api.store.transaction((tx) => tx.latestEpisodes(['never stored', 'large']))).toEqual(new Map())
  })
})

test('a large delivery below the limit is stored, in chunks too', async () => {
  const body = aDelivery([anAlert({ fingerprint: 'nearly', annotations: { summary: 'x'.repeat(4 * 1024 * 1024 - 1_000) } })])
  expect(await deliver(api.app, body, { chunked: true })).toMatchObject({ status: 200, body: accepted(1) })
})

test('every answer is counted by its code', async () => {
  const text = await (await fetch(`${api.app.url}/metrics`)).text()
  const counted = (code: number) =>
    Number(new RegExp(`^edgelink_webhook_deliveries_total\\{code="${code}"\\} (\\d+)$`, 'm').exec(text)?.[1])
  expect([200, 400, 401, 413, 415].map(counted).every((count) => count > 0)).toBe(true)
})

test('the token is in no line of the log', () => {
  expect(api.app.output()).toContain('/api/webhooks/alertmanager')
  expect(api.app.output()).not.toContain('test-webhook-token')
})

function firedAndResolved(name: string, counts: unknown): Record<string, unknown> {
  return { [`${name}-firing.json`]: counts, [`${name}-resolved.json`]: counts }
}

function anAlert(changes: { fingerprint?: string; annotations?: Record<string, string> }) {
  return {
    status: 'firing',
    labels: { alertname: 'HighErrorRate', auto_rollback: 'true', service: 'nobody' },
    annotations: {},
    startsAt: '2026-01-05T10:00:00.123456789Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.example/graph',
    fingerprint: 'f',
    ...changes,
  }
}

function aDelivery(alerts: unknown[], changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ version: '4', status: 'firing', receiver: 'snapback', groupKey: '{}', truncatedAlerts: 0, alerts, ...changes })
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
