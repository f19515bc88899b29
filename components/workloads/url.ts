'use client'

import { useSearchParams } from 'next/navigation'
import type { workloadsQuery } from '../../lib/client/workloads.ts'

/** Enough for most clusters to be one page. */
const PAGE = '200'

export interface WorkloadsFilterState {
  namespace: string | null
  search: string | null
}

/** The list's filter and page, which live in the URL: what one sees can be sent to somebody. */
export function useWorkloadsUrl() {
  const params = useSearchParams()
  const filter: WorkloadsFilterState = { namespace: params.get('namespace') || null, search: params.get('search') || null }
  const cursor = params.get('cursor') || null
  return {
    filter,
    cursor,
    query: workloadsSearch({ ...filter, cursor }),
    /** Changes what is asked for, from the first page. */
    narrow: (change: Partial<WorkloadsFilterState>) => replaceUrl({ ...filter, ...change }),
    turn: (to: string | null) => replaceUrl({ ...filter, cursor: to }),
  }
}

/** What the list asks the server for. The page prefetches with the same. */
export function workloadsSearch({
  namespace,
  search,
  cursor,
}: WorkloadsFilterState & { cursor: string | null }): Parameters<typeof workloadsQuery>[0] {
  return { limit: PAGE, ...(namespace && { namespace }), ...(search && { search }), ...(cursor && { cursor }) }
}

/** Next follows the history without asking the server for the page again. */
function replaceUrl(values: Record<string, string | null>): void {
  const given = Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1]))
  const search = new URLSearchParams(given).toString()
  window.history.replaceState(null, '', search === '' ? window.location.pathname : `?${search}`)
}
