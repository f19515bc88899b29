import type { workloadsQuery } from '../../lib/client/workloads.ts'

export interface WorkloadsFilterState {
  namespace: string | null
  search: string | null
}

/** Enough for most clusters to be one page. */
const PAGE = '200'

/** What the list asks the server for, from the page's own query. Server and browser read it alike. */
export function workloadsSearch(params: Pick<URLSearchParams, 'get'>): NonNullable<Parameters<typeof workloadsQuery>[0]> {
  const given = (name: string) => params.get(name)?.trim() || null
  const [namespace, search, cursor] = [given('namespace'), given('search'), given('cursor')]
  return { limit: PAGE, ...(namespace && { namespace }), ...(search && { search }), ...(cursor && { cursor }) }
}
