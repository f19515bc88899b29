import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import { type RevisionStory, revisionHistory } from '../core/revision-history.ts'
import { pickTarget } from '../core/target-revision.ts'
import { currentRevision, type Revision, revisionRef, type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Cluster, ReadModel } from '../ports.ts'
import { isSilent } from './silent.ts'
import { within } from './within.ts'

interface RevisionsDeps {
  read: Pick<ReadModel, 'revisions'>
  cluster: Pick<Cluster, 'isSynced' | 'read' | 'revisions'>
  now(): Instant
}

interface Revisions {
  /** `silent`: what is shown is the record and what the cluster said last. */
  cluster: 'answers' | 'silent'
  /** Whether the Deployment is there; null: the cluster did not say. */
  exists: boolean | null
  currentUid: string | null
  /** Where a rollback would go that names no revision; null: nowhere. */
  targetUid: string | null
  revisions: RevisionStory[]
}

/** How long a page waits for the API server before it shows the record alone. */
const PATIENCE_MS = 2_000
/** Those that are not there any more and were deployed long ago are left out. */
const MOST_PAST = 30

/**
 * The revisions of a workload: what the cluster has, joined with what is on record. Needs neither Prometheus nor Alertmanager, and
 * while the API server is silent it shows the record and says so.
 *
 * @throws not_found for a workload that neither the cluster nor the record knows
 */
export async function readRevisions(deps: RevisionsDeps, { workload }: { workload: WorkloadRef }): Promise<Revisions> {
  const [records, state] = await Promise.all([deps.read.revisions(workload), readState(deps, workload)])
  if (records === null && state === null) throw new SnapbackError('not_found', `no workload ${workloadKey(workload)}`)
  const live = state === null ? [] : deps.cluster.revisions(workload)
  const current = state === null || state === 'silent' ? newestOf(records, live) : currentRevision(state, live)
  const known = records ?? { deploys: [], condemnations: [], incidents: [] }
  const stories = revisionHistory({ records: known, live, currentUid: state === null ? null : (current?.uid ?? null), now: deps.now() })
  const there = stories.filter((story) => story.isThere)
  return {
    cluster: state === 'silent' ? 'silent' : 'answers',
    exists: state === 'silent' ? null : state !== null,
    currentUid: state === null ? null : (current?.uid ?? null),
    targetUid: current === null || state === null ? null : targetOf(current, there),
    revisions: [...there, ...stories.filter((story) => !story.isThere).slice(0, MOST_PAST)],
  }
}

type State = Awaited<ReturnType<Cluster['read']>>

async function readState({ cluster }: RevisionsDeps, workload: WorkloadRef): Promise<State | 'silent'> {
  if (!cluster.isSynced()) return 'silent'
  try {
    return await within(PATIENCE_MS, cluster.read(workload))
  } catch (error) {
    if (isSilent(error)) return 'silent'
    throw error
  }
}

/** While the cluster is silent: what it said last, else what was deployed last. */
function newestOf(records: Awaited<ReturnType<ReadModel['revisions']>>, live: readonly Revision[]): { uid: string } | null {
  return live[0] ?? records?.deploys[0]?.revision ?? null
}

function targetOf({ uid }: { uid: string }, there: readonly RevisionStory[]): string | null {
  const current = there.find((story) => story.revision.uid === uid)
  if (current === undefined) return null
  const candidates = there
    .filter((story) => story !== current)
    .map(({ revision, condemned }) => ({ ...revisionRef(revision), condemned: condemned !== null }))
  return pickTarget(current.revision, candidates, { askedUid: null, goodAfterMs: null }).target?.uid ?? null
}
