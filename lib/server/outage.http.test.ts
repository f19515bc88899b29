import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApp, startApp } from '../testing/app.ts'
import { deliver, recordedDeliveries, untilReady } from '../testing/delivery.ts'
import { type StoppablePostgres, stoppablePostgres } from '../testing/stoppable-postgres.ts'
import { until } from '../testing/waiting.ts'

let postgres: StoppablePostgres
let app: RunningApp
const [first, second] = recordedDeliveries().filter(({ name }) => name.startsWith('adr-') && name.endsWith('-firing.json'))

beforeAll(async () => {
  postgres = await stoppablePostgres()
  app = await startApp({ databaseUrl: postgres.url })
})
afterAll(async () => {
  await app?.stop()
  await postgres?.remove()
})

const ready = async () => {
  const answer = await fetch(`${app.url}/api/health/ready`)
  return {
    status: answer.status,
    body: (await answer.json()) as { status: string; parts: { name: string; status: string; detail: string | null }[] },
  }
}

async function expectStandsStill(): Promise<void> {
  const answer = await deliver(app, first?.body ?? '')
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBe('5')
  expect(answer.body).toMatchObject({ status: 503, type: 'urn:snapback:problem:storage_unavailable' })
  const { status, body } = await ready()
  expect(status).toBe(503)
  expect(body.parts.find(({ name }) => name === 'database')).toMatchObject({ status: 'down', detail: expect.stringContaining('postgres') })
  expect(JSON.stringify(body)).not.toContain('outage-s3cret')
  expect((await fetch(`${app.url}/api/health/live`)).status).toBe(200)
}

test('started without a database it answers, and tells which part is down', expectStandsStill)

test('once the database is there it migrates and works, by itself', async () => {
  await postgres.start()
  await untilReady(app)
  expect(await deliver(app, first?.body ?? '')).toMatchObject({ status: 200, body: { accepted: 1 } })
})

test('when the database goes, a delivery is 503, so that Alertmanager sends it again', async () => {
  await postgres.stop()
  await expectStandsStill()
})

test('and a sign-in is 503, not a wrong password', async () => {
  const page = await fetch(`${app.url}/api/auth/csrf`)
  const { csrfToken } = (await page.json()) as { csrfToken: string }
  const cookie = page.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  const body = new URLSearchParams({ csrfToken, email: 'ops@example.test', password: 'correct horse battery', json: 'true' })
  const answer = await fetch(`${app.url}/api/auth/callback/credentials`, { method: 'POST', headers: { cookie }, body })
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ type: 'urn:snapback:problem:storage_unavailable' })
})

test('its metrics are still there, without what only the database knows', async () => {
  const text = await (await fetch(`${app.url}/metrics`)).text()
  expect(text).toMatch(/^edgelink_webhook_deliveries_total\{code="503"\} [1-9]/m)
  expect(text).toMatch(/^edgelink_upstream_up\{upstream="postgres"\} 0$/m)
  expect(text).not.toMatch(/^edgelink_dry_run /m)
})

test('and when it is back, everything goes on without a restart', async () => {
  await postgres.start()
  await until(async () => (await deliver(app, second?.body ?? '')).status === 200)
  await untilReady(app)
  expect(await deliver(app, second?.body ?? '')).toMatchObject({ status: 200, body: { accepted: 0, duplicate: 1 } })
  expect(await (await fetch(`${app.url}/metrics`)).text()).toMatch(/^edgelink_dry_run 1$/m)
})

test('no password is in the log', () => {
  expect(app.output()).toContain('storage_unavailable')
  expect(app.output()).not.toContain('outage-s3cret')
})
