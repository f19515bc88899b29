import type { Candidate, Check, DecisionInList, DecisionRecord, Facts } from '../../../core/decision.ts'
import type { NewDecision } from '../../../ports.ts'
import type { Decision as DecisionRow, Judgement as JudgementRow, Prisma, Workload as WorkloadRow } from '../generated/client.ts'
import { toDate, toInstant } from './instant.ts'
import { fromJson, toJson, toJsonOrNull } from './json.ts'
import { toJudgement } from './judgement.ts'
import { toWorkloadRef } from './workload.ts'

/** What `toDecision` reads beside the row. */
export const WITH_DECISION = { workload: true, rollback: { select: { id: true } }, judgement: true } as const

type Row = DecisionRow & { workload: WorkloadRow | null; rollback: { id: string } | null; judgement: JudgementRow | null }

export function toDecision(row: Row): DecisionRecord {
  return { ...toDecisionInList(row), facts: fromJson<Facts>(row.facts) }
}

export function toDecisionInList(row: Omit<Row, 'facts'>): DecisionInList {
  return {
    id: row.id,
    trigger: row.trigger as DecisionRecord['trigger'],
    episodeId: row.episodeId,
    incidentId: row.incidentId,
    workloadId: row.workloadId,
    workload: row.workload && toWorkloadRef(row.workload),
    rollbackId: row.rollback?.id ?? null,
    decidedAt: toInstant(row.decidedAt),
    verdict: row.verdict as DecisionRecord['verdict'],
    effect: row.effect as DecisionRecord['effect'],
    reason: row.reason as DecisionRecord['reason'],
    checks: fromJson<Check[]>(row.checks),
    target: row.target === null ? null : fromJson<Candidate>(row.target),
    decideAgainAt: toInstant(row.decideAgainAt),
    judgement: row.judgement && toJudgement(row.judgement),
  }
}

export function fromDecision(decision: NewDecision): Prisma.DecisionUncheckedCreateInput {
  return {
    trigger: decision.trigger,
    episodeId: decision.episodeId,
    incidentId: decision.incidentId,
    workloadId: decision.workloadId,
    decidedAt: toDate(decision.decidedAt),
    verdict: decision.verdict,
    effect: decision.effect,
    reason: decision.reason,
    checks: toJson(decision.checks),
    target: toJsonOrNull(decision.target),
    decideAgainAt: toDate(decision.decideAgainAt),
    facts: toJson(decision.facts),
  }
}
