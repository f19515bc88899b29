import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../clock.ts'
import { type KubeObject, type Metadata, type Objects, RESOURCES, type Resource, timestamp } from './objects.ts'

export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  resource: Resource
  object: KubeObject
  version: number
}

/** What a new object has to bring along; the store fills in the rest. */
export type NewObject<T extends KubeObject> = Omit<T, 'apiVersion' | 'kind' | 'metadata'> & {
  metadata: Pick<Metadata, 'name'> & Partial<Metadata>
}

/** Where versions begin: not at 1, so that an ancient one is told from a young one. */
const FIRST_VERSION = 1_000

/**
 * What etcd and the API server's storage do: objects by resource, one counter of versions for all, and the events since,
 * as many as `historyLimit`. An object is never changed in place: what was handed out stays as it was.
 */
export class ObjectStore {
  readonly clock: Clock
  readonly #historyLimit: number
  readonly #objects = new Map<Resource, Map<string, KubeObject>>()
  readonly #listeners = new Set<(event: StoreEvent) => void>()
  #history: StoreEvent[] = []
  #version = FIRST_VERSION
  /** The newest version that was forgotten: a watch may begin there, and not before. */
  #forgotten = FIRST_VERSION

  constructor(clock: Clock, { historyLimit = 5_000 } = {}) {
    this.clock = clock
    this.#historyLimit = historyLimit
  }

  get version(): number {
    return this.#version
  }

  get oldestVersion(): number {
    return this.#forgotten
  }

  /** In the order of namespace and name, as etcd keeps them. @param namespace null: of the whole cluster */
  list<R extends Resource>(resource: R, namespace: string | null): Objects[R][] {
    const all = [...this.#of(resource)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object as Objects[R])
    return namespace === null ? all : all.filter(({ metadata }) => metadata.namespace === namespace)
  }

  get<R extends Resource>(resource: R, namespace: string | null, name: string): Objects[R] | null {
    return (this.#of(resource).get(keyOf(namespace, name)) as Objects[R] | undefined) ?? null
  }

  /** Throws when there is one of that name. */
  create<R extends Resource>(resource: R, object: NewObject<Objects[R]>): Objects[R] {
    const { namespace = null, name } = object.metadata
    if (this.get(resource, namespace, name)) throw new Error(`there is a ${RESOURCES[resource].kind} ${namespace}/${name} already`)
    const { apiVersion, kind } = RESOURCES[resource]
    const metadata: Metadata = {
      uid: randomUUID(),
      creationTimestamp: timestamp(this.clock.now()),
      ...(hasGeneration(resource) && { generation: 1 }),
      ...structuredClone(object.metadata),
      resourceVersion: '',
    }
    const made = { ...structuredClone(object), apiVersion, kind, metadata } as unknown as Objects[R]
    return this.#commit('ADDED', resource, made)
  }

  /** Applies an edit to a copy. An edit that changes nothing is no write; one of the spec moves the generation. Null: it is gone. */
  change<R extends Resource>(
    resource: R,
    { namespace = null, name }: { namespace?: string | null; name: string },
    edit: (draft: Objects[R]) => void,
  ): Objects[R] | null {
    const current = this.get(resource, namespace, name)
    if (current === null) return null
    const draft = structuredClone(current)
    edit(draft)
    if (isDeepStrictEqual(draft, current)) return current
    const { generation } = draft.metadata
    if (generation !== undefined && !isDeepStrictEqual(specOf(draft), specOf(current))) draft.metadata.generation = generation + 1
    return this.replace(resource, draft)
  }

  /** Stores it in place of the one of that name, as it is but for its version. */
  replace<R extends Resource>(resource: R, object: Objects[R]): Objects[R] {
    return this.#commit('MODIFIED', resource, object)
  }

  delete<R extends Resource>(resource: R, { namespace = null, name }: { namespace?: string | null; name: string }): Objects[R] | null {
    const current = this.get(resource, namespace, name)
    return current && this.#commit('DELETED', resource, structuredClone(current))
  }

  /** Everything after that version; null: some of it was forgotten. */
  since(version: number): StoreEvent[] | null {
    return version < this.#forgotten ? null : this.#history.filter((event) => event.version > version)
  }

  /** Told of every write, at once; gives what ends it. */
  subscribe(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #of(resource: Resource): Map<string, KubeObject> {
    const found = this.#objects.get(resource) ?? new Map<string, KubeObject>()
    this.#objects.set(resource, found)
    return found
  }

  #commit<R extends Resource>(type: StoreEvent['type'], resource: R, object: Objects[R]): Objects[R] {
    this.#version += 1
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } }
    const key = keyOf(stored.metadata.namespace ?? null, stored.metadata.name)
    if (type === 'DELETED') this.#of(resource).delete(key)
    else this.#of(resource).set(key, stored)
    const event: StoreEvent = { type, resource, object: stored, version: this.#version }
    this.#history.push(event)
    if (this.#history.length > this.#historyLimit) this.#forgotten = this.#history.shift()?.version ?? this.#forgotten
    for (const listener of this.#listeners) listener(event)
    return stored
  }
}

function keyOf(namespace: string | null, name: string): string {
  return `${namespace ?? ''}/${name}`
}

function hasGeneration(resource: Resource): boolean {
  return resource === 'deployments' || resource === 'replicasets'
}

/** Undefined: it has none. */
export function specOf(object: KubeObject): unknown {
  return 'spec' in object ? object.spec : undefined
}
