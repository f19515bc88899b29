import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningProgram } from '../../testing/debian-program.ts'
import { type DeafServer, startDeafServer } from '../../testing/metrics-world.ts'
import { startAlertmanager } from '../../testing/prometheus.ts'
import { until } from '../../testing/waiting.ts'
import { connectAlertmanager } from './connect.ts'

const CONFIGURATION = 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n'
const HOUR = 60 * 60_000
let server: RunningProgram
let deaf: DeafServer

beforeAll(async () => {
  server = await startAlertmanager(CONFIGURATION)
  deaf = await startDeafServer()
})
afterAll(async () => {
  deaf?.stop()
  await server?.stop()
})

async function post(path: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/api/v2/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
  const text = await response.text()
  return text === '' ? null : JSON.parse(text)
}

describe('a real Alertmanager', () => {
  it('tells of alerts by their exact name, with all their labels, and who silenced them until when', async () => {
    const alertmanager = connectAlertmanager({ url: server.url })
    const labels = { alertname: 'High "errors" \\o/', service: 'checkout', cluster: 'eu-1' }
    await post('alerts', [{ labels }, { labels: { ...labels, alertname: 'High' } }])
    await until(async () => (await alertmanager.alerts(labels.alertname)).length > 0)
    expect(await alertmanager.alerts(labels.alertname)).toEqual([{ labels, silencedBy: [] }])

    const endsAt = new Date(Date.now() + HOUR)
    const silence = {
      matchers: [{ name: 'service', value: 'checkout', isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: endsAt.toISOString(),
      createdBy: 'ada',
      comment: 'known',
    }
    const { silenceID } = (await post('silences', silence)) as { silenceID: string }
    await until(async () => (await alertmanager.alerts(labels.alertname)).some(({ silencedBy }) => silencedBy.includes(silenceID)))
    expect(await alertmanager.silenceEndsAt(silenceID)).toBe(endsAt.getTime())
  })

  it('knows of no alert and no silence that are not there', async () => {
    const alertmanager = connectAlertmanager({ url: `${server.url}/` })
    expect(await alertmanager.alerts('Nobody')).toEqual([])
    expect(await alertmanager.silenceEndsAt('0b5a9d0e-0000-4000-8000-000000000000')).toBeNull()
  })

  it('is not one that answers below another path: that is silence, not an alert that is away', async () => {
    const alertmanager = connectAlertmanager({ url: `${server.url}/elsewhere` })
    await expect(alertmanager.alerts('High')).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'alertmanager' })
  })

  it('that does not answer in time is named', async () => {
    const alertmanager = connectAlertmanager({ url: deaf.url, timeoutMs: 100 })
    await expect(alertmanager.alerts('High')).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'alertmanager' })
  })

  it('without an address refuses, and says so', async () => {
    const alertmanager = connectAlertmanager({ url: null })
    expect(alertmanager.isConfigured).toBe(false)
    await expect(alertmanager.alerts('High')).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'alertmanager' })
  })
})
