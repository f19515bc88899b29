import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../lib/core/json.ts'
import { templateText } from '../../lib/core/template-fingerprint.ts'
import { desiredReplicas, revisionNumber, setReplicasAnnotations, setRevision, setRevisionNumber } from './deployment-revision.ts'
import { conditionOf, deadlineOf, isComplete, setCondition, statusOf, withProgress } from './deployment-status.ts'
import { newReplicaSet } from './new-replica-set.ts'
import type { ObjectStore } from './object-store.ts'
import { controllerUid, type Deployment, type DeploymentStatus, type ReplicaSet } from './objects.ts'
import { proportionalSizes } from './proportional-sizes.ts'
import { recordEvent } from './record-event.ts'
import { limitsOf, newReplicas, shrunkOld } from './rollout-limits.ts'

/**
 * One step towards what the Deployment asks for, as the Deployment controller takes it
 * (kubernetes `pkg/controller/deployment`): every write of its own wakes it again. Gives the instant at which to look again
 * even if nothing is written; null: none.
 */
export function syncDeployment(store: ObjectStore, deployment: Deployment): number | null {
  const owned = ownedReplicaSets(store, deployment)
  const wanted = templateText(deployment.spec.template as unknown as JsonObject)
  const found = owned.find(({ spec }) => templateText(spec.template as unknown as JsonObject) === wanted) ?? null
  const old = owned.filter((one) => one !== found)
  const isPaused = deployment.spec.paused === true
  if (hasPauseChanged(store, deployment)) return null

  if (found === null && !isPaused && !isBeingScaled(deployment, owned)) {
    createReplicaSet(store, deployment, old)
    return null
  }
  if (found !== null && adopt(store, deployment, found, old)) return null
  if (isPaused || isBeingScaled(deployment, owned)) scale(store, deployment, found, old)
  else if (found !== null) roll(store, deployment, found, old)

  const after = store.get('deployments', deployment.metadata.namespace ?? null, deployment.metadata.name)
  if (after === null) return null
  const fresh = ownedReplicaSets(store, after)
  const current = fresh.find(({ metadata }) => metadata.uid === found?.metadata.uid) ?? null
  const status = writeStatus(store, after, current, fresh, isPaused)
  if (isPaused || isComplete(after, status))
    prune(
      store,
      after,
      fresh.filter((one) => one !== current),
    )
  return isPaused ? null : deadlineOf(after, status)
}

/** Oldest first: with equal templates the oldest is the one to use. */
function ownedReplicaSets(store: ObjectStore, { metadata }: Deployment): ReplicaSet[] {
  return store
    .list('replicasets', metadata.namespace ?? null)
    .filter((one) => controllerUid(one) === metadata.uid)
    .sort(
      (a, b) =>
        Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp) || revisionNumber(a) - revisionNumber(b),
    )
}

