import type { Deploy, DeploySource } from './deploy.ts'
import type { Instant } from './json.ts'
import { stintsOf } from './revision-history.ts'

/** `replica_set`: some of it is taken from when ReplicaSets were made, since nobody had watched yet. */
export interface ServedTime {
  ms: number
  source: DeploySource
}

interface Known {
  /** Newest first. */
  deploys: readonly Deploy[]
  currentUid: string | null
  now: Instant
}

/** How long each revision was current, by ReplicaSet uid: what is known for sure, so that one whose times contradict each other counts less. */
export function servedTimes({ deploys, currentUid, now }: Known): Map<string, ServedTime> {
  const served = new Map<string, ServedTime>()
  for (const { revision, deployedAt, until, source } of stintsOf(deploys, currentUid, now)) {
    if (until === null) continue
    const known = served.get(revision.uid)
    const isGuessed = source === 'replica_set' || known?.source === 'replica_set'
    served.set(revision.uid, { ms: (known?.ms ?? 0) + until - deployedAt, source: isGuessed ? 'replica_set' : 'watched' })
  }
  return served
}
