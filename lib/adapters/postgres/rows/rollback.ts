import type { Actor } from '../../../core/actor.ts'
import type { Clocks } from '../../../core/clocks.ts'
import type { OutcomeReason, Phase, Rollback } from '../../../core/rollback.ts'
import type { Verification } from '../../../core/verification.ts'
import type { RevisionRef } from '../../../core/workload.ts'
import type { NewRollback } from '../../../ports.ts'
import type { Prisma, Rollback as RollbackRow, Workload as WorkloadRow } from '../generated/client.ts'
import { toDate, toInstant } from './instant.ts'
import { fromJson, toJson, toJsonOrNull } from './json.ts'
import { toWorkloadRef } from './workload.ts'

export function toRollback(row: RollbackRow & { workload: WorkloadRow }): Rollback {
  return {
    id: row.id,
    version: row.version,
    phase: row.phase as Phase,
    workloadId: row.workloadId,
    workload: toWorkloadRef(row.workload),
    deploymentUid: row.deploymentUid,
    incidentId: row.incidentId,
    decisionId: row.decisionId,
    trigger: row.trigger as Rollback['trigger'],
    reason: row.reason,
    actor: fromJson<Actor>(row.actor),
    dryRun: row.dryRun,
    condemns: row.condemns,
    from: fromJson<RevisionRef>(row.fromRevision),
    to: fromJson<RevisionRef>(row.toRevision),
    generation: Number(row.generation),
    bakeTimeMs: row.bakeTimeMs,
    minRequests: row.minRequests,
    clocks: toClocks(row),
    openedAt: toInstant(row.openedAt),
    phaseSince: toInstant(row.phaseSince),
    nextStepAt: toInstant(row.nextStepAt),
    expiresAt: toInstant(row.expiresAt),
    verification: row.verification === null ? null : fromJson<Verification>(row.verification),
    outcome: row.outcomeReason === null ? null : { reason: row.outcomeReason as OutcomeReason, detail: row.outcomeDetail },
    endedAt: toInstant(row.endedAt),
  }
}

export function fromRollback(rollback: NewRollback): Prisma.RollbackUncheckedCreateInput {
  return fromRollbackChanges(rollback) as Prisma.RollbackUncheckedCreateInput
}

export function fromRollbackChanges(changes: Partial<NewRollback>): Prisma.RollbackUncheckedUpdateManyInput {
  return {
    phase: changes.phase,
    workloadId: changes.workloadId,
    deploymentUid: changes.deploymentUid,
    incidentId: changes.incidentId,
    decisionId: changes.decisionId,
    trigger: changes.trigger,
    reason: changes.reason,
    actor: toJson(changes.actor),
    dryRun: changes.dryRun,
    condemns: changes.condemns,
    fromRevision: toJson(changes.from),
    toRevision: toJson(changes.to),
    toRevisionUid: changes.to?.uid,
    generation: changes.generation,
    bakeTimeMs: changes.bakeTimeMs,
    minRequests: changes.minRequests,
    ...fromClocks(changes.clocks),
    openedAt: toDate(changes.openedAt),
    phaseSince: toDate(changes.phaseSince),
    nextStepAt: toDate(changes.nextStepAt),
    expiresAt: toDate(changes.expiresAt),
    verification: toJsonOrNull(changes.verification),
    ...fromOutcome(changes.outcome),
    endedAt: toDate(changes.endedAt),
  }
}

function toClocks(row: RollbackRow): Clocks {
  return {
    deployedAt: toInstant(row.deployedAt),
    startedAt: toInstant(row.startedAt),
    startedAtSource: row.startedAtSource as Clocks['startedAtSource'],
    receivedAt: toInstant(row.receivedAt),
    decidedAt: toInstant(row.decidedAt),
    undoneAt: toInstant(row.undoneAt),
    restoredAt: toInstant(row.restoredAt),
    mitigatedAt: toInstant(row.mitigatedAt),
    verifiedAt: toInstant(row.verifiedAt),
  }
}

function fromClocks(clocks: Clocks | undefined): Prisma.RollbackUncheckedUpdateManyInput {
  return {
    deployedAt: toDate(clocks?.deployedAt),
    startedAt: toDate(clocks?.startedAt),
    startedAtSource: clocks?.startedAtSource,
    receivedAt: toDate(clocks?.receivedAt),
    decidedAt: toDate(clocks?.decidedAt),
    undoneAt: toDate(clocks?.undoneAt),
    restoredAt: toDate(clocks?.restoredAt),
    mitigatedAt: toDate(clocks?.mitigatedAt),
    verifiedAt: toDate(clocks?.verifiedAt),
  }
}

function fromOutcome(outcome: Rollback['outcome'] | undefined): Prisma.RollbackUncheckedUpdateManyInput {
  if (outcome === undefined) return {}
  return { outcomeReason: outcome?.reason ?? null, outcomeDetail: outcome?.detail ?? null }
}
