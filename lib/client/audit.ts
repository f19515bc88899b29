import { queryOptions } from '@tanstack/react-query'
import { listAudit } from '../contracts/audit.ts'
import { call, type Output } from './api.ts'

export type AuditEntryShown = Output<typeof listAudit>['items'][number]

/** Who changed what of late, newest first. Always asked anew: it is looked at when something has just changed. */
export function latestAuditQuery() {
  return queryOptions({
    queryKey: ['audit', 'list'],
    queryFn: ({ signal }) => call(listAudit, { query: { limit: '20' } }, { signal }),
    staleTime: 0,
  })
}
