import type { Instant } from '../core/json.ts'
import type { Policy } from '../core/policy.ts'
import { replay } from '../core/replay.ts'
import { type ReplaySummary, replaySummary } from '../core/replay-summary.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Cluster, DecidedFilter, ReadModel } from '../ports.ts'
import { type PolicyEdit, policyToReplay } from './replay-policy.ts'

/** Facts are read so many decisions at a time: they are the most of a decision. */
const PAGE = 200
/** As many are replayed; older ones are left out and that is said. */
const MOST_DECISIONS = 5_000

interface RangeDeps {
  read: Pick<ReadModel, 'decided' | 'policies'>
  cluster: Pick<Cluster, 'deployment'>
}

interface Asked extends DecidedFilter {
  edit: PolicyEdit | null
}

interface RangeReplay extends ReplaySummary {
  /** From when on decisions were replayed: later than asked for when there were too many. */
  from: Instant
  to: Instant
  truncated: boolean
}

/**
 * What the policies that hold now, or an edit of them, would have made of the decisions on alerts in a time: each by the policy of its own
 * workload. Changes nothing.
 */
export async function replayRange(deps: RangeDeps, { edit, ...filter }: Asked, most = MOST_DECISIONS): Promise<RangeReplay> {
  const policyOf = rememberPolicies(deps, await deps.read.policies(), edit)
  const summary = replaySummary()
  let { from } = filter
  let read = 0
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<ReadModel['decided']>> = await deps.read.decided(filter, { cursor, limit: Math.min(PAGE, most - read) })
    for (const record of page.items) summary.add(record, replay(record, policyOf(record.workload)))
    read += page.items.length
    cursor = page.nextCursor
    if (cursor !== null) from = page.items.at(-1)?.decidedAt ?? from
  } while (cursor !== null && read < most)
  const truncated = cursor !== null
  return { from: truncated ? from : filter.from, to: filter.to, truncated, ...summary.result() }
}

/** A range has few workloads and many decisions. */
function rememberPolicies({ cluster }: RangeDeps, stored: Awaited<ReturnType<ReadModel['policies']>>, edit: PolicyEdit | null) {
  const known = new Map<string, Policy>()
  return (workload: WorkloadRef | null): Policy => {
    const key = workload === null ? '' : workloadKey(workload)
    const policy = known.get(key) ?? policyToReplay({ stored, cluster, workload, edit })
    known.set(key, policy)
    return policy
  }
}
