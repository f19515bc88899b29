import type { Instant, JsonObject } from '../../core/json.ts'
import { objectAt } from '../../core/json.ts'
import { type Owner, ownerOf } from '../../core/owner.ts'
import type { DeploymentState } from '../../core/workload.ts'
import type { ApiClient } from './api-client.ts'
import { type Found, inTime, OwnerApi, type OwnerKind } from './owner-api.ts'
import { applicationSays, helmReleaseSays, kustomizationSays, type OwnerSays } from './owner-object.ts'
import { objectsAt, textAt } from './project.ts'
import { TakerReader } from './read-taker.ts'

const ARGO = { group: 'argoproj.io', version: 'v1alpha1' }
/** Where Argo CD and OpenShift GitOps are installed unless somebody chose otherwise. */
const ARGO_NAMESPACES = ['argocd', 'openshift-gitops']
const KUSTOMIZE = { group: 'kustomize.toolkit.fluxcd.io', version: 'v1' }
const HELM = { group: 'helm.toolkit.fluxcd.io', version: 'v2' }

/** Reads who owns a Deployment, for a decision that waits: within one second in all, whatever it takes to ask. Never throws. */
export class OwnerReader {
  readonly #api: OwnerApi
  readonly #takers: TakerReader

  constructor(api: ApiClient, now: () => Instant) {
    this.#api = new OwnerApi(api, now)
    this.#takers = new TakerReader(this.#api, now)
  }

  /**
   * Who owns the Deployment and what that does to an undo. What cannot be read is told by the marks, and why. `silent`: it has no marks, and
   * who takes Deployments over without any could not be asked.
   */
  async read(state: DeploymentState): Promise<Owner | 'silent' | null> {
    const marks = ownerOf(state)
    if (marks?.kind === 'controller') return marks
    const unheard: Owner | null = marks && { ...marks, known: 'silent' }
    const [taker, owner] = await Promise.all([this.#takers.read(state.ref), inTime(this.#ask(marks, state), unheard)])
    if (taker !== 'silent') return taker ?? owner
    return owner === null ? 'silent' : { ...owner, known: 'silent' }
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

  /** Where nobody says in which namespace it is, the usual ones, then all, as far as we may look there. */
  async #application(name: string): Promise<Found> {
    if (name.includes('/')) return this.#named(ARGO, 'applications', name)
    const usual = await Promise.all(ARGO_NAMESPACES.map((namespace) => this.#named(ARGO, 'applications', `${namespace}/${name}`)))
    const found = usual.find((one) => typeof one === 'object')
    if (found) return found
    const everywhere = await this.#api.get(ARGO, 'applications', { fieldSelector: `metadata.name=${name}`, limit: '2' })
    const items = typeof everywhere === 'object' ? objectsAt(everywhere, 'items') : []
    // Two of one name: which of them it is cannot be told.
    if (items.length === 1 && items[0]) return items[0]
    return usual.find((one) => one === 'not_allowed' || one === 'silent') ?? 'not_found'
  }

  async #named(kind: OwnerKind, resource: string, name: string): Promise<Found> {
    const [namespace = '', object = ''] = name.split('/')
    if (object === '') return 'not_found'
    return this.#api.get(kind, `namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(object)}`)
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
