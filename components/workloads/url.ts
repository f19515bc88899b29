'use client'

import { useSearchParams } from 'next/navigation'
import { type WorkloadsFilterState, workloadsSearch } from './search.ts'

/** The list's filter and page, which live in the URL: what one sees can be sent to somebody. */
export function useWorkloadsUrl() {
  const query = workloadsSearch(useSearchParams())
  const { namespace = null, search = null, cursor = null } = query
  const filter: WorkloadsFilterState = { namespace, search }
  return {
    filter,
    cursor,
    query,
    /** Changes what is asked for, from the first page. */
    narrow: (change: Partial<WorkloadsFilterState>) => replaceUrl({ ...filter, ...change }),
    turn: (to: string | null) => replaceUrl({ ...filter, cursor: to }),
  }
}

/** Next follows the history without asking the server for the page again. */
function replaceUrl(values: Record<string, string | null>): void {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const search = new URLSearchParams(given).toString()
  window.history.replaceState(null, '', search === '' ? window.location.pathname : `?${search}`)
}
