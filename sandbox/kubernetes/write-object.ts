import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject, type JsonValue, objectAt } from '../../lib/core/json.ts'
import { alreadyExists, badRequest, conflict, invalid, MODIFIED, notFound } from './api-error.ts'
import type { ApiPath } from './api-path.ts'
import { withDefaults } from './default-fields.ts'
import { mergePatch } from './merge-patch.ts'
import { type NewObject, type ObjectStore, specOf } from './object-store.ts'
import { type KubeObject, type Metadata, type Objects, RESOURCES, type Resource, timestamp } from './objects.ts'
import { markDeleted } from './replica-set-controller.ts'
import { objectionsTo } from './validate-object.ts'

export interface WriteOptions {
  /** Under whose name the write is recorded. */
  manager: string
  /** Everything but the write. */
  isDryRun: boolean
}

/** Throws what the API server answers where it refuses. */
export function createObject(store: ObjectStore, { resource, namespace }: ApiPath, body: JsonValue, options: WriteOptions): KubeObject {
  if (!isObject(body)) throw badRequest(`the object provided is unrecognized (must be of type ${RESOURCES[resource].kind})`)
  if (namespace !== null && store.get('namespaces', null, namespace) === null) throw notFound('namespaces', namespace)
  // What is null counts as not said.
  const given = withDefaults(resource, mergePatch({}, body) as JsonObject)
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, generation: _generation, ...kept } = objectAt(given, 'metadata')
  const name = String(kept['name'] ?? '')
  const causes = objectionsTo(resource, given, null)
  if (causes.length > 0) throw invalid(resource, name, causes)
  if (store.get(resource, namespace, name)) throw alreadyExists(resource, name)
  const metadata = { ...kept, name, ...(namespace !== null && { namespace }), managedFields: [managedBy(resource, given, options, store)] }
  return store.create(resource, { ...given, metadata } as unknown as NewObject<Objects[typeof resource]>)
}

/** Stores what an object is to become: `edit` gets it as it is. Status, generation and times stay the server's. */
export function updateObject(
  store: ObjectStore,
  { resource, namespace, name }: ApiPath,
  edit: (current: JsonObject) => JsonValue,
  options: WriteOptions,
): KubeObject {
  const current = store.get(resource, namespace, name ?? '')
  if (current === null) throw notFound(resource, name ?? '')
  const before = current as unknown as JsonObject
  const wanted = edit(before)
  if (!isObject(wanted)) throw badRequest('the object provided is unrecognized')
  const metadata = objectAt(wanted, 'metadata')
  if (metadata['name'] !== name) {
    throw badRequest(`the name of the object (${metadata['name']}) does not match the name on the URL (${name})`)
  }
  const { resourceVersion, managedFields, generation, creationTimestamp } = current.metadata
  const version = metadata['resourceVersion']
  if (version !== undefined && version !== '' && version !== resourceVersion) throw conflict(resource, name ?? '', MODIFIED)

  const kept = { resourceVersion, creationTimestamp, ...(generation !== undefined && { generation }) }
  const after = withDefaults(resource, {
    ...wanted,
    metadata: {
      uid: current.metadata.uid,
      ...metadata,
      ...kept,
      ...(managedFields && { managedFields: managedFields as unknown as JsonValue }),
    },
    ...('status' in before && { status: before['status'] ?? null }),
  })
  const causes = objectionsTo(resource, after, before)
  if (causes.length > 0) throw invalid(resource, name ?? '', causes)
  if (isDeepStrictEqual(after, before)) return current
  const stored = after as unknown as Objects[Resource]
  const moved = generation !== undefined && movesGeneration(resource, current, stored) ? { generation: generation + 1 } : {}
  const stamped = stampedBy(
    { ...stored, metadata: { ...stored.metadata, ...moved } },
    managedBy(resource, changedIn(before, after), options, store),
  )
  return options.isDryRun ? stamped : store.replace(resource, stamped)
}

/** Annotations count for a Deployment: its controller hands them down (kubernetes `pkg/registry/apps/deployment/strategy.go`). */
function movesGeneration(resource: Resource, before: KubeObject, after: KubeObject): boolean {
  if (!isDeepStrictEqual(specOf(before), specOf(after))) return true
  return resource === 'deployments' && !isDeepStrictEqual(before.metadata.annotations ?? {}, after.metadata.annotations ?? {})
}

/** With all that it owns, soon. Gives the object as it was. */
export function deleteObject(store: ObjectStore, { resource, namespace, name }: ApiPath): KubeObject {
  const current = store.get(resource, namespace, name ?? '')
  if (current === null) throw notFound(resource, name ?? '')
  if (resource === 'pods') markDeleted(store, current as Objects['pods'])
  else store.delete(resource, current.metadata)
  return current
}

type Manager = NonNullable<Metadata['managedFields']>[number]

/** Of the fields that were written, the outermost are kept: whether somebody wrote data, or labels only. */
function managedBy(resource: Resource, written: JsonObject, { manager }: WriteOptions, store: ObjectStore): Manager {
  const { apiVersion } = RESOURCES[resource]
  const names = Object.keys(written).filter((name) => name !== 'apiVersion' && name !== 'kind' && name !== 'status')
  const fieldsV1 = Object.fromEntries(names.map((name) => [`f:${name}`, {}]))
  return { manager, operation: 'Update', apiVersion, time: timestamp(store.clock.now()), fieldsType: 'FieldsV1', fieldsV1 }
}

function changedIn(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => !isDeepStrictEqual(value, before[name])))
}

function stampedBy<T extends KubeObject>(object: T, entry: Manager): T {
  const all = object.metadata.managedFields ?? []
  const own = all.find(({ manager }) => manager === entry.manager)
  const others = all.filter((one) => one !== own)
  const kept = { ...entry, fieldsV1: { ...own?.fieldsV1, ...entry.fieldsV1 } }
  return { ...object, metadata: { ...object.metadata, managedFields: [...others, kept] } }
}
