import type { WorkloadRef } from '../../lib/core/workload.ts'

/** The page of a workload. */
export function workloadPath({ namespace, kind, name }: WorkloadRef): string {
  return `/workloads/${[namespace, kind, name].map(encodeURIComponent).join('/')}`
}
