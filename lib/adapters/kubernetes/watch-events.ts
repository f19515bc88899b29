import { upstreamError } from '../../core/errors.ts'
import { isObject, type JsonObject, type JsonValue, objectAt } from '../../core/json.ts'
import { type ApiClient, refusal } from './api-client.ts'
import { collection, type Resource } from './paths.ts'
import { numberAt, objectsAt, textAt } from './project.ts'

const PAGE = 500

export interface WatchTiming {
  /** For one page of a list, in milliseconds. */
  listMs: number
  /** After which the server ends a watch, in seconds: it is begun again where it ended. */
  watchSeconds: number
  /** A connection on which nothing came for this long is dead, in milliseconds; longer than `watchSeconds`. */
  idleMs: number
}

/** What is listed and watched; `namespace` null: of the whole cluster. */
interface Watched {
  api: ApiClient
  resource: Resource
  namespace: string | null
  timing: WatchTiming
}

/** An event as the server sent it; `version` is what to go on from after it. */
export interface WatchEvent {
  type: string
  object: JsonObject
  version: string
}

/** Page by page, projected as they come: whole objects are never all in memory. */
export async function listAll<T>({ api, resource, namespace, timing, project }: Watched & { project(raw: JsonObject): T }) {
  const items: T[] = []
  for (let next = ''; ; ) {
    const query: Record<string, string> = { limit: String(PAGE), ...(next !== '' && { continue: next }) }
    const page = await api.read({ verb: 'list', ...collection(resource, namespace), query, timeoutMs: timing.listMs })
    if (page === null) throw upstreamError('kubernetes', `list ${resource}: the server does not serve them`)
    for (const raw of objectsAt(page, 'items')) items.push(project(raw))
    const metadata = objectAt(page, 'metadata')
    next = textAt(metadata, 'continue')
    if (next === '') return { items, version: textAt(metadata, 'resourceVersion') }
  }
}

/** Begins with an event of type OPEN once the server has agreed; ends when the server ends it. */
export async function* watchEvents(watched: Watched & { signal: AbortSignal }, from: string): AsyncIterable<WatchEvent> {
  const { api, resource, namespace, timing, signal } = watched
  const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: from, timeoutSeconds: String(timing.watchSeconds) }
  const call = { verb: 'watch' as const, ...collection(resource, namespace), query }
  const { chunks } = await api.stream(call, { idleMs: timing.idleMs, signal })
  yield { type: 'OPEN', object: {}, version: from }
  let version = from
  for await (const line of lines(chunks)) {
    const event: JsonValue = JSON.parse(line)
    const object = objectAt(event, 'object')
    const type = isObject(event) ? textAt(event, 'type') : ''
    if (type === 'ERROR') throw refusal(call, { status: numberAt(object, 'code') ?? 500, body: object })
    version = textAt(objectAt(object, 'metadata'), 'resourceVersion') || version
    yield { type, object, version }
  }
}

async function* lines(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) if (part !== '') yield part
  }
}
