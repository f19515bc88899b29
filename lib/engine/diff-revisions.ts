import { SnapbackError } from '../core/errors.ts'
import { isObject, type JsonObject } from '../core/json.ts'
import { diffTemplates, type TemplateChange } from '../core/template-diff.ts'
import { currentRevision, type RevisionRef, revisionRef, type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Cluster } from '../ports.ts'

type DiffDeps = { cluster: Pick<Cluster, 'isSynced' | 'deployment' | 'revisions' | 'template'> }

interface RevisionsDiff {
  from: RevisionRef
  to: RevisionRef
  changes: TemplateChange[]
}

interface Asked {
  workload: WorkloadRef
  fromUid: string
  /** Null: the current one. */
  toUid: string | null
}

/**
 * What differs between two revisions of a workload, read from their ReplicaSets.
 *
 * @throws not_found when one of them is not there any more; upstream_unavailable when the API server does not answer
 */
export async function diffRevisions(deps: DiffDeps, { workload, fromUid, toUid }: Asked): Promise<RevisionsDiff> {
  if (!deps.cluster.isSynced())
    throw new SnapbackError('upstream_unavailable', 'kubernetes: it does not answer, or was not read yet', { upstream: 'kubernetes' })
  const revisions = deps.cluster.revisions(workload)
  const state = deps.cluster.deployment(workload)
  const current = state && currentRevision(state, revisions)
  const find = (uid: string) => revisions.find((revision) => revision.uid === uid) ?? null
  const from = find(fromUid)
  const to = toUid === null ? current : find(toUid)
  if (from === null || to === null) throw gone(workload)
  const [before, after] = await Promise.all([readTemplate(deps, workload, from), readTemplate(deps, workload, to)])
  return { from: revisionRef(from), to: revisionRef(to), changes: diffTemplates(before, after) }
}

/** The raw template of a revision. Throws `not_found` when its ReplicaSet is gone. */
export async function readTemplate(
  deps: { cluster: Pick<Cluster, 'template'> },
  workload: WorkloadRef,
  { uid }: { uid: string },
): Promise<JsonObject> {
  const template = await deps.cluster.template(workload, uid)
  if (!isObject(template ?? undefined)) throw gone(workload)
  return template as JsonObject
}

function gone(workload: WorkloadRef): SnapbackError {
  return new SnapbackError('not_found', `${workloadKey(workload)} has no such revision any more: its ReplicaSet is gone`)
}
