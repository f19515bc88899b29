import type { RolloutFields } from './workload.ts'

export type RolloutStatus = { state: 'complete' } | { state: 'progressing'; message: string } | { state: 'failed'; message: string }

/**
 * Whether the cluster has converged on the current template, as `kubectl rollout status` computes it.
 * Source: kubernetes/kubectl `pkg/polymorphichelpers/rollout_status.go`.
 */
export function rolloutStatus(fields: RolloutFields): RolloutStatus {
  if (fields.observedGeneration < fields.generation) {
    return { state: 'progressing', message: 'the controller has not seen the change yet' }
  }
  if (fields.progressingReason === 'ProgressDeadlineExceeded') {
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
