import { queryOptions } from '@tanstack/react-query'
import { getPreflight } from '../contracts/preflight.ts'
import { getRevisionDiff, getRevisions } from '../contracts/workload-revisions.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import { call, type Origin, type Output } from './api.ts'

export type Revisions = Output<typeof getRevisions>
export type RevisionStory = Revisions['revisions'][number]
export type Preflight = Output<typeof getPreflight>

const SILENT_EVERY_MS = 5_000

/** What the cluster has of a workload's revisions, with what is on record. */
export function revisionsQuery(ref: WorkloadRef, from?: Origin) {
  return queryOptions({
    queryKey: ['workloads', workloadKey(ref), 'revisions'],
    queryFn: ({ signal }) => call(getRevisions, { params: { ...ref } }, { signal, from }),
    // No event tells that the cluster answers again.
    refetchInterval: ({ state }) => (state.data?.cluster === 'silent' ? SILENT_EVERY_MS : false),
  })
}

/** What differs from one revision to another, or to the current one. ReplicaSets do not change: asked once. */
export function revisionDiffQuery(ref: WorkloadRef, fromUid: string, toUid: string) {
  return queryOptions({
    queryKey: ['revision-diff', workloadKey(ref), fromUid, toUid],
    queryFn: ({ signal }) => call(getRevisionDiff, { params: { ...ref, uid: fromUid }, query: { to: toUid } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** A rollback that was opened elsewhere, or a Deployment that was paused, is seen by asking again. */
const PREFLIGHT_EVERY_MS = 15_000

/** What the answer depends on beside the workload: each has its own. */
interface PreflightOf {
  toUid: string
  currentUid: string | null
  controlVersion: number | null
}

/** What a rollback by hand would be now. Not among the workloads' queries: else every event of any of them would ask the API server. */
export function preflightQuery(ref: WorkloadRef, { toUid, currentUid, controlVersion }: PreflightOf) {
  return queryOptions({
    queryKey: ['preflight', workloadKey(ref), toUid, currentUid, controlVersion],
    queryFn: ({ signal }) => call(getPreflight, { params: { ...ref }, query: { to: toUid } }, { signal }),
    gcTime: 0,
    refetchInterval: PREFLIGHT_EVERY_MS,
  })
}
