import { SnapbackError } from '../core/errors.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { WorkloadDetail } from '../core/workload-view.ts'
import type { Deps } from '../ports.ts'

/** One workload with its deploys, newest first. Throws `not_found` for one that was never seen. */
export async function readWorkload(deps: Pick<Deps, 'read'>, { workload }: { workload: WorkloadRef }): Promise<WorkloadDetail> {
  const detail = await deps.read.workload(workload)
  if (detail === null) throw new SnapbackError('not_found', `no workload ${workloadKey(workload)} was seen`)
  return detail
}
