import { spendsBudget } from '../core/breaker.ts'
import { SnapbackError } from '../core/errors.ts'
import { isOpen, type Rollback } from '../core/rollback.ts'
import type { Tx } from '../ports.ts'
import { checkRollback } from './fake-checks.ts'
import { update } from './fake-row.ts'
import { type FakeTables, nextId } from './fake-tables.ts'
import { workloadRef } from './fake-workloads.ts'

type RollbackQueries = Pick<
  Tx,
  | 'rollback'
  | 'openRollbackOf'
  | 'proposalOf'
  | 'rollbacksOfIncident'
  | 'lastRollbackEndedAt'
  | 'lastSucceededAt'
  | 'actedSince'
  | 'wasRolledBackTo'
  | 'insertRollback'
  | 'updateRollback'
  | 'dueRollbacks'
  | 'rollbacksUnderWay'
  | 'condemnedOf'
  | 'condemn'
  | 'takeBackCondemnation'
>

/** Ends that were not without consequence: the others stopped before the patch. */
const COOLING: readonly Rollback['phase'][] = ['succeeded', 'unverified', 'failed', 'superseded', 'simulated']
const UNDER_WAY: readonly Rollback['phase'][] = ['undoing', 'progressing', 'verifying']

export function fakeRollbacks(tables: FakeTables): RollbackQueries {
  const of = (workloadId: string) => tables.rollbacks.filter((one) => one.workloadId === workloadId)
  return {
    async rollback(id) {
      return tables.rollbacks.find((one) => one.id === id) ?? null
    },
    async openRollbackOf(workloadId) {
      return of(workloadId).find((one) => isOpen(one.phase)) ?? null
    },
    async proposalOf(workloadId) {
      return of(workloadId).find((one) => one.phase === 'proposed') ?? null
    },
    async rollbacksOfIncident(incidentId) {
      return tables.rollbacks.filter((one) => one.incidentId === incidentId).sort((a, b) => a.openedAt - b.openedAt)
    },
    async lastRollbackEndedAt(workloadId) {
      const ends = of(workloadId).flatMap((one) => (COOLING.includes(one.phase) && one.endedAt !== null ? [one.endedAt] : []))
      return ends.length === 0 ? null : Math.max(...ends)
    },
    async lastSucceededAt(workloadId) {
      const ends = of(workloadId).flatMap(({ phase, endedAt }) => (phase === 'succeeded' && endedAt !== null ? [endedAt] : []))
      return ends.length === 0 ? null : Math.max(...ends)
    },
    async actedSince(after) {
      const letOff = new Set(tables.breakerClosing?.rollbacks.map(({ id }) => id))
      const acted = tables.rollbacks.filter((one) => spendsBudget(one) && one.openedAt > after && !letOff.has(one.id))
      return acted.map(({ id, openedAt }) => ({ id, at: openedAt })).sort((a, b) => a.at - b.at)
    },
    async wasRolledBackTo(workloadId, revisionUid) {
      return of(workloadId).some((one) => !one.dryRun && one.to.uid === revisionUid && one.clocks.undoneAt !== null)
    },
    async insertRollback(draft) {
      const workload = workloadRef(tables, draft.workloadId)
      const decision = tables.decisions.find((one) => one.id === draft.decisionId)
      if (decision === undefined) throw new Error(`foreign key: there is no decision ${draft.decisionId}`)
      if (decision.rollbackId !== null) throw new SnapbackError('conflict', 'this decision has led to a rollback already')
      const rollback: Rollback = { ...draft, id: nextId(tables), version: 1, workload }
      checkRollback(rollback)
      refuseSecond(tables, rollback)
      tables.rollbacks.push(rollback)
      decision.rollbackId = rollback.id
      return rollback
    },
    async updateRollback(id, version, changes) {
      const before = tables.rollbacks.find((one) => one.id === id && one.version === version)
      if (before === undefined) return false
      refuseSecond(tables, { ...before, ...changes, id })
      return update(tables.rollbacks, before, changes, checkRollback)
    },
    async dueRollbacks(now, limit) {
      const at = ({ nextStepAt }: Rollback) => nextStepAt ?? Number.POSITIVE_INFINITY
      const due = tables.rollbacks.filter((one) => at(one) <= now).sort((a, b) => at(a) - at(b))
      return due.slice(0, limit).map(({ id }) => id)
    },
    async rollbacksUnderWay() {
      return tables.rollbacks.filter((one) => UNDER_WAY.includes(one.phase) && !one.dryRun)
    },
    async condemnedOf(workloadId) {
      return new Set(tables.condemnations.filter((one) => one.workloadId === workloadId).map((one) => one.materialFingerprint))
    },
    async condemn(condemnation) {
      const { workloadId, materialFingerprint } = condemnation
      const isKnown = tables.condemnations.some((one) => one.workloadId === workloadId && one.materialFingerprint === materialFingerprint)
      if (!isKnown) tables.condemnations.push(condemnation)
    },
    async takeBackCondemnation({ workloadId, materialFingerprint, rollbackId }) {
      const found = tables.condemnations.find(
        (one) =>
          one.workloadId === workloadId &&
          one.materialFingerprint === materialFingerprint &&
          (rollbackId === undefined || one.rollbackId === rollbackId),
      )
      if (found === undefined) return null
      tables.condemnations = tables.condemnations.filter((one) => one !== found)
      return { materialFingerprint, rollbackId: found.rollbackId, images: found.images, condemnedAt: found.at }
    },
  }
}

function refuseSecond({ rollbacks }: FakeTables, { id, workloadId, phase }: Rollback): void {
  const others = rollbacks.filter((one) => one.workloadId === workloadId && one.id !== id)
  if (isOpen(phase) && others.some((one) => isOpen(one.phase))) {
    throw new SnapbackError('conflict', 'a rollback of this workload is open already')
  }
  if (phase === 'proposed' && others.some((one) => one.phase === 'proposed')) {
    throw new SnapbackError('conflict', 'a rollback of this workload is proposed already')
  }
}
