import { describe, expect, it } from 'vitest'
import { upstreamError } from '../../core/errors.ts'
import type { JsonObject, JsonValue } from '../../core/json.ts'
import { type ApiCall, type ApiClient, refusal } from './api-client.ts'
import type { Sighting } from './deploy-ledger.ts'
import { follow } from './follow.ts'
import { textAt } from './project.ts'

/** What the server does with one watch: lines that it sends, then how it ends. */
type Watch = { events: JsonValue[]; garbage?: string; ending: 'end' | 'stay' | Error }

/**
 * Follows a server that gives these pages and watches in turn, and stays in the last watch; the story is what came
 * out of it.
 */
async function story(server: { pages: JsonObject[]; watches: Watch[] }) {
  const told: string[] = []
  const queries: Record<string, string>[] = []
  const stop = new AbortController()
  const pages = [...server.pages]
  const watches = [...server.watches]
  const api: Pick<ApiClient, 'read' | 'stream'> = {
    async read({ query }: ApiCall) {
      queries.push(query ?? {})
      return pages.shift() ?? aPage([], 'last')
    },
    async stream(call: ApiCall) {
      queries.push(call.query ?? {})
      const watch = watches.shift() ?? { events: [], ending: 'stay' }
      if (watch.events.length === 0 && watch.ending instanceof Error) throw watch.ending
      return { chunks: chunksOf(watch) }
    },
  }
  async function* chunksOf({ events, garbage = '', ending }: Watch) {
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join('') + garbage
    // In pieces that end where no line does.
    for (let from = 0; from < text.length; from += 7) yield text.slice(from, from + 7)
    if (ending instanceof Error) throw ending
    if (ending === 'stay') stop.abort()
  }
  const log = (level: string) => (event: string) => told.push(`${level} ${event}`)
  await follow<string>({
    api: api as ApiClient,
    resource: 'deployments',
    namespace: null,
    project: nameOf,
    sink: {
      replace: (items: readonly string[], _namespace: string | null, how: Sighting) => told.push(`${how} ${items.join(' ')}`),
      put: (item) => told.push(`put ${item}`),
      remove: (item) => told.push(`remove ${item}`),
    },
    onStands: () => told.push('stands'),
    onLost: () => told.push('lost'),
    log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    signal: stop.signal,
    timing: { listMs: 1_000, watchSeconds: 60, idleMs: 75_000 },
  })
  return { told, queries }
}

const call: ApiCall = { verb: 'watch', resource: 'deployments', path: '/' }
const lost = upstreamError('kubernetes', 'watch deployments: ECONNRESET')

describe('an informer', () => {
  it('lists page by page, then watches from the version of the list', async () => {
    const first = { ...aPage(['a'], '7'), metadata: { continue: 'more', resourceVersion: '7' } }
    const { told, queries } = await story({
      pages: [first, aPage(['b'], '7')],
      watches: [{ events: [anEvent('ADDED', 'c', '8')], ending: 'stay' }],
    })
    expect(told).toEqual(['first_list a b', 'stands', 'put c'])
    expect(queries[1]).toMatchObject({ continue: 'more' })
    expect(queries[2]).toMatchObject({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '7' })
  })

  it('goes on where a lost connection ended: after the last event or bookmark', async () => {
    const events = [anEvent('MODIFIED', 'a', '8'), anEvent('BOOKMARK', '', '20')]
    const { told, queries } = await story({ pages: [aPage(['a'], '7')], watches: [{ events, ending: lost }] })
    expect(told).toEqual(['first_list a', 'stands', 'put a', 'lost', 'warn kubernetes.watch.lost'])
    expect(queries.at(-1)).toMatchObject({ watch: 'true', resourceVersion: '20' })
  })

  it('tells what was deleted', async () => {
    const { told } = await story({ pages: [aPage(['a'], '7')], watches: [{ events: [anEvent('DELETED', 'a', '8')], ending: 'stay' }] })
    expect(told.at(-1)).toBe('remove a')
  })

  it.each([
    ['an ERROR event', [{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }], 'end' as const],
    ['a 410', [], refusal(call, { status: 410, body: {} })],
  ])('lists again when its version has expired, told by %s', async (_, events, ending) => {
    const { told } = await story({ pages: [aPage(['a'], '7'), aPage(['b'], '30')], watches: [{ events, ending }] })
    expect(told).toEqual(['first_list a', 'stands', 'lost', 'warn kubernetes.watch.lost', 'list b'])
  })

  it('lists again after any other refusal, and says so once however often it fails', async () => {
    const forbidden = refusal(call, { status: 403, body: { message: 'deployments.apps is forbidden' } })
    const { told } = await story({
      pages: [aPage(['a'], '7'), aPage(['b'], '8'), aPage(['c'], '9')],
      watches: [
        { events: [], ending: forbidden },
        { events: [], ending: forbidden },
      ],
    })
    expect(told).toEqual(['first_list a', 'stands', 'lost', 'warn kubernetes.watch.lost', 'list b', 'lost', 'list c'])
  })

  it('takes a line that is no JSON for a broken connection, and asks for it again', async () => {
    const { told, queries } = await story({
      pages: [aPage([], '7')],
      watches: [{ events: [anEvent('ADDED', 'a', '8')], garbage: '{"type":\n', ending: 'end' }],
    })
    expect(told.at(-1)).toBe('warn kubernetes.watch.lost')
    expect(queries.at(-1)).toMatchObject({ resourceVersion: '8' })
  })

  it('takes a watch that ends at once for a lost one, and pauses', async () => {
    const { told } = await story({ pages: [aPage([], '7')], watches: [{ events: [], ending: 'end' }] })
    expect(told).toEqual(expect.arrayContaining(['lost', 'warn kubernetes.watch.lost']))
  })
})

function aPage(names: string[], resourceVersion: string): JsonObject {
  return { metadata: { resourceVersion }, items: names.map((name) => ({ metadata: { name } })) }
}

function anEvent(type: string, name: string, resourceVersion: string): JsonValue {
  return { type, object: { metadata: { name, resourceVersion } } }
}

function nameOf(raw: JsonObject): string {
  return textAt(raw['metadata'] as JsonObject, 'name')
}
