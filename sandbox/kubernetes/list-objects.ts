import type { JsonObject } from '../../lib/core/json.ts'
import { badRequest } from './api-error.ts'
import type { ApiPath } from './api-path.ts'
import type { ObjectStore } from './object-store.ts'
import { type KubeObject, RESOURCES } from './objects.ts'
import { selects } from './selectors.ts'

/** What is asked for, page by page; every page tells the version of the first. */
export function listObjects(store: ObjectStore, { resource, namespace }: ApiPath, query: URLSearchParams): JsonObject {
  const { apiVersion, kind } = RESOURCES[resource]
  const { version, after } = readToken(query.get('continue')) ?? { version: store.version, after: '' }
  const rest = store
    .list(resource, namespace)
    .filter(selects(query))
    .filter((object) => keyOf(object) > after)
  const limit = Number(query.get('limit')) || rest.length
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const next: JsonObject =
    last && rest.length > limit ? { continue: writeToken({ version, after: keyOf(last) }), remainingItemCount: rest.length - limit } : {}
  return {
    kind: `${kind}List`,
    apiVersion,
    metadata: { resourceVersion: String(version), ...next },
    // Within a list, objects do not say again what they are.
    items: page.map(({ apiVersion: _version, kind: _kind, ...item }) => item as unknown as JsonObject),
  }
}

interface Token {
  version: number
  /** The last one told, by `keyOf`. */
  after: string
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

function writeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url')
}

function readToken(text: string | null): Token | null {
  if (text === null || text === '') return null
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw badRequest('invalid continue token: continue key is not valid')
  }
}
