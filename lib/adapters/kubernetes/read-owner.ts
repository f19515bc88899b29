import type { Instant, JsonObject } from '../../core/json.ts'
import { objectAt } from '../../core/json.ts'
import { type Owner, type OwnerKnown, ownerOf } from '../../core/owner.ts'
import type { DeploymentState, WorkloadRef } from '../../core/workload.ts'
import { type ApiClient, statusOf } from './api-client.ts'
import { applicationSays, helmReleaseSays, kustomizationSays, type OwnerSays, refersTo } from './owner-object.ts'
import { objectsAt, textAt } from './project.ts'

/** Each question: a decision waits for it. */
const CALL_MS = 1_000
/** An owner's object, so that a page and what it opens do not ask twice; a suspended owner is seen this late at most. */
const OBJECT_FOR_MS = 2_000
/** Which versions the server has, and who takes Deployments of a namespace over: neither changes while an incident lasts. */
const LISTS_FOR_MS = 30_000
const MOST_KEPT = 2_000
/** A namespace with more Rollouts or Canaries than this is not read to its end. */
const MOST_LISTED = 500

const ARGO = { group: 'argoproj.io', version: 'v1alpha1' }
/** Where Argo CD and OpenShift GitOps are installed unless somebody chose otherwise. */
const ARGO_NAMESPACES = ['argocd', 'openshift-gitops']
const KUSTOMIZE = { group: 'kustomize.toolkit.fluxcd.io', version: 'v1' }
const HELM = { group: 'helm.toolkit.fluxcd.io', version: 'v2' }
const FLAGGER = { group: 'flagger.app', version: 'v1beta1' }

interface Kind {
  group: string
  /** Asked for where the server does not say which it prefers. */
  version: string
}

/** What became of a read that may fail. */
type Found = JsonObject | Exclude<OwnerKnown, 'object' | 'marks'>

/** Reads owners' own objects: custom resources that may not be there, and that our rights may not reach. Never throws. */
export class OwnerReader {
  readonly #api: ApiClient
  readonly #now: () => Instant
  readonly #kept = new Map<string, { at: Instant; answer: Promise<Found> }>()

  constructor(api: ApiClient, now: () => Instant) {
    this.#api = api
    this.#now = now
  }

  /** Who owns the Deployment and what that does to an undo. What cannot be read is told by the marks, and why. */
  async read(state: DeploymentState): Promise<Owner | null> {
    const marks = ownerOf(state)
    if (marks?.kind === 'controller') return marks
    const [taker, owner] = await Promise.all([this.#takerOf(state.ref), this.#ask(marks, state)])
    return taker ?? owner
  }

  async #ask(marks: Owner | null, state: DeploymentState): Promise<Owner | null> {
    switch (marks?.kind) {
      case 'argo_cd':
        return told(marks, await this.#application(marks.name), (raw) => applicationSays(raw, state.ref))
      case 'flux_kustomization':
        // Told to leave this Deployment alone: what it does to others says nothing.
        return marks.undo === 'sticks' ? marks : told(marks, await this.#named(KUSTOMIZE, 'kustomizations', marks.name), kustomizationSays)
      case 'flux_helm_release':
        return told(marks, await this.#named(HELM, 'helmreleases', marks.name), (raw) => helmReleaseSays(raw, state))
      default:
        return marks
    }
  }

  /** An Argo Rollout's `workloadRef` or a Flagger Canary's `targetRef` that names the Deployment. */
  async #takerOf({ namespace, name }: WorkloadRef): Promise<Owner | null> {
    const [rollouts, canaries] = await Promise.all([
      this.#listed(ARGO, 'rollouts', namespace),
      this.#listed(FLAGGER, 'canaries', namespace),
    ])
    const rollout = rollouts.find((one) => refersTo(one, 'workloadRef', name))
    if (rollout) return { kind: 'argo_rollouts', name: nameOf(rollout), undo: 'reverted', known: 'object' }
    const canary = canaries.find((one) => refersTo(one, 'targetRef', name))
    return canary ? { kind: 'flagger', name: nameOf(canary), undo: 'reverted', known: 'object' } : null
  }

  /** Where nobody says in which namespace it is, the usual ones, then all, as far as we may look there. */
  async #application(name: string): Promise<Found> {
    if (name.includes('/')) return this.#named(ARGO, 'applications', name)
    const usual = await Promise.all(ARGO_NAMESPACES.map((namespace) => this.#named(ARGO, 'applications', `${namespace}/${name}`)))
    const found = usual.find((one) => typeof one === 'object')
    if (found) return found
    const everywhere = await this.#get(ARGO, 'applications', { fieldSelector: `metadata.name=${name}`, limit: '2' }, OBJECT_FOR_MS)
    const items = typeof everywhere === 'object' ? objectsAt(everywhere, 'items') : []
    // Two of one name: which of them it is cannot be told.
    if (items.length === 1 && items[0]) return items[0]
    return usual.find((one) => one === 'not_allowed' || one === 'silent') ?? 'not_found'
  }

  async #named(kind: Kind, resource: string, name: string): Promise<Found> {
    const [namespace = '', object = ''] = name.split('/')
    if (object === '') return 'not_found'
    return this.#get(kind, `namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(object)}`, {}, OBJECT_FOR_MS)
  }

  async #listed(kind: Kind, resource: string, namespace: string): Promise<JsonObject[]> {
    const path = `namespaces/${encodeURIComponent(namespace)}/${resource}`
    const found = await this.#get(kind, path, { limit: String(MOST_LISTED) }, LISTS_FOR_MS)
    return typeof found === 'object' ? objectsAt(found, 'items') : []
  }

  /** Asks nothing more where the server does not have the API group. */
  async #get({ group, version }: Kind, path: string, query: Record<string, string>, keepMs: number): Promise<Found> {
    const served = await this.#keep(`/apis/${group}`, {}, LISTS_FOR_MS)
    if (served === 'not_found' || served === 'silent') return served
    const preferred = typeof served === 'object' ? textAt(objectAt(served, 'preferredVersion'), 'version') : ''
    return this.#keep(`/apis/${group}/${preferred || version}/${path}`, query, keepMs)
  }

  #keep(path: string, query: Record<string, string>, forMs: number): Promise<Found> {
    const key = `${path}?${new URLSearchParams(query)}`
    const kept = this.#kept.get(key)
    if (kept && this.#now() - kept.at < forMs) return kept.answer
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    const answer = this.#fetch(path, query)
    this.#kept.set(key, { at: this.#now(), answer })
    return answer
  }

  async #fetch(path: string, query: Record<string, string>): Promise<Found> {
    try {
      const verb = 'limit' in query ? 'list' : 'get'
      return (await this.#api.read({ verb, resource: path, path, query, timeoutMs: CALL_MS })) ?? 'not_found'
    } catch (error) {
      return statusOf(error) === 403 ? 'not_allowed' : 'silent'
    }
  }
}

function told(marks: Owner, found: Found, says: (raw: JsonObject) => OwnerSays): Owner {
  if (typeof found === 'string') return { ...marks, known: found }
  const { revertsWithinMs: _, ...named } = marks
  return { ...named, name: nameOf(found), known: 'object', ...says(found) }
}

function nameOf(raw: JsonObject): string {
  const metadata = objectAt(raw, 'metadata')
  return `${textAt(metadata, 'namespace')}/${textAt(metadata, 'name')}`
}
