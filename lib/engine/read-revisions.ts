import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import { type RevisionStory, revisionHistory } from '../core/revision-history.ts'
import { servedTimes } from '../core/served-time.ts'
import { pickTarget } from '../core/target-revision.ts'
import { currentRevision, type Revision, revisionRef, type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { RevisionRecords } from '../core/workload-view.ts'
import type { Cluster, ReadModel } from '../ports.ts'
import { readPolicy } from './read-policy.ts'
import { isSilent } from './silent.ts'
import { within } from './within.ts'

interface RevisionsDeps {
  read: Pick<ReadModel, 'revisions' | 'policies'>
  cluster: Pick<Cluster, 'isSynced' | 'read' | 'revisions' | 'deployment'>
  now(): Instant
}

interface Revisions {
  /** `silent`: what is shown is the record and what the cluster said last. */
  cluster: 'answers' | 'silent'
  /** Whether the Deployment is there; null: the cluster did not say. */
  exists: boolean | null
  currentUid: string | null
  /** Where an alert's rollback would go: what gate 5 would choose; null: nowhere. */
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
  const [records, state, { resolved }] = await Promise.all([
    deps.read.revisions(workload),
    readState(deps, workload),
    readPolicy(deps, { workload }),
  ])
  if (records === null && state === null) throw new SnapbackError('not_found', `no workload ${workloadKey(workload)}`)
  const live = state === null ? [] : deps.cluster.revisions(workload)
  const current = state === null || state === 'silent' ? newestOf(records, live) : currentRevision(state, live)
  const known = records ?? { deploys: [], condemnations: [], incidents: [], blamedUids: [] }
  const { goodAfterMs } = resolved
  const now = deps.now()
  const currentUid = state === null ? null : (current?.uid ?? null)
  const stories = revisionHistory({ records: known, live, currentUid, goodAfterMs, now })
  const there = stories.filter((story) => story.isThere)
  return {
    cluster: state === 'silent' ? 'silent' : 'answers',
    exists: state === 'silent' ? null : state !== null,
    currentUid,
    targetUid: currentUid === null ? null : targetOf(currentUid, there, { records: known, goodAfterMs, now }),
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

/** The same choice, of the same facts, as the gate makes: a page must not name another one. */
function targetOf(
  currentUid: string,
  there: readonly RevisionStory[],
  { records, goodAfterMs, now }: { records: RevisionRecords; goodAfterMs: number; now: Instant },
): string | null {
  const current = there.find((story) => story.revision.uid === currentUid)
  if (current === undefined) return null
  const served = servedTimes({ deploys: records.deploys, currentUid, now })
  const candidates = there
    .filter((story) => story !== current)
    .map(({ revision, condemned }) => ({
      ...revisionRef(revision),
      condemned: condemned !== null,
      served: served.get(revision.uid) ?? { ms: 0, source: 'watched' as const },
      blamed: records.blamedUids.includes(revision.uid),
    }))
  return pickTarget(current.revision, candidates, { askedUid: null, goodAfterMs, mustBeProven: true }).target?.uid ?? null
}
