import type { Instant } from '../../../core/json.ts'
import { OPEN_PHASES } from '../../../core/rollback.ts'
import type { Tx } from '../../../ports.ts'
import { toDate, toInstant } from '../rows/instant.ts'
import { fromRollback, fromRollbackChanges, toRollback } from '../rows/rollback.ts'
import { isUuid } from '../rows/uuid.ts'
import { spentSince } from '../spent-since.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

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
>

const WITH_WORKLOAD = { workload: true } as const

/** Ends that start a cooldown. The others (aborted, declined, expired) stopped before the patch. */
const COOLING = ['succeeded', 'unverified', 'failed', 'superseded', 'simulated']
const UNDER_WAY = OPEN_PHASES.filter((phase) => phase !== 'pending')

export function rollbackQueries({ db, touched }: TxContext): RollbackQueries {
  return {
    async rollback(id) {
      const row = isUuid(id) ? await db.rollback.findUnique({ where: { id }, include: WITH_WORKLOAD }) : null
      return row && toRollback(row)
    },
    async openRollbackOf(workloadId) {
      const row = await db.rollback.findFirst({ where: { workloadId, phase: { in: [...OPEN_PHASES] } }, include: WITH_WORKLOAD })
      return row && toRollback(row)
    },
    async proposalOf(workloadId) {
      const row = await db.rollback.findFirst({ where: { workloadId, phase: 'proposed' }, include: WITH_WORKLOAD })
      return row && toRollback(row)
    },
    async rollbacksOfIncident(incidentId) {
      const rows = await db.rollback.findMany({
        where: { incidentId },
        include: WITH_WORKLOAD,
        orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(toRollback)
    },
    lastRollbackEndedAt: (workloadId) => lastEnd(db, workloadId, COOLING),
    lastSucceededAt: (workloadId) => lastEnd(db, workloadId, ['succeeded']),
    actedSince: (after) => spentSince(db, after),
    async wasRolledBackTo(workloadId, revisionUid) {
      const row = await db.rollback.findFirst({
        where: { workloadId, toRevisionUid: revisionUid, dryRun: false, undoneAt: { not: null } },
        select: { id: true },
      })
      return row !== null
    },
    async insertRollback(rollback) {
      const row = await db.rollback.create({ data: fromRollback(rollback), include: WITH_WORKLOAD })
      touch(touched, 'rollback', row.id)
      touch(touched, 'incident', row.incidentId)
      return toRollback(row)
    },
    async updateRollback(id, version, changes) {
      const [row] = await db.rollback.updateManyAndReturn({
        where: { id, version },
        data: { ...fromRollbackChanges(changes), version: version + 1 },
        select: { incidentId: true },
      })
      if (row === undefined) return false
      touch(touched, 'rollback', id)
      touch(touched, 'incident', row.incidentId)
      return true
    },
    async dueRollbacks(now, limit) {
      const rows = await db.rollback.findMany({
        where: { nextStepAt: { lte: toDate(now) } },
        orderBy: [{ nextStepAt: 'asc' }, { id: 'asc' }],
        take: limit,
        select: { id: true },
      })
      return rows.map(({ id }) => id)
    },
    async rollbacksUnderWay() {
      const rows = await db.rollback.findMany({
        where: { phase: { in: UNDER_WAY }, dryRun: false },
        include: WITH_WORKLOAD,
        orderBy: { id: 'asc' },
      })
      return rows.map(toRollback)
    },
  }
}

async function lastEnd(db: TxContext['db'], workloadId: string, phases: string[]): Promise<Instant | null> {
  const row = await db.rollback.findFirst({
    where: { workloadId, phase: { in: phases }, endedAt: { not: null } },
    orderBy: { endedAt: 'desc' },
    select: { endedAt: true },
  })
  return row && toInstant(row.endedAt)
}
