import type { ServerResponse } from 'node:http'
import { ApiError, expired } from './api-error.ts'
import type { ApiPath } from './api-path.ts'
import type { ObjectStore, StoreEvent } from './object-store.ts'
import { type KubeObject, RESOURCES } from './objects.ts'

const BOOKMARK_EVERY_MS = 10_000
const LONGEST_SECONDS = 1_800

/** Tells what happens to a collection until the asked time is over or the caller is gone. */
export function streamWatch(store: ObjectStore, { resource, namespace }: ApiPath, query: URLSearchParams, response: ServerResponse): void {
  const from = query.get('resourceVersion') ?? ''
  if (!/^\d*$/.test(from)) throw new ApiError(500, `resourceVersion: Invalid value: "${from}": strconv.ParseUint: invalid syntax`)
  const { apiVersion, kind } = RESOURCES[resource]
  const send = (type: string, object: unknown) => response.write(`${JSON.stringify({ type, object })}\n`)
  const tell = (event: StoreEvent) => {
    const isMeant = event.resource === resource && (namespace === null || event.object.metadata.namespace === namespace)
    if (isMeant) send(event.type, event.object)
  }

  response.writeHead(200, { 'content-type': 'application/json' })
  response.flushHeaders()
  const missed = from === '' || from === '0' ? addedOf(store, resource, namespace) : store.since(Number(from))
  if (missed === null) {
    send('ERROR', expired(Number(from), store.oldestVersion).status)
    response.end()
    return
  }
  for (const event of missed) tell(event)

  const bookmark = () => {
    if (query.get('allowWatchBookmarks') !== 'true') return
    send('BOOKMARK', { kind, apiVersion, metadata: { resourceVersion: String(store.version), creationTimestamp: null } })
  }
  const seconds = Math.min(Number(query.get('timeoutSeconds')) || LONGEST_SECONDS, LONGEST_SECONDS)
  const unsubscribe = store.subscribe(tell)
  const bookmarks = setInterval(bookmark, BOOKMARK_EVERY_MS)
  const end = setTimeout(() => {
    bookmark()
    response.end()
  }, seconds * 1_000)
  response.on('close', () => {
    unsubscribe()
    clearInterval(bookmarks)
    clearTimeout(end)
  })
}

function addedOf(store: ObjectStore, resource: StoreEvent['resource'], namespace: string | null): StoreEvent[] {
  return store.list(resource, namespace).map((object: KubeObject) => ({ type: 'ADDED', resource, object, version: 0 }))
}
