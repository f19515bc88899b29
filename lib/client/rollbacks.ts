import { queryOptions } from '@tanstack/react-query'
import { getRollback, listRollbacks } from '../contracts/rollback.ts'
import type { Phase } from '../core/rollback.ts'
import { call, type Origin, type Output } from './api.ts'

export type RollbackInList = Output<typeof listRollbacks>['items'][number]
export type RollbackDetail = Output<typeof getRollback>

interface Filter {
  open?: 'true' | 'false'
  phase?: Phase
  namespace?: string
  name?: string
  limit?: string
}

/** Rollbacks, newest first. */
export function rollbacksQuery(filter: Filter = {}, from?: Origin) {
  return queryOptions({
    queryKey: ['rollbacks', 'list', filter],
    queryFn: ({ signal }) => call(listRollbacks, { query: filter }, { signal, from }),
  })
}

/** One rollback with its timeline, clocks and verification. */
export function rollbackQuery(id: string, from?: Origin) {
  return queryOptions({
    queryKey: ['rollbacks', id],
    queryFn: ({ signal }) => call(getRollback, { params: { id } }, { signal, from }),
  })
}

/** The latest, whatever became of them: what Now shows. */
export function latestRollbacksQuery(from?: Origin) {
  return rollbacksQuery({ limit: '50' }, from)
}
