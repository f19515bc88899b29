import type { ConfigKind, ConfigMetadata, ConfigRef, ConfigSeen } from '../../core/config-change.ts'
import { type JsonObject, objectAt } from '../../core/json.ts'
import { type ApiClient, statusOf } from './api-client.ts'
import { object, type Resource } from './paths.ts'
import { instant, objectsAt, textAt } from './project.ts'

const CALL_MS = 1_500
/**
 * Metadata only, and no other form beside it: a server that does not know this one answers 406 and sends no data. Served since
 * Kubernetes 1.15.
 */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'
const RESOURCE: Record<ConfigKind, Resource> = { ConfigMap: 'configmaps', Secret: 'secrets' }

interface Asking {
  api: ApiClient
  tellsWrites(): Promise<boolean>
}

/** Since 1.25 a new value of a key that the writer owned already moves its time (kubernetes #110058). Asked once, unless it fails. */
export function createWriteTelling(api: ApiClient): () => Promise<boolean> {
  let told: Promise<boolean> | null = null
  return async () => {
    told ??= api.call({ verb: 'get', resource: 'version', path: '/version', timeoutMs: CALL_MS }).then(({ body }) => isAtLeast25(body))
    try {
      return await told
    } catch (error) {
      told = null
      throw error
    }
  }
}

/** Providers write `25+`. */
function isAtLeast25(version: JsonObject): boolean {
  const [major, minor] = [Number.parseInt(textAt(version, 'major'), 10), Number.parseInt(textAt(version, 'minor'), 10)]
  return major > 1 || (major === 1 && minor >= 25)
}

/**
 * When one was written. Its annotations may hold all that it holds (`last-applied-configuration` does), so of the metadata nothing but
 * times and the version leaves this file.
 */
export async function inspectConfig({ api, tellsWrites }: Asking, namespace: string, { kind, name }: ConfigRef): Promise<ConfigSeen> {
  const call = { verb: 'get', ...object(RESOURCE[kind], namespace, name), accept: METADATA_ONLY, timeoutMs: CALL_MS } as const
  try {
    const [found, isTold] = await Promise.all([api.read(call), tellsWrites()])
    if (found === null) return 'gone'
    return found['kind'] === 'PartialObjectMetadata' ? { ...timesOf(objectAt(found, 'metadata')), tellsWrites: isTold } : 'silent'
  } catch (error) {
    return statusOf(error) === 403 ? 'not_allowed' : 'silent'
  }
}

/**
 * The server notes for each writer when it last changed a value. Who owns nothing but metadata (a label, an owner) has not written data.
 */
export function timesOf(metadata: JsonObject): Omit<ConfigMetadata, 'tellsWrites'> {
  const times = objectsAt(metadata, 'managedFields')
    .filter((entry) => ownsData(objectAt(entry, 'fieldsV1')))
    .flatMap((entry) => instant(entry['time']) ?? [])
  return {
    resourceVersion: textAt(metadata, 'resourceVersion'),
    createdAt: instant(metadata['creationTimestamp']),
    writtenAt: times.length === 0 ? null : Math.max(...times),
  }
}

/** An entry that does not say what it owns counts. */
function ownsData(fields: JsonObject): boolean {
  const names = Object.keys(fields)
  return names.length === 0 || names.some((name) => name !== 'f:metadata')
}
