import type { Instant } from './json.ts'
import type { RolloutFields } from './workload.ts'

export type RolloutStatus = { state: 'complete' } | { state: 'progressing'; message: string } | { state: 'failed'; message: string }

/** The server's record has whole seconds and its own clock. */
const TOLERANCE_MS = 5_000

/**
 * Whether the cluster has converged on the current template, as `kubectl rollout status` computes it.
 * Source: kubernetes/kubectl `pkg/polymorphichelpers/rollout_status.go`.
 *
 * @param since when this rollout began. A deadline exceeded before that is an earlier rollout's: the controller
 * leaves it standing until the new one makes progress (`pkg/controller/deployment/progress.go`).
 */
export function rolloutStatus(fields: RolloutFields, since: Instant | null = null): RolloutStatus {
  if (fields.observedGeneration < fields.generation) {
    return { state: 'progressing', message: 'the controller has not seen the change yet' }
  }
  const isEarlier = since !== null && fields.progressedAt != null && fields.progressedAt < since - TOLERANCE_MS
  if (fields.progressingReason === 'ProgressDeadlineExceeded' && !isEarlier) {
    return { state: 'failed', message: 'the rollout exceeded its progress deadline' }
  }
  if (fields.updatedReplicas < fields.desiredReplicas) {
    return { state: 'progressing', message: `${fields.updatedReplicas} of ${fields.desiredReplicas} new replicas have been made` }
  }
  if (fields.replicas > fields.updatedReplicas) {
    return { state: 'progressing', message: `${fields.replicas - fields.updatedReplicas} old replicas are still there` }
  }
  if (fields.availableReplicas < fields.updatedReplicas) {
    return { state: 'progressing', message: `${fields.availableReplicas} of ${fields.updatedReplicas} new replicas are available` }
  }
  return { state: 'complete' }
}

/** Reasons of the condition Progressing with which the controller is at work; a rollout that stops is taken out of them. */
const GOES_ON = ['NewReplicaSetCreated', 'FoundNewReplicaSet', 'ReplicaSetUpdated']

/**
 * Until when the rollout of the current template has lasted without being complete: now while it goes on; when its deadline
 * ran out. Null: it was complete once, or nobody can tell. Not from readiness: pods that fail a week after their rollout
 * make the status incomplete again, and that week-old deploy must not explain them.
 * Source: kubernetes `pkg/controller/deployment/progress.go`.
 */
export function rolloutLastsUntil(
  { progressingReason, progressedAt, replicas, updatedReplicas }: RolloutFields,
  now: Instant,
): Instant | null {
  if (progressingReason === 'ProgressDeadlineExceeded') return progressedAt ?? null
  // Without a progress deadline there is no condition: pods of an older revision beside the new ones tell.
  const goesOn = progressingReason === null ? replicas > updatedReplicas : GOES_ON.includes(progressingReason)
  return goesOn ? now : null
}
