import type { Evidence } from '../../../core/evidence.ts'
import { OPEN_PHASES, type Rollback, type RollbackFilter } from '../../../core/rollback.ts'
import type { ReadModel } from '../../../ports.ts'
import type { Prisma, PrismaClient } from '../generated/client.ts'
import { fromJson } from '../rows/json.ts'
import { toJudgement } from '../rows/judgement.ts'
import { toTimelineEvent } from '../rows/record.ts'
import { toRollback } from '../rows/rollback.ts'
import { isUuid } from '../rows/uuid.ts'
import { spentSince } from '../spent-since.ts'
import { afterId, toPage } from './cursor.ts'
import { readReleasedTogether } from './released-together.ts'

export function rollbackReads(prisma: PrismaClient): Pick<ReadModel, 'rollbacks' | 'rollback' | 'spentSince'> {
  return {
    async rollbacks(filter, page) {
      const rows = await prisma.rollback.findMany({
        where: { ...afterId(page.cursor), AND: conditions(filter) },
        include: { workload: true },
        orderBy: { id: 'desc' },
        take: page.limit + 1,
      })
      return toPage(rows, page, toRollback, ({ id }) => [id])
    },
    async rollback(id) {
      if (!isUuid(id)) return null
      const row = await prisma.rollback.findUnique({
        where: { id },
        include: { workload: true, timeline: { orderBy: [{ at: 'asc' }, { id: 'asc' }] }, decision: { select: { judgement: true } } },
      })
      if (row === null) return null
      const rollback = toRollback(row)
      const { judgement } = row.decision
      const { workloadId, from, openedAt } = rollback
      return {
        rollback,
        timeline: row.timeline.map(toTimelineEvent),
        evidence: await evidenceOf(prisma, rollback),
        together: await readReleasedTogether(prisma, { workloadId, revisionUid: from.uid, by: openedAt }),
        judgement: judgement && toJudgement(judgement),
      }
    },
    async spentSince(after) {
      const spent = await spentSince(prisma, after)
      const rows = await prisma.rollback.findMany({ where: { id: { in: spent.map(({ id }) => id) } }, include: { workload: true } })
      const known = new Map(rows.map((row) => [row.id, toRollback(row)]))
      return spent.flatMap(({ id, at }) => {
        const rollback = known.get(id)
        if (rollback === undefined) return []
        const { workload, phase, incidentId, from, to } = rollback
        return [{ id, at, workload, phase, incidentId, from: from.number, to: to.number }]
      })
    },
  }
}

async function evidenceOf(prisma: PrismaClient, { id, incidentId, from }: Rollback): Promise<Evidence | null> {
  const of = incidentId === null ? { rollbackId: id } : { incidentId }
  const row = await prisma.evidence.findFirst({ where: { ...of, revisionUid: from.uid } })
  return row && fromJson<Evidence>(row.record)
}

function conditions({ phase, workload, open }: RollbackFilter): Prisma.RollbackWhereInput[] {
  const isOpen = { in: [...OPEN_PHASES] }
  return [
    ...(phase === null ? [] : [{ phase }]),
    ...(workload === null ? [] : [{ workload }]),
    ...(open === null ? [] : [{ phase: open ? isOpen : { not: isOpen } }]),
  ]
}
