import { queryOptions } from '@tanstack/react-query'
import { getDecision, listDecisions } from '../contracts/decision.ts'
import type { ReasonCode } from '../core/reason.ts'
import { call, type Origin, type Output } from './api.ts'

export type DecisionInList = Output<typeof listDecisions>['items'][number]

/** Decisions, newest first. */
function decisionsQuery(filter: { namespace?: string; name?: string; limit?: string } = {}, from?: Origin) {
  return queryOptions({
    queryKey: ['decisions', 'list', filter],
    queryFn: ({ signal }) => call(listDecisions, { query: filter }, { signal, from }),
  })
}

/** One decision with everything that it was made of. */
export function decisionQuery(id: string, from?: Origin) {
  return queryOptions({
    queryKey: ['decisions', id],
    queryFn: ({ signal }) => call(getDecision, { params: { id } }, { signal, from }),
  })
}

/** The latest: why Now shows incidents that nothing is done about. */
export function latestDecisionsQuery(from?: Origin) {
  return decisionsQuery({ limit: '50' }, from)
}

/** Whether a gate that gave this reason keeps the decision from being carried out. */
export function isHeldBy(decision: Pick<DecisionInList, 'checks'> | null, reason: ReasonCode): boolean {
  return decision?.checks.some((check) => check.answer === 'hold' && check.reason === reason) ?? false
}
