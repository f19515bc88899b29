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

/** Owners tell nobody when they change their mind. */
const OWNER_EVERY_MS = 15_000

/** One workload with its deploys, newest first, and who else manages it. */
export function workloadQuery(ref: WorkloadRef, from?: Origin) {
  return queryOptions({
    queryKey: ['workloads', workloadKey(ref)],
    queryFn: ({ signal }) => call(getWorkload, { params: { ...ref } }, { signal, from }),
    refetchInterval: ({ state: { data } }) => (data?.owner || data?.drift ? OWNER_EVERY_MS : false),
  })
}
