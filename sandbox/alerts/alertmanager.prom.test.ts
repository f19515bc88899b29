import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../../lib/core/alertmanager-file.ts'
import { startAlertmanager } from '../../lib/testing/prometheus.ts'
import { until } from '../../lib/testing/waiting.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../../lib/testing/webhook-receiver.ts'
import { realClock } from '../clock.ts'
import { runAlertmanager } from './run-alertmanager.ts'

interface Side {
  url: string
  receiver: WebhookReceiver
  stop(): Promise<unknown>
}

const folder = mkdtempSync(join(tmpdir(), 'alertmanagers-'))
const tokenFile = join(folder, 'token')
let real: Side
let ours: Side

async function side(start: (configuration: string) => Promise<{ url: string; stop(): Promise<void> }>): Promise<Side> {
  const receiver = await startWebhookReceiver()
  const configuration = stringify(alertmanagerFile({ url: receiver.url, tokenFile })).replace('group_interval: 30s', 'group_interval: 1s')
  const { url, stop } = await start(configuration)
  return { url, receiver, stop: () => Promise.all([stop(), receiver.stop()]) }
}

beforeAll(async () => {
  writeFileSync(tokenFile, 'token-of-the-test\n')
  real = await side(startAlertmanager)
  ours = await side((configuration) => runAlertmanager({ port: 0, clock: realClock, configuration }))
})
afterAll(async () => {
  await Promise.all([real?.stop(), ours?.stop()])
  rmSync(folder, { recursive: true })
})

const both = <T>(ask: (side: Side) => Promise<T>): Promise<T[]> => Promise.all([real, ours].map(ask))

async function post({ url }: Side, alerts: object[]): Promise<void> {
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  })
  expect(response.status).toBe(200)
}

/** Deliveries about a service, in order, without the address of who sent them. */
const told = ({ receiver }: Side, service: string) =>
  receiver.deliveries
    .filter(({ body }) => body.alerts.some(({ labels }) => labels['service'] === service))
    .map(({ authorization, body: { externalURL: _, ...body } }) => ({ authorization, body }))

const LABELS = [
  { service: 'checkout', alertname: 'EdgeLinkHighErrorRate', severity: 'critical' },
  { service: '设备服务', alertname: 'Weird', team: '平台<img src=x onerror=alert(1)>', path: 'C:\\temp\n"quoted"' },
  { service: 'pods', alertname: 'Crash', namespace: 'demo', pod: 'edgelink-x', cluster: 'eu-1', Upper: 'Z', _under: 'a' },
]

