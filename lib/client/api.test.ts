import { afterEach, describe, expect, it, vi } from 'vitest'
import { getControl, postControl } from '../contracts/control.ts'
import { getIncident, listIncidents } from '../contracts/incident.ts'
import { call, pathOf, searchOf } from './api.ts'
import { ApiError } from './api-error.ts'

const PROBLEM = { type: 'urn:x', title: 'Not possible now', status: 409, detail: 'someone else', instance: '/api/control', requestId: 'r1' }
const CONTROL = {
  version: 3,
  enabled: true,
  dryRun: { on: false, reason: 'ready', actor: { kind: 'engine' }, since: '2026-01-05T10:00:00.000Z', until: null },
  isDryRun: false,
  pauses: [],
  configured: { dryRun: null, enabled: null },
}

afterEach(() => vi.unstubAllGlobals())

/** Answers every request so, and keeps what was sent. */
function serverAnswers(answer: () => Response | Promise<Response>) {
  const sent: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init })
    return answer()
  })
  return sent
}

describe('a call', () => {
  it('gives the reply with instants as numbers', async () => {
    serverAnswers(() => Response.json(CONTROL))
    expect((await call(getControl, {})).dryRun.since).toBe(Date.UTC(2026, 0, 5, 10))
  })

  it('sends instants of the body as ISO 8601', async () => {
    const sent = serverAnswers(() => Response.json({ control: CONTROL, underWay: [] }))
    const until = Date.UTC(2026, 0, 5, 12)
    await call(postControl, { body: { action: 'pause', scope: { level: 'cluster' }, reason: 'database upgrade', until, version: 3 } })
    expect(sent[0]?.init.method).toBe('POST')
    expect(JSON.parse(String(sent[0]?.init.body))).toMatchObject({ until: '2026-01-05T12:00:00.000Z', version: 3 })
  })

  it('asks for what the query names and leaves out what it does not', async () => {
    const sent = serverAnswers(() => Response.json({ items: [], nextCursor: null }))
    await call(listIncidents, { query: { open: 'true' } })
    expect(sent[0]?.url).toBe('/api/incidents?open=true')
  })

  it('throws the problem that the server told', async () => {
    serverAnswers(() => Response.json(PROBLEM, { status: 409 }))
    const error = await call(getControl, {}).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 409, message: 'someone else', failure: { kind: 'refused', problem: PROBLEM } })
  })

  it('takes an answer of something in between for unreadable, not for ours', async () => {
    serverAnswers(() => new Response('<html>Bad gateway</html>', { status: 502 }))
    await expect(call(getControl, {})).rejects.toMatchObject({ failure: { kind: 'unreadable', status: 502 } })
  })

  it('takes a reply of another shape for unreadable', async () => {
    serverAnswers(() => Response.json({ ...CONTROL, version: 'three' }))
    await expect(call(getControl, {})).rejects.toMatchObject({ failure: { kind: 'unreadable', status: 200 } })
  })

  it('says unreachable when nothing answers', async () => {
    serverAnswers(() => Promise.reject(new TypeError('fetch failed')))
    await expect(call(getControl, {})).rejects.toMatchObject({ failure: { kind: 'unreachable' }, status: null })
  })

  it('lets an abort of the page pass', async () => {
    serverAnswers(() => Promise.reject(new DOMException('left', 'AbortError')))
    await expect(call(getControl, {})).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('the address of a call', () => {
  it('has its parameters escaped', () => expect(pathOf(getIncident.path, { id: 'a/b' })).toBe('/api/incidents/a%2Fb'))
  it('has no question mark without a question', () => expect(searchOf({ open: undefined, cursor: null })).toBe(''))
})
