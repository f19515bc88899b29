import { queryOptions } from '@tanstack/react-query'
import { getDecision, listDecisions } from '../contracts/decision.ts'
import type { JudgementWord } from '../core/judgement.ts'
import type { ReasonCode } from '../core/reason.ts'
import type { WorkloadRef } from '../core/workload.ts'
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

/** The latest of a workload: what people said of its rollbacks. */
export function workloadDecisionsQuery({ namespace, name }: WorkloadRef, from?: Origin) {
  return decisionsQuery({ namespace, name, limit: '50' }, from)
}

/** The latest: why Now shows incidents that nothing is done about. */
export function latestDecisionsQuery(from?: Origin) {
  return decisionsQuery({ limit: '50' }, from)
}

/** Whether a gate that gave this reason keeps the decision from being carried out. */
export function isHeldBy(decision: Pick<DecisionInList, 'checks'> | null, reason: ReasonCode): boolean {
  return decision?.checks.some((check) => check.answer === 'hold' && check.reason === reason) ?? false
}

/** What was said last of an incident, or of a rollback; null: nothing, or not of one among these. */
export function judgementIn(
  decisions: readonly DecisionInList[],
  { incidentId, rollbackId }: { incidentId: string | null; rollbackId: string | null },
): JudgementWord | null {
  const about = decisions.find(
    (decision) =>
      decision.judgement !== null &&
      ((rollbackId !== null && decision.rollbackId === rollbackId) || (incidentId !== null && decision.incidentId === incidentId)),
  )
  return about?.judgement?.judgement ?? null
}
