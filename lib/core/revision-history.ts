import type { Deploy, DeploySource } from './deploy.ts'
import type { Instant } from './json.ts'
import { type Revision, type RevisionRef, revisionRef } from './workload.ts'
import type { RevisionRecords } from './workload-view.ts'

/**
 * What the record says of a revision. `condemned`: rolled away from; `troubled`: an incident began while it served; `good`: it
 * served long enough without one; `short`: not long enough to tell; `unknown`: nobody saw when it served.
 */
export type Standing = 'condemned' | 'troubled' | 'good' | 'short' | 'unknown'

/** One revision of a workload, from the cluster and from the record. */
export interface RevisionStory {
  revision: RevisionRef
  isCurrent: boolean
  /** Its ReplicaSet is there: it can be gone back to. */
  isThere: boolean
  /** When it became current last; null: not on record. */
  deployedAt: Instant | null
  source: DeploySource | null
  completedAt: Instant | null
  timesDeployed: number
  /** For how long in all, until `now` for the current one; null: nobody saw it whole. */
  servedMs: number | null
  /** Which rollback condemned it, and when. */
  condemned: { rollbackId: string; at: Instant } | null
  /** Incidents that began while it served, the oldest first. */
  incidentIds: string[]
  standing: Standing
}

interface Known {
  records: Pick<RevisionRecords, 'deploys' | 'condemnations' | 'incidents'>
  /** ReplicaSets that are there. */
  live: readonly Revision[]
  currentUid: string | null
  /** How long a revision must have served, with no incident meanwhile, to be called good. */
  goodAfterMs: number
  now: Instant
}

/** Every revision that is there or on record, highest number first: of one Deployment after the other, the present one first. */
export function revisionHistory({ records, live, currentUid, goodAfterMs, now }: Known): RevisionStory[] {
  const stints = stintsOf(records.deploys, currentUid, now)
  const newest = new Map<string, RevisionRef>()
  for (const { revision } of [...stints].reverse()) if (!newest.has(revision.uid)) newest.set(revision.uid, revision)
  // What the cluster says now counts more than the record: an undo renumbers a revision.
  for (const revision of live) newest.set(revision.uid, revisionRef(revision))
  const isLive = (uid: string) => live.some((revision) => revision.uid === uid)
  const stories = [...newest.values()].map((revision) => {
    const served = stints.filter((stint) => stint.revision.uid === revision.uid)
    return storyOf({ revision, served, records, goodAfterMs, isCurrent: revision.uid === currentUid, isThere: isLive(revision.uid) })
  })
  return stories.sort((a, b) => Number(b.isThere) - Number(a.isThere) || lastOf(b) - lastOf(a) || b.revision.number - a.revision.number)
}

export interface Stint extends Deploy {
  /** When the next one took over, or now; null: the times that are known contradict each other. */
  until: Instant | null
}

/** Oldest first, each until the next one. */
export function stintsOf(deploys: readonly Deploy[], currentUid: string | null, now: Instant): Stint[] {
  const oldestFirst = [...deploys].reverse()
  return oldestFirst.map((deploy, at) => {
    const before = oldestFirst[at - 1]
    const next = oldestFirst[at + 1]
    const end = next?.deployedAt ?? (deploy.revision.uid === currentUid ? now : null)
    // A reused ReplicaSet keeps an old creation time: where only that is known, it says neither when it began nor what it ended.
    const isMuddled = end === null || end < deploy.deployedAt || (before !== undefined && before.deployedAt > deploy.deployedAt)
    return { ...deploy, until: isMuddled ? null : end }
  })
}

interface Telling {
  revision: RevisionRef
  served: readonly Stint[]
  records: Known['records']
  goodAfterMs: number
  isCurrent: boolean
  isThere: boolean
}

function storyOf({ revision, served, records, goodAfterMs, isCurrent, isThere }: Telling): RevisionStory {
  const last = served.at(-1) ?? null
  const lengths = served.flatMap(({ deployedAt, until }) => (until === null ? [] : [until - deployedAt]))
  const servedMs = served.length === 0 || lengths.length < served.length ? null : lengths.reduce((sum, length) => sum + length, 0)
  const condemnation = records.condemnations.find((one) => one.materialFingerprint === revision.materialFingerprint)
  const began = records.incidents.filter(({ startedAt }) =>
    served.some(({ deployedAt, until }) => until !== null && startedAt >= deployedAt && startedAt < until),
  )
  const story = {
    revision,
    isCurrent,
    isThere,
    deployedAt: last?.deployedAt ?? null,
    source: last?.source ?? null,
    completedAt: last?.completedAt ?? null,
    timesDeployed: served.length,
    servedMs,
    condemned: condemnation === undefined ? null : { rollbackId: condemnation.rollbackId, at: condemnation.condemnedAt },
    incidentIds: began.map(({ id }) => id),
  }
  return { ...story, standing: standingOf(story, goodAfterMs) }
}

function standingOf({ condemned, incidentIds, servedMs }: Omit<RevisionStory, 'standing'>, goodAfterMs: number): Standing {
  if (condemned !== null) return 'condemned'
  if (incidentIds.length > 0) return 'troubled'
  if (servedMs === null) return 'unknown'
  return servedMs >= goodAfterMs ? 'good' : 'short'
}

function lastOf({ isThere, deployedAt, revision }: RevisionStory): number {
  return isThere ? revision.number : (deployedAt ?? 0)
}
