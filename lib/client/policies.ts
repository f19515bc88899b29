import { queryOptions } from '@tanstack/react-query'
import { getWorkloadPolicy, listPolicies } from '../contracts/policy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import { call, type Origin } from './api.ts'

/** How a workload is handled, and where each field comes from. */
export function workloadPolicyQuery(ref: WorkloadRef, from?: Origin) {
  return queryOptions({
    queryKey: ['workloads', workloadKey(ref), 'policy'],
    queryFn: ({ signal }) => call(getWorkloadPolicy, { params: { ...ref } }, { signal, from }),
  })
}

/** What every scope sets, and the defaults below. */
export function policiesQuery(from?: Origin) {
  return queryOptions({ queryKey: ['policies'], queryFn: ({ signal }) => call(listPolicies, {}, { signal, from }) })
}
