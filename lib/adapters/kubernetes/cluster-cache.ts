import type { DeploymentState, Revision, WorkloadRef } from '../../core/workload.ts'
import { workloadKey } from '../../core/workload.ts'
import type { DeployLedger, Sighting } from './deploy-ledger.ts'
import type { CachedDeployment, CachedReplicaSet } from './project.ts'

/** What an informer feeds with one resource. */
export interface Sink<T> {
  /** All there is, in `namespace` (null: everywhere), after a list. */
  replace(items: readonly T[], namespace: string | null, how: Sighting): void
  put(item: T): void
  remove(item: T): void
}

/** The informers' caches: projected Deployments and ReplicaSets, and the ledger of deploys that they feed. */
export class ClusterCache {
  /** Called when something of the workload changed. */
  onChange: (workload: WorkloadRef) => void = () => {}

  readonly #ledger: DeployLedger
  readonly #deployments = new Map<string, CachedDeployment>()
  readonly #replicaSets = new Map<string, CachedReplicaSet>()
  /** uids of ReplicaSets by uid of the Deployment that owns them */
  readonly #owned = new Map<string, Set<string>>()

  readonly deploymentSink: Sink<CachedDeployment> = {
    replace: (items, namespace, how) => {
      const here = new Set(items.map(({ state }) => workloadKey(state.ref)))
      const gone = [...this.#deployments.values()].filter(
        ({ state }) => covers(namespace, state.ref.namespace) && !here.has(workloadKey(state.ref)),
      )
      for (const deployment of gone) this.#removeDeployment(deployment)
      for (const deployment of items) this.#putDeployment(deployment, how)
    },
    put: (deployment) => this.#putDeployment(deployment, 'watch'),
    remove: (deployment) => this.#removeDeployment(deployment),
  }

  readonly replicaSetSink: Sink<CachedReplicaSet> = {
    replace: (items, namespace, how) => {
      const here = new Set(items.map(({ revision }) => revision.uid))
      const gone = [...this.#replicaSets.values()].filter((one) => covers(namespace, one.namespace) && !here.has(one.revision.uid))
      for (const replicaSet of gone) this.#removeReplicaSet(replicaSet)
      for (const replicaSet of items) this.#keepReplicaSet(replicaSet)
      this.#ledger.replicaSetsSeen(items, how)
      for (const replicaSet of items) this.#tellOwner(replicaSet)
    },
    put: (replicaSet) => {
      this.#keepReplicaSet(replicaSet)
      this.#ledger.replicaSetsSeen([replicaSet], 'watch')
      this.#tellOwner(replicaSet)
    },
    remove: (replicaSet) => this.#removeReplicaSet(replicaSet),
  }

  constructor(ledger: DeployLedger) {
    this.#ledger = ledger
  }

  deployments(): DeploymentState[] {
    return [...this.#deployments.values()].map(({ state }) => state)
  }

  deployment(workload: WorkloadRef): DeploymentState | null {
    return this.#deployments.get(workloadKey(workload))?.state ?? null
  }

  /** Its ReplicaSets that have a number, highest first. */
  revisions(workload: WorkloadRef): Revision[] {
    const deployment = this.#deployments.get(workloadKey(workload))
    const owned = [...(this.#owned.get(deployment?.state.uid ?? '') ?? [])]
    return owned
      .flatMap((uid) => this.#replicaSets.get(uid)?.revision ?? [])
      .filter(({ number }) => number > 0)
      .sort((a, b) => b.number - a.number)
  }

  replicaSet(uid: string): CachedReplicaSet | null {
    return this.#replicaSets.get(uid) ?? null
  }

  replicaSetsOf(namespace: string): CachedReplicaSet[] {
    return [...this.#replicaSets.values()].filter((one) => one.namespace === namespace)
  }

  /** Deployments whose pods carry all of these labels. */
  selectedBy(namespace: string, selector: Readonly<Record<string, string>>): WorkloadRef[] {
    const wanted = Object.entries(selector)
    return [...this.#deployments.values()]
      .filter(
        ({ state, templateLabels }) => state.ref.namespace === namespace && wanted.every(([key, value]) => templateLabels[key] === value),
      )
      .map(({ state }) => state.ref)
  }

  #putDeployment(deployment: CachedDeployment, how: Sighting): void {
    const key = workloadKey(deployment.state.ref)
    const before = this.#deployments.get(key)
    // Deleted and made again while nobody looked: another Deployment.
    if (before && before.state.uid !== deployment.state.uid) this.#ledger.deploymentGone(before.state.uid)
    this.#deployments.set(key, deployment)
    this.#ledger.deploymentSeen(deployment, how)
    if (before?.state.resourceVersion !== deployment.state.resourceVersion) this.onChange(deployment.state.ref)
  }

  #removeDeployment({ state }: CachedDeployment): void {
    const key = workloadKey(state.ref)
    if (this.#deployments.get(key)?.state.uid === state.uid) this.#deployments.delete(key)
    this.#ledger.deploymentGone(state.uid)
    this.onChange(state.ref)
  }

  #keepReplicaSet(replicaSet: CachedReplicaSet): void {
    this.#disown(replicaSet.revision.uid)
    this.#replicaSets.set(replicaSet.revision.uid, replicaSet)
    const { owner } = replicaSet
    if (owner) this.#owned.set(owner.uid, (this.#owned.get(owner.uid) ?? new Set()).add(replicaSet.revision.uid))
  }

  #removeReplicaSet(replicaSet: CachedReplicaSet): void {
    this.#disown(replicaSet.revision.uid)
    this.#replicaSets.delete(replicaSet.revision.uid)
    this.#ledger.replicaSetGone(replicaSet.revision.uid)
    this.#tellOwner(replicaSet)
  }

  #disown(uid: string): void {
    const owner = this.#replicaSets.get(uid)?.owner?.uid ?? ''
    const owned = this.#owned.get(owner)
    owned?.delete(uid)
    if (owned?.size === 0) this.#owned.delete(owner)
  }

  #tellOwner({ owner, namespace }: CachedReplicaSet): void {
    if (owner) this.onChange({ namespace, kind: 'Deployment', name: owner.name })
  }
}

function covers(scope: string | null, namespace: string): boolean {
  return scope === null || scope === namespace
}
