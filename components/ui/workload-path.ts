import type { WorkloadRef } from '../../lib/core/workload.ts'

/** The page of a workload. */
export function workloadPath({ namespace, kind, name }: WorkloadRef): string {
  return `/workloads/${namespace}/${kind}/${encodeURIComponent(name)}`
}

/** Where a rollback by hand begins; with a revision, that one is chosen. */
export function rollBackPath(workload: WorkloadRef, toUid: string | null): string {
  const path = `${workloadPath(workload)}/roll-back`
  return toUid === null ? path : `${path}?to=${encodeURIComponent(toUid)}`
}
