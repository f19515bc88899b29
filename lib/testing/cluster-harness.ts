import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ApiCall, type ApiClient, createApiClient } from '../adapters/kubernetes/api-client.ts'
import { loadConfiguration } from '../adapters/kubernetes/configuration.ts'
import { connectKubernetes, type KubernetesOptions } from '../adapters/kubernetes/connect.ts'
import { object, type Resource } from '../adapters/kubernetes/paths.ts'
import type { JsonObject, JsonValue } from '../core/json.ts'
import { type DeploymentState, type Revision, revisionRef, type WorkloadRef } from '../core/workload.ts'
import type { Cluster, Log } from '../ports.ts'
import { ApiWorld, type ClusterWorld } from './cluster-world.ts'

/** What a Deployment of a test runs. `template` is merged into the pod template, as raw JSON. */
export interface Wanted {
  image: string
  replicas?: number
  annotations?: Record<string, string>
  revisionHistoryLimit?: number
  template?: { metadata?: JsonObject; spec?: JsonObject }
}

export type Line = { level: keyof Log; event: string; fields: Record<string, unknown> }

/**
 * What people do in the namespace of a test, and adapters that are connected to its server. Changes go through the
 * world; what is read is read as the adapter reads it, over the API.
 */
export class ClusterHarness {
  readonly kubeconfig: string
  readonly namespace: string
  readonly api: ApiClient
  /** What the adapters of this harness logged. */
  readonly lines: Line[] = []
  readonly #world: ClusterWorld
  readonly #stopping = new AbortController()

  /**
   * On a real API server, in a new namespace.
   *
   * @param kubeconfig path of a kubeconfig that may make namespaces
   */
  static async create(kubeconfig: string): Promise<ClusterHarness> {
    return new ClusterHarness(await ApiWorld.create(kubeconfig))
  }

  constructor(world: ClusterWorld) {
    const config = loadConfiguration(world.kubeconfig)
    if (config === null) throw new Error('the cluster tests need KUBECONFIG: npm run test:cluster sets it')
    this.kubeconfig = world.kubeconfig
    this.namespace = world.namespace
    this.api = createApiClient(config, { timeoutMs: 10_000, now: Date.now })
    this.#world = world
  }

  /** Ends the adapters and clears the world up. */
  async remove(): Promise<void> {
    this.#stopping.abort()
    await this.#world.remove()
  }

