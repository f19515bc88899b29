import { queryOptions } from '@tanstack/react-query'
import { getWorkloadPolicy } from '../contracts/policy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import { call, type Origin, type Output } from './api.ts'

export type WorkloadPolicy = Output<typeof getWorkloadPolicy>

/** How a workload is handled, and where each field comes from. */
export function workloadPolicyQuery(ref: WorkloadRef, from?: Origin) {
  return queryOptions({
    queryKey: ['workloads', workloadKey(ref), 'policy'],
    queryFn: ({ signal }) => call(getWorkloadPolicy, { params: { ...ref } }, { signal, from }),
  })
}
