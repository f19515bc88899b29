import { randomInt } from 'node:crypto'
import type { ObjectStore } from './object-store.ts'
import { controllerUid, ownedBy, type Pod, type ReplicaSet, timestamp } from './objects.ts'
import { recordEvent } from './record-event.ts'

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
/** `generateName` is cut to 58 characters, then five random ones follow. */
const LONGEST_PREFIX = 58

/**
 * Makes and deletes pods until there are as many as asked for, and counts them. Gives the instant at which a pod will
 * have been ready for long enough; null: none is waited for.
 */
export function syncReplicaSet(store: ObjectStore, replicaSet: ReplicaSet): number | null {
  const { namespace = null } = replicaSet.metadata
  const pods = store.list('pods', namespace).filter((pod) => controllerUid(pod) === replicaSet.metadata.uid && isActive(pod))
  const missing = replicaSet.spec.replicas - pods.length
  for (let made = 0; made < missing; made += 1) createPod(store, replicaSet)
  for (const pod of leastUseful(pods).slice(0, Math.max(0, -missing))) deletePod(store, replicaSet, pod)
  if (missing !== 0) return null

  const now = store.clock.now()
  const minReadyMs = (replicaSet.spec.minReadySeconds ?? 0) * 1_000
  const ready = pods.map(readySince).filter((since) => since !== null)
  const waiting = ready.map((since) => since + minReadyMs).filter((at) => at > now)
  store.change('replicasets', replicaSet.metadata, (draft) => {
    draft.status = {
      replicas: pods.length,
      fullyLabeledReplicas: pods.length,
      readyReplicas: ready.length,
      availableReplicas: ready.length - waiting.length,
      observedGeneration: replicaSet.metadata.generation ?? 1,
    }
  })
  return waiting.length === 0 ? null : Math.min(...waiting)
}

/** Marks it as going; the kubelet ends it. */
export function markDeleted(store: ObjectStore, pod: Pod): void {
  store.change('pods', pod.metadata, ({ metadata }) => {
    metadata.deletionTimestamp ??= timestamp(store.clock.now())
  })
}

function createPod(store: ObjectStore, replicaSet: ReplicaSet): void {
  const { namespace = '', name } = replicaSet.metadata
  const { template } = replicaSet.spec
  const generateName = `${name}-`
  const pod = store.create('pods', {
    metadata: {
      ...template.metadata,
      name: generateName.slice(0, LONGEST_PREFIX) + randomSuffix(),
      generateName,
      namespace,
      ownerReferences: [ownedBy(replicaSet)],
      creationTimestamp: timestamp(store.clock.now()),
    },
    spec: template.spec,
    status: { phase: 'Pending' },
  })
  tell(store, replicaSet, 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`)
}

function deletePod(store: ObjectStore, replicaSet: ReplicaSet, pod: Pod): void {
  markDeleted(store, pod)
  tell(store, replicaSet, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`)
}

function tell(store: ObjectStore, replicaSet: ReplicaSet, reason: string, message: string): void {
  recordEvent(store, replicaSet, { type: 'Normal', reason, message, source: { component: 'replicaset-controller' } })
}

/** Those that do not serve come first, then the youngest. */
function leastUseful(pods: readonly Pod[]): Pod[] {
  const rank = (pod: Pod) => (readySince(pod) === null ? 0 : 1)
  return [...pods].sort((a, b) => rank(a) - rank(b) || Date.parse(b.metadata.creationTimestamp) - Date.parse(a.metadata.creationTimestamp))
}

function isActive({ status, metadata }: Pod): boolean {
  return status.phase !== 'Succeeded' && status.phase !== 'Failed' && metadata.deletionTimestamp === undefined
}

function readySince({ status }: Pod): number | null {
  const ready = status.conditions?.find(({ type }) => type === 'Ready')
  return ready?.status === 'True' ? Date.parse(ready.lastTransitionTime) : null
}

function randomSuffix(): string {
  return Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