  /** An adapter whose informers have listed. It ends with the harness. */
  async connect(options: Partial<KubernetesOptions> = {}, onChange: (workload: WorkloadRef) => void = () => {}): Promise<Cluster> {
    const cluster = this.connectIdle(options)
    await cluster.watch(onChange, this.#stopping.signal)
    await until('the informers to list', () => cluster.isSynced())
    return cluster
  }

  /** An adapter that watches nothing yet. */
  connectIdle(options: Partial<KubernetesOptions> = {}): Cluster {
    const log = (level: keyof Log) => (event: string, fields?: Record<string, unknown>) => {
      this.lines.push({ level, event, fields: fields ?? {} })
    }
    return connectKubernetes({
      kubeconfig: this.kubeconfig,
      namespaces: [this.namespace],
      log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
      now: Date.now,
      ...options,
    })
  }

  ref(name: string): WorkloadRef {
    return { namespace: this.namespace, kind: 'Deployment', name }
  }

  /** The answer's body; throws when the server refuses. */
  async must(call: ApiCall): Promise<JsonObject> {
    const { status, body } = await this.api.call(call)
    if (status >= 300) throw new Error(`${call.verb} ${call.path}: ${status} ${JSON.stringify(body)}`)
    return body
  }

  get(resource: Resource, name: string): Promise<JsonObject> {
    return this.must({ verb: 'get', ...object(resource, this.namespace, name) })
  }

  create(resource: Resource, body: JsonObject): Promise<JsonObject> {
    return this.#world.create(resource, body)
  }

  delete(resource: Resource, name: string): Promise<void> {
    return this.#world.delete(resource, name)
  }

  /** A JSON merge patch, of a Deployment unless another resource is named, under a field manager that is not ours. */
  change(name: string, body: JsonObject, resource?: Resource): Promise<JsonObject> {
    return this.#world.change(name, body, resource)
  }

  createDeployment(name: string, wanted: Wanted): Promise<JsonObject> {
    const labels = { app: name }
    return this.create('deployments', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, annotations: wanted.annotations ?? {} },
      spec: {
        replicas: wanted.replicas ?? 1,
        ...(wanted.revisionHistoryLimit !== undefined && { revisionHistoryLimit: wanted.revisionHistoryLimit }),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, ...wanted.template?.metadata },
          spec: { ...wanted.template?.spec, containers: [{ name: 'main', image: wanted.image }] },
        },
      },
    })
  }

  /** Deploys the next version, as `kubectl set image` does. */
  setImage(name: string, image: string): Promise<JsonObject> {
    return this.change(name, { spec: { template: { spec: { containers: [{ name: 'main', image }] } } } })
  }

  scale(name: string, replicas: number): Promise<JsonObject> {
    return this.change(name, { spec: { replicas } })
  }

  /** Makes a Deployment with one revision per image, each rolled out before the next. */
  async deployAll(cluster: Cluster, name: string, images: readonly string[], wanted: Omit<Wanted, 'image'> = {}): Promise<void> {
    for (const [index, image] of images.entries()) {
      if (index === 0) await this.createDeployment(name, { ...wanted, image })
      else await this.setImage(name, image)
      await this.untilRolledOut(cluster, name)
    }
  }

  /** Until the adapter's caches show the current template complete, with its revision. */
  untilRolledOut(cluster: Cluster, name: string): Promise<DeploymentState> {
    return until(`${name} to be rolled out`, async () => {
      const { body } = await this.api.call({ verb: 'get', ...object('deployments', this.namespace, name) })
      const state = cluster.deployment(this.ref(name))
      const isFresh = state !== null && state.resourceVersion === (body['metadata'] as JsonObject)['resourceVersion']
      if (!isFresh || state.observedGeneration < state.generation) return null
      const { updatedReplicas, desiredReplicas, replicas, availableReplicas } = state.rollout
      const isComplete = updatedReplicas >= desiredReplicas && replicas <= updatedReplicas && availableReplicas >= updatedReplicas
      const current = cluster.revisions(state.ref)[0]
      return isComplete && current?.templateFingerprint === state.templateFingerprint ? state : null
    })
  }

  /** The request that rolls the Deployment from its newest revision back to the one that ran `image`. */
  undoRequest(cluster: Cluster, name: string, image: string, rollbackId = randomBytes(6).toString('hex')) {
    const workload = this.ref(name)
    const state = present(cluster.deployment(workload))
    const revisions = cluster.revisions(workload)
    return {
      rollbackId,
      workload,
      deploymentUid: state.uid,
      generation: state.generation,
      from: revisionRef(present(revisions[0])),
      to: revisionRef(present(revisions.find((revision) => revision.images.includes(image)))),
      dryRun: false,
    }
  }
}

export function revisionOf(cluster: Cluster, workload: WorkloadRef, image: string): Revision {
  return present(cluster.revisions(workload).find((revision) => revision.images.includes(image)))
}

/** The value at a path of raw JSON; undefined where there is none. */
export function at(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((here, key) => (here as Record<string, JsonValue> | undefined)?.[key], value)
}

export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('expected something, found nothing')
  return value
}

/** Asks again every 25 ms until something other than null and false comes back; throws after 20 s. */
export async function until<T>(what: string, ask: () => T | null | false | Promise<T | null | false>): Promise<T> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
    await delay(25)
  }
  throw new Error(`waited 20 s for ${what}`)
}
