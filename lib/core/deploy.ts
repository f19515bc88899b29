import type { Instant } from './json.ts'
import type { RevisionRef, WorkloadRef } from './workload.ts'

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

/** A deploy as the informers saw it. */
export interface ObservedDeploy {
  workload: WorkloadRef
  deploymentUid: string
  revision: RevisionRef
  deployedAt: Instant
  source: DeploySource
  completedAt: Instant | null
}

/**
 * What two observations of one deploy amount to. A watched time is the truth and the earliest one counts; a
 * ReplicaSet's creation stands in only until somebody has watched, since a reused ReplicaSet keeps an old one.
 */
export function mergeDeploy(known: Deploy, seen: Deploy): Deploy {
  const first = [known, seen].filter((one) => one.completedAt !== null).map((one) => one.completedAt as Instant)
  const completedAt = first.length === 0 ? null : Math.min(...first)
  if (known.source !== seen.source) {
    const watched = known.source === 'watched' ? known : seen
    return { ...known, deployedAt: watched.deployedAt, source: 'watched', completedAt }
  }
  return { ...known, deployedAt: Math.min(known.deployedAt, seen.deployedAt), completedAt }
}

/**
 * Newest first: the Deployment seen last, and within it by revision number, which only grows. Not by time alone: a
 * reused ReplicaSet is older than the revisions between.
 */
export function newestFirst(deploys: readonly Deploy[]): Deploy[] {
  const lastSeen = new Map<string, Instant>()
  for (const { deploymentUid, deployedAt } of deploys) {
    lastSeen.set(deploymentUid, Math.max(deployedAt, lastSeen.get(deploymentUid) ?? deployedAt))
  }
  const seen = ({ deploymentUid }: Deploy) => lastSeen.get(deploymentUid) ?? 0
  return [...deploys].sort(
    (a, b) =>
      seen(b) - seen(a) ||
      (a.deploymentUid < b.deploymentUid ? 1 : -1) * Number(a.deploymentUid !== b.deploymentUid) ||
      b.revision.number - a.revision.number,
  )
}
