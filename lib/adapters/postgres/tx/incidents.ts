import type { Tx } from '../../../ports.ts'
import { blamedRevisions } from '../blamed-revisions.ts'
import { fromDecision } from '../rows/decision.ts'
import { toIncident } from '../rows/incident.ts'
import { toDate, toInstant } from '../rows/instant.ts'
import { isUuid } from '../rows/uuid.ts'
import { toWorkloadRef } from '../rows/workload.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

type IncidentQueries = Pick<
  Tx,
  'openIncident' | 'incident' | 'insertIncident' | 'updateIncident' | 'incidentsBegun' | 'insertDecision' | 'blamedRevisions'
>

const WITH_WORKLOAD = { workload: true } as const

export function incidentQueries({ db, touched }: TxContext): IncidentQueries {
  return {
    async openIncident(workloadId, lock) {
      // A second look after the wait: the one that was open may have been closed meanwhile.
      if (lock) await db.$queryRaw`select 1 from incident where workload_id = ${workloadId}::uuid and closed_at is null for no key update`
      const row = await db.incident.findFirst({ where: { workloadId, closedAt: null }, include: WITH_WORKLOAD })
      return row && toIncident(row)
    },
    async incident(id, lock) {
      // Not FOR UPDATE: that would make every new line of its timeline wait too, and close circles.
      if (lock && isUuid(id)) await db.$queryRaw`select 1 from incident where id = ${id}::uuid for no key update`
      const row = isUuid(id) ? await db.incident.findUnique({ where: { id }, include: WITH_WORKLOAD }) : null
      return row && toIncident(row)
    },
    async insertIncident({ workloadId, openedAt, startedAt, startedAtSource }) {
      const row = await db.incident.create({
        data: { workloadId, openedAt: toDate(openedAt), startedAt: toDate(startedAt), startedAtSource },
        include: WITH_WORKLOAD,
      })
      touch(touched, 'incident', row.id)
      return toIncident(row)
    },
    async updateIncident(id, version, { closedAt, outcome }) {
      const { count } = await db.incident.updateMany({
        where: { id, version },
        data: { closedAt: toDate(closedAt), outcome, version: version + 1 },
      })
      if (count > 0) touch(touched, 'incident', id)
      return count > 0
    },
    async incidentsBegun(from, to) {
      const rows = await db.incident.findMany({
        where: { startedAt: { gte: toDate(from), lte: toDate(to) } },
        include: WITH_WORKLOAD,
        orderBy: { startedAt: 'asc' },
      })
      return rows.map(({ workload, startedAt }) => ({ workload: toWorkloadRef(workload), startedAt: toInstant(startedAt) }))
    },
    async blamedRevisions(workloadId, uids) {
      return new Set(await blamedRevisions(db, workloadId, uids))
    },
    async insertDecision(decision) {
      const { id } = await db.decision.create({ data: fromDecision(decision), select: { id: true } })
      touch(touched, 'decision', id)
      touch(touched, 'incident', decision.incidentId)
      return id
    },
  }
}
