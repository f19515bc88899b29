import type { Instant } from './json.ts'

/** The kinds that are watched. StatefulSets and DaemonSets come later; the identity has the kind already. */
export type WorkloadKind = 'Deployment'

/** What a workload is called: unique in a cluster. */
export interface WorkloadRef {
  namespace: string
  kind: WorkloadKind
  name: string
}

/** One text per workload, for keys and log lines: `edgelink/Deployment/checkout`. */
export function workloadKey(ref: WorkloadRef): string {
  return `${ref.namespace}/${ref.kind}/${ref.name}`
}

/** How a revision is named in a record: the uid and hash identify it, the number is for showing. */
export interface RevisionRef {
  /** uid of the ReplicaSet */
  uid: string
  /** label `pod-template-hash` */
  hash: string
  number: number
  /** Hash of the whole template without `pod-template-hash`. */
  templateFingerprint: string
  /** Hash of the template without volatile annotations: what condemnation remembers. */
  materialFingerprint: string
  images: string[]
}

/** One ReplicaSet of a workload, as the informers keep it. */
export interface Revision extends RevisionRef {
  name: string
  createdAt: Instant
  replicas: number
  /** Marked `snapback.dev/irreversible`: its deploy changed something that a rollback does not change back. */
  irreversible?: boolean
}

/** A Deployment as the informers keep it: projected, never written back. */
export interface DeploymentState {
  ref: WorkloadRef
  uid: string
  resourceVersion: string
  generation: number
  observedGeneration: number
  /** `spec.paused` */
  paused: boolean
  annotations: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  templateFingerprint: string
  /** Its controlling owner reference; absent: none. */
  controller?: { kind: string; name: string }
  /** Who wrote its fields (`managedFields`); absent: not told. */
  managers?: readonly string[]
  rollout: RolloutFields
}

/** The fields that `kubectl rollout status` reads. */
export interface RolloutFields {
  generation: number
  observedGeneration: number
  /** `spec.replicas`; 1 when absent */
  desiredReplicas: number
  replicas: number
  updatedReplicas: number
  availableReplicas: number
  /** Reason of the condition Progressing, if there is one. */
  progressingReason: string | null
  /** `lastUpdateTime` of that condition, in whole seconds; absent where it is not told. */
  progressedAt?: Instant | null
}

/** The fields that identify a revision in a record, and no more. */
export function revisionRef(revision: RevisionRef): RevisionRef {
  const { uid, hash, number, templateFingerprint, materialFingerprint, images } = revision
  return { uid, hash, number, templateFingerprint, materialFingerprint, images }
}

/** The revision that the Deployment's template names; null until the controller has made its ReplicaSet. */
export function currentRevision(state: Pick<DeploymentState, 'templateFingerprint'>, revisions: readonly Revision[]): Revision | null {
  const same = revisions.filter((revision) => revision.templateFingerprint === state.templateFingerprint)
  const newest = same.sort((a, b) => b.number - a.number)[0] ?? null
  // The controller gives the current one the highest number. Until it has, the caches are behind and say nothing.
  return newest !== null && revisions.every((revision) => revision.number <= newest.number) ? newest : null
}

/**
 * The revision whose pods serve what an undo put back: the one it went to, or another when the template was rewritten on
 * its way in and got a ReplicaSet of its own; then under the number that the undo named. Null: that is not seen yet.
 */
export function servingRevision(
  state: Pick<DeploymentState, 'templateFingerprint'>,
  revisions: readonly Revision[],
  to: RevisionRef,
): RevisionRef | null {
  const known = revisions.find((revision) => revision.uid === to.uid)
  if (known?.templateFingerprint === state.templateFingerprint) return to
  const current = currentRevision(state, revisions)
  if (current !== null) return { ...revisionRef(current), number: to.number }
  // With caches that know nothing of it there is nothing better.
  return known === undefined ? to : null
}

/** A pod of one revision, as far as verification reads it. */
export interface PodState {
  name: string
  node: string | null
  ready: boolean
  /** Sum over its containers. */
  restarts: number
  /** Reason of a waiting or terminated container, e.g. `CrashLoopBackOff`. */
  reason: string | null
}

/** The annotation that an undo sets: how a crashed process recognises its own patch. */
export const ROLLBACK_ID_ANNOTATION = 'snapback.dev/rollback-id'
/** What `kubectl apply` remembers of the whole object. It knows nothing of an undo, so that a later one can merge wrongly. */
export const LAST_APPLIED_ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration'
/** The annotation with which a workload may lower its mode. */
export const MODE_ANNOTATION = 'snapback.dev/mode'
/** On a pod template, or on the Deployment while it is deployed: no rollback goes past this revision. */
export const IRREVERSIBLE_ANNOTATION = 'snapback.dev/irreversible'
