import type { WorkloadRef } from '../../lib/core/workload.ts'

/** The workload that a page's address names; null: no such kind is watched. */
export function workloadOf({ namespace, kind, name }: { namespace: string; kind: string; name: string }): WorkloadRef | null {
  return kind === 'Deployment' ? { namespace: decodeURIComponent(namespace), kind, name: decodeURIComponent(name) } : null
}
