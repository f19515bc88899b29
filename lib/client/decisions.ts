import { queryOptions } from '@tanstack/react-query'
import { getDecision } from '../contracts/decision.ts'
import { call, type Origin } from './api.ts'

/** One decision with everything that it was made of. */
export function decisionQuery(id: string, from?: Origin) {
  return queryOptions({
    queryKey: ['decisions', id],
    queryFn: ({ signal }) => call(getDecision, { params: { id } }, { signal, from }),
  })
}
