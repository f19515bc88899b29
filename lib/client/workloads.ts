import { queryOptions } from '@tanstack/react-query'
import { getWorkload, listWorkloads } from '../contracts/workload.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import { call, type Origin, type Output } from './api.ts'

export type WorkloadInList = Output<typeof listWorkloads>['items'][number]
export type WorkloadDetail = Output<typeof getWorkload>

/** Workloads that were seen, by namespace and name. */
export function workloadsQuery(filter: { namespace?: string; search?: string; cursor?: string; limit?: string } = {}, from?: Origin) {
  return queryOptions({
    queryKey: ['workloads', 'list', filter],
    queryFn: ({ signal }) => call(listWorkloads, { query: filter }, { signal, from }),
  })
}

/** One workload with its deploys, newest first. */
export function workloadQuery(ref: WorkloadRef, from?: Origin) {
  return queryOptions({
    queryKey: ['workloads', workloadKey(ref)],
    queryFn: ({ signal }) => call(getWorkload, { params: { ...ref } }, { signal, from }),
  })
}
