import { randomBytes } from 'node:crypto'
import { type ApiCall, type ApiClient, createApiClient } from '../adapters/kubernetes/api-client.ts'
import { loadConfiguration } from '../adapters/kubernetes/configuration.ts'
import { collection, object, type Resource } from '../adapters/kubernetes/paths.ts'
import type { JsonObject } from '../core/json.ts'

/**
 * A server that speaks Kubernetes, and how a test changes things on it: all that has to be given to run the contract
 * there. A server may implement only what the adapter calls (list, get, watch, JSON Patch of Deployments, `/version`):
 * how the rest gets in is its own business.
 *
 * What becomes of a pod is told by its image: `crash…` crash-loops with restarts, `unready…` runs and never gets ready, any
 * other is ready within seconds. Behind it a Deployment controller, history limit and progress deadline included.
 */
export interface ClusterWorld {
  /** Path of a kubeconfig that leads there, with the right to read and to patch in every namespace. */
  readonly kubeconfig: string
  /** One that nothing else uses; the namespace `default` is there too, with nothing of ours in it. */
  readonly namespace: string
  /** Makes an object in the namespace, as POST does, and gives it back with what the server filled in. */
  create(resource: Resource, body: JsonObject): Promise<JsonObject>
  /** A JSON merge patch (RFC 7386), of a Deployment unless another resource is named, by the field manager `someone-else`. Gives it as it is then. */
  change(name: string, body: JsonObject, resource?: Resource): Promise<JsonObject>
  /** With everything that it owns. */
  delete(resource: Resource, name: string): Promise<void>
  /** Clears up; nothing has to wait for it. */
  remove(): Promise<void>
}

/** A namespace of its own on a real API server, in raw JSON with the rights of whoever the kubeconfig names. */
export class ApiWorld implements ClusterWorld {
  readonly kubeconfig: string
  readonly namespace: string
  readonly #api: ApiClient

  /** @param kubeconfig path of a kubeconfig that may make namespaces */
  static async create(kubeconfig: string): Promise<ApiWorld> {
    const world = new ApiWorld(kubeconfig, `snapback-${randomBytes(4).toString('hex')}`)
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: world.namespace } }
    await world.#must({ verb: 'create', resource: 'namespaces', path: '/api/v1/namespaces', body })
    return world
  }

  private constructor(kubeconfig: string, namespace: string) {
    const config = loadConfiguration(kubeconfig)
    if (config === null) throw new Error('the cluster tests need KUBECONFIG: npm run test:cluster sets it')
    this.kubeconfig = kubeconfig
    this.namespace = namespace
    this.#api = createApiClient(config, { timeoutMs: 10_000, now: Date.now })
  }

  create(resource: Resource, body: JsonObject): Promise<JsonObject> {
    return this.#must({ verb: 'create', ...collection(resource, this.namespace), body })
  }

  change(name: string, body: JsonObject, resource: Resource = 'deployments'): Promise<JsonObject> {
    const contentType = 'application/merge-patch+json'
    const query = { fieldManager: 'someone-else' }
    return this.#must({ verb: 'patch', ...object(resource, this.namespace, name), query, body, contentType })
  }

  async delete(resource: Resource, name: string): Promise<void> {
    await this.#must({ verb: 'delete', ...object(resource, this.namespace, name) })
  }

  async remove(): Promise<void> {
    await this.#must({ verb: 'delete', resource: this.namespace, path: `/api/v1/namespaces/${this.namespace}` })
  }

  async #must(call: ApiCall): Promise<JsonObject> {
    const { status, body } = await this.#api.call(call)
    if (status >= 300) throw new Error(`${call.verb} ${call.path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
}
