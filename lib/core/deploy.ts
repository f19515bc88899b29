import type { Instant } from './json.ts'
import type { RevisionRef } from './workload.ts'

/** How the moment of a deploy is known: watched as it happened, or read from the ReplicaSet afterwards. */
export type DeploySource = 'watched' | 'replica_set'

/** The moment a revision became current. One per Deployment uid and revision number. */
export interface Deploy {
  workloadId: string
  deploymentUid: string
  revision: RevisionRef
  /** When the template was first observed, earliest of all replicas. */
  deployedAt: Instant
  source: DeploySource
  /** When its rollout was complete, earliest of all replicas; null while it goes on or if nobody saw it. */
  completedAt: Instant | null
}
