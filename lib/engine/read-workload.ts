import type { Drift } from '../core/drift.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Owner } from '../core/owner.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { WorkloadDetail } from '../core/workload-view.ts'
import type { Cluster, ReadModel } from '../ports.ts'
import { readOwnership } from './read-ownership.ts'

interface WorkloadDeps {
  read: Pick<ReadModel, 'workload'>
  cluster: Pick<Cluster, 'isSynced' | 'owner'>
}

type Workload = Omit<WorkloadDetail, 'lastUndo'> & { owner: Owner | null; drift: Drift | null }

/** One workload with its deploys, newest first, and who else manages it. Throws `not_found` for one that was never seen. */
export async function readWorkload({ read, cluster }: WorkloadDeps, { workload }: { workload: WorkloadRef }): Promise<Workload> {
  const detail = await read.workload(workload)
  if (detail === null) throw new SnapbackError('not_found', `no workload ${workloadKey(workload)} was seen`)
  const { lastUndo: _, ...shown } = detail
  return { ...shown, ...(await readOwnership(cluster, detail)) }
}
