import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../clock.ts'
import type { BreakableServer } from '../panel/breakable-server.ts'
import { runPrometheus } from './run-prometheus.ts'

let clock: ManualClock
let scrapes: number
let prometheus: BreakableServer

beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2026, 10, 24, 12))
  scrapes = 0
  const scrape = () => `queue_length{queue="<b>&"} ${++scrapes}`
  const rules = JSON.stringify({ groups: [{ name: 'all', rules: [{ alert: 'Full', expr: 'queue_length > 1', for: '1s' }] }] })
  prometheus = await runPrometheus({ port: 0, clock, rules, alertmanagerUrl: null, targets: [{ job: 'queues', instance: 'a', scrape }] })
})
afterEach(() => prometheus.stop())

/** One second passes, and what it began is done. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1_000)
    await setImmediate()
  }
}

const get = async (path: string) => {
  const response = await fetch(`${prometheus.url}/${path}`)
  return { status: response.status, text: await response.text() }
}

describe('the running Prometheus', () => {
  it('scrapes each second, and not while it is down', async () => {
    await pass(3)
    expect(scrapes).toBe(4)
    prometheus.broken = 'reset'
    await pass(5)
    expect(scrapes).toBe(4)
    prometheus.broken = null
    await pass(1)
    expect(scrapes).toBe(5)
  })

  it('shows what an alert’s link asks for, and nothing in it is read as a page', async () => {
    await pass(1)
    const { status, text } = await get(`graph?${new URLSearchParams({ 'g0.expr': 'queue_length > 1' })}`)
    expect(status).toBe(200)
    expect(text).toContain('<td>2</td>')
    expect(text).toContain('&lt;b>&amp;')
    expect((await get(`graph?${new URLSearchParams({ 'g0.expr': '<script>' })}`)).text).not.toContain('<script>')
  })

  it('tells its rules’ state, and answers 404 to what it does not know', async () => {
    await pass(3)
    const { data } = JSON.parse((await get('api/v1/rules')).text)
    expect(data.groups[0].rules[0]).toMatchObject({
      name: 'Full',
      state: 'firing',
      health: 'ok',
      duration: 1,
      alerts: [{ state: 'firing', value: '4e+00' }],
    })
    expect((await get('api/v1/labels')).status).toBe(404)
  })

  it.each([
    ['query=up&time=noon', 'query', 400, 'bad_data', 'invalid parameter "time": cannot parse "noon" to a valid timestamp'],
    ['query=rate(', 'query', 400, 'bad_data', 'invalid parameter "query": parse error'],
    ['query=rate(up)', 'query', 400, 'bad_data', 'invalid parameter "query": parse error: expected type range vector'],
    ['query=topk(1,up)', 'query', 422, 'execution', 'topk'],
    ['query=up&start=10&end=0&step=1', 'query_range', 400, 'bad_data', 'end timestamp must not be before start time'],
    ['query=up&start=0&end=10&step=0', 'query_range', 400, 'bad_data', 'invalid parameter "step"'],
    ['query=up&start=0&end=20000&step=1', 'query_range', 400, 'bad_data', 'exceeded maximum resolution of 11,000 points per timeseries'],
    ['query=up[5m]&start=0&end=10&step=1', 'query_range', 400, 'bad_data', 'invalid expression type "range vector" for range query'],
  ])('refuses %s of %s as Prometheus does', async (parameters, call, status, errorType, error) => {
    const answer = await get(`api/v1/${call}?${parameters}`)
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.text)).toEqual({ status: 'error', errorType, error: expect.stringContaining(error) })
  })
})