describe('the sandbox’s Alertmanager and the real one', () => {
  it.each(LABELS)('send the same deliveries of $service, firing and resolved', async (own) => {
    // A whole second that is over: an end that is still to come when it is told would be merged into the later one
    // (prometheus/alertmanager types.Alert.Merge), and the alert would fire for its whole minute.
    const begin = Math.floor(Date.now() / 1_000) * 1_000 - 1_000
    const alert = {
      labels: { ...own, auto_rollback: 'true', empty: '' },
      annotations: { summary: `Trouble in ${own.service}`, description: 'line one\nline two' },
      startsAt: new Date(begin).toISOString(),
      endsAt: new Date(begin + 60_000).toISOString(),
      generatorURL: 'http://prometheus.example/graph?g0.expr=x&g0.tab=1',
    }
    await both((one) => post(one, [alert]))
    await both((one) => until(() => told(one, own.service).length === 1))
    await both((one) => post(one, [{ ...alert, endsAt: new Date(begin + 100).toISOString() }]))
    await both((one) => until(() => told(one, own.service).length === 2))
    const [expected, sent] = [told(real, own.service), told(ours, own.service)]
    expect(expected.map(({ body }) => body.status)).toEqual(['firing', 'resolved'])
    expect(sent).toEqual(expected)
    expect(sent[0]?.authorization).toBe('Bearer token-of-the-test')
  })

  it('keep the later end while the earlier one is still to come', async () => {
    const labels = { alertname: 'Merged', service: 'merged' }
    const startsAt = new Date(Math.floor(Date.now() / 1_000) * 1_000).toISOString()
    const [soon, later] = [30_000, 60_000].map((ms) => new Date(Math.floor(Date.now() / 1_000) * 1_000 + ms).toISOString())
    const endOf = async ({ url }: Side) => {
      const [alert] = (await (await fetch(`${url}/api/v2/alerts?${new URLSearchParams({ filter: 'service="merged"' })}`)).json()) as {
        endsAt: string
      }[]
      return alert && new Date(alert.endsAt).toISOString()
    }
    await both((one) => post(one, [{ labels, startsAt, endsAt: later }]))
    await both((one) => until(async () => (await endOf(one)) === later))
    await both((one) => post(one, [{ labels, startsAt, endsAt: soon }]))
    await both((one) => post(one, [{ labels: { ...labels, service: 'after' }, startsAt, endsAt: soon }]))
    await both((one) =>
      until(async () => {
        const shown = await fetch(`${one.url}/api/v2/alerts?${new URLSearchParams({ filter: 'service="after"' })}`)
        return ((await shown.json()) as object[]).length === 1
      }),
    )
    expect(await both(endOf)).toEqual([later, later])
  })

  it('show the same alerts, and silence them in the same way', async () => {
    const labels = { alertname: 'Shown', service: 'shown', auto_rollback: 'true' }
    const times = { startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 60_000).toISOString() }
    const silence = { matchers: [{ name: 'service', value: 'sh.*', isRegex: true }], ...times, createdBy: 'test', comment: 'quiet' }
    const read = async ({ url }: Side, path: string) => (await fetch(`${url}/api/v2/${path}`)).json() as Promise<Record<string, unknown>[]>
    const shown = async (one: Side) => {
      const [alert, ...others] = await read(one, `alerts?${new URLSearchParams({ filter: 'service="shown"' })}`)
      expect(others).toEqual([])
      const { updatedAt: _, status, ...rest } = alert ?? {}
      const { silencedBy, ...state } = status as { silencedBy: string[] }
      return { ...rest, status: { ...state, silences: silencedBy.length } }
    }
    await both((one) => post(one, [{ labels, ...times, generatorURL: 'http://x.example' }]))
    await both((one) => until(() => told(one, 'shown').length === 1))
    const [expected, answered] = await both(shown)
    expect(expected).toMatchObject({ labels, status: { state: 'active' } })
    expect(answered).toEqual(expected)

    const ids = await both(async ({ url }) => {
      const response = await fetch(`${url}/api/v2/silences`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(silence),
      })
      return ((await response.json()) as { silenceID: string }).silenceID
    })
    await both((one) => until(async () => (await shown(one)).status.silences === 1))
    const [silencedThere, silencedHere] = await both(shown)
    expect(silencedThere).toMatchObject({ status: { state: 'suppressed' } })
    expect(silencedHere).toEqual(silencedThere)
    const silences = await both(async (one) =>
      (await read(one, 'silences')).map(({ id: _, updatedAt: __, startsAt: ___, ...rest }) => rest),
    )
    expect(silences[1]).toEqual(silences[0])

    await Promise.all([real, ours].map(({ url }, index) => fetch(`${url}/api/v2/silence/${ids[index]}`, { method: 'DELETE' })))
    await both((one) => until(async () => (await shown(one)).status.silences === 0))
  })

  it('are ready, and refuse what is no list of alerts', async () => {
    expect(await both(async ({ url }) => (await fetch(`${url}/-/ready`)).status)).toEqual([200, 200])
    const refused = await both(async ({ url }) => {
      const options = { method: 'POST', headers: { 'content-type': 'application/json' } }
      const [noList, noLabels] = ['{"no":"list"}', '[{"labels":{}}]'].map((body) => fetch(`${url}/api/v2/alerts`, { ...options, body }))
      return [(await noList)?.status, (await noLabels)?.status]
    })
    expect(refused[1]).toEqual(refused[0])
  })
})