/** A pause, and its end, is told by the condition Progressing; true: that was written now. */
function hasPauseChanged(store: ObjectStore, deployment: Deployment): boolean {
  const { paused = false } = deployment.spec
  const progressing = conditionOf(deployment.status, 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') return false
  const isTold = progressing?.reason === 'DeploymentPaused'
  if (paused === isTold) return false
  const [reason, message] = paused ? ['DeploymentPaused', 'Deployment is paused'] : ['DeploymentResumed', 'Deployment is resumed']
  store.change('deployments', deployment.metadata, ({ status }) => {
    setCondition(status, store.clock.now(), { type: 'Progressing', status: 'Unknown', reason, message })
  })
  return true
}

function createReplicaSet(store: ObjectStore, deployment: Deployment, old: readonly ReplicaSet[]): void {
  const replicas = newReplicas(deployment, old, { spec: { replicas: 0 } })
  const wanted = newReplicaSet(deployment, { template: deployment.spec.template, number: highest(old) + 1, replicas })
  setReplicasAnnotations(wanted, deployment.spec.replicas, deployment.spec.replicas + limitsOf(deployment).maxSurge)
  const made = store.create('replicasets', wanted)
  if (replicas > 0) tellScaled(store, deployment, made, 'up')
  tellRevision(store, deployment, made, 'NewReplicaSetCreated', `Created new replica set "${made.metadata.name}"`)
}

/** Gives the ReplicaSet of the current template its number; true: something was written. */
function adopt(store: ObjectStore, deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): boolean {
  const numbered = store.change('replicasets', current.metadata, (draft) => setRevision(draft, deployment, highest(old) + 1))
  if (numbered !== null && numbered !== current) return true
  return tellRevision(store, deployment, current, 'FoundNewReplicaSet', `Found new replica set "${current.metadata.name}"`)
}

/** The Deployment carries the number of its current ReplicaSet; the reason is told where none is. */
function tellRevision(store: ObjectStore, deployment: Deployment, current: ReplicaSet, reason: string, message: string): boolean {
  const after = store.change('deployments', deployment.metadata, (draft) => {
    setRevisionNumber(draft, revisionNumber(current))
    const isTold = conditionOf(draft.status, 'Progressing') !== null && reason === 'FoundNewReplicaSet'
    if (!isTold) setCondition(draft.status, store.clock.now(), { type: 'Progressing', status: 'True', reason, message })
  })
  return after !== deployment
}

function highest(replicaSets: readonly ReplicaSet[]): number {
  return Math.max(0, ...replicaSets.map(revisionNumber))
}

/** Someone changed how many there should be: that is served before a rollout goes on. */
function isBeingScaled({ spec }: Deployment, owned: readonly ReplicaSet[]): boolean {
  return owned.some((one) => one.spec.replicas > 0 && (desiredReplicas(one) ?? spec.replicas) !== spec.replicas)
}

function scale(store: ObjectStore, deployment: Deployment, current: ReplicaSet | null, old: readonly ReplicaSet[]): void {
  for (const [replicaSet, size] of proportionalSizes(deployment, current, old)) resize(store, deployment, replicaSet, size)
}

function roll(store: ObjectStore, deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): void {
  if (deployment.spec.strategy.type === 'Recreate') {
    for (const one of old) if (one.spec.replicas > 0) resize(store, deployment, one, 0)
    if (old.some(({ status }) => status.replicas > 0)) return
  }
  const wanted = deployment.spec.replicas
  const size = current.spec.replicas > wanted ? wanted : newReplicas(deployment, [current, ...old], current)
  if (resize(store, deployment, current, size)) return
  for (const [name, replicas] of shrunkOld(deployment, current, old)) {
    const one = old.find(({ metadata }) => metadata.name === name)
    if (one && one.spec.replicas !== replicas) resize(store, deployment, one, replicas)
  }
}

/** True: its size was changed. */
function resize(store: ObjectStore, deployment: Deployment, replicaSet: ReplicaSet, replicas: number): boolean {
  const after = store.change('replicasets', replicaSet.metadata, (draft) => {
    draft.spec.replicas = replicas
    setReplicasAnnotations(draft, deployment.spec.replicas, deployment.spec.replicas + limitsOf(deployment).maxSurge)
  })
  if (after === null || after.spec.replicas === replicaSet.spec.replicas) return false
  tellScaled(store, deployment, after, replicas > replicaSet.spec.replicas ? 'up' : 'down')
  return true
}

function tellScaled(store: ObjectStore, deployment: Deployment, { metadata, spec }: ReplicaSet, direction: 'up' | 'down'): void {
  const message = `Scaled ${direction} replica set ${metadata.name} to ${spec.replicas}`
  recordEvent(store, deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, source: { component: 'deployment-controller' } })
}

function writeStatus(
  store: ObjectStore,
  deployment: Deployment,
  current: ReplicaSet | null,
  all: readonly ReplicaSet[],
  isPaused: boolean,
): DeploymentStatus {
  const now = store.clock.now()
  const counted = statusOf(deployment, current, all, now)
  const status = isPaused ? counted : withProgress(deployment, current, counted, now)
  // Counts of 0 are left out, as Go leaves them out.
  const kept = Object.fromEntries(Object.entries(status).filter(([, value]) => value !== 0)) as DeploymentStatus
  if (!isDeepStrictEqual(kept, deployment.status)) {
    store.change('deployments', deployment.metadata, (draft) => {
      draft.status = kept
    })
  }
  return status
}

/** Keeps as many empty older ReplicaSets as the history limit allows, those with the highest numbers (1.20 and before: the youngest). */
function prune(store: ObjectStore, { spec }: Deployment, old: readonly ReplicaSet[]): void {
  const surplus = old.length - spec.revisionHistoryLimit
  const byNumber = [...old].sort((a, b) => revisionNumber(a) - revisionNumber(b))
  for (const one of byNumber.slice(0, Math.max(0, surplus))) {
    const isEmpty = one.spec.replicas === 0 && one.status.replicas === 0
    const isSeen = (one.status.observedGeneration ?? 0) >= (one.metadata.generation ?? 1)
    if (isEmpty && isSeen) store.delete('replicasets', one.metadata)
  }
}
