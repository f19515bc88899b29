import type { ReadModel } from '../../../ports.ts'
import type { Prisma, PrismaClient } from '../generated/client.ts'
import { toDecision, toDecisionInList, WITH_DECISION } from '../rows/decision.ts'
import { toDate } from '../rows/instant.ts'
import { isUuid } from '../rows/uuid.ts'
import { afterId, badCursor, decodeCursor, toPage } from './cursor.ts'

export function decisionReads(prisma: PrismaClient): Pick<ReadModel, 'decisions' | 'decision' | 'decided'> {
  return {
    async decisions({ workload }, page) {
      const rows = await prisma.decision.findMany({
        where: { ...afterId(page.cursor), ...(workload === null ? {} : { workload }) },
        include: WITH_DECISION,
        omit: { facts: true },
        orderBy: { id: 'desc' },
        take: page.limit + 1,
      })
      return toPage(rows, page, toDecisionInList, ({ id }) => [id])
    },
    async decision(id) {
      const row = isUuid(id) ? await prisma.decision.findUnique({ where: { id }, include: WITH_DECISION }) : null
      return row && toDecision(row)
    },
    async decided({ from, to, namespace, workload }, page) {
      const rows = await prisma.decision.findMany({
        where: {
          trigger: 'alert',
          decidedAt: { gte: toDate(from), lt: toDate(to) },
          AND: [
            afterDecided(page.cursor),
            ...(namespace === null ? [] : [{ workload: { namespace } }]),
            ...(workload === null ? [] : [{ workload }]),
          ],
        },
        include: WITH_DECISION,
        orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
        take: page.limit + 1,
      })
      return toPage(rows, page, toDecision, ({ decidedAt, id }) => [decidedAt.toISOString(), id])
    },
  }
}

/** Replicas' clocks differ, so that the order of ids is not quite that of the decisions. */
function afterDecided(cursor: string | null): Prisma.DecisionWhereInput {
  if (cursor === null) return {}
  const [at = '', id = ''] = decodeCursor(cursor, 2)
  const decidedAt = new Date(at)
  if (Number.isNaN(decidedAt.getTime()) || !isUuid(id)) throw badCursor()
  return { OR: [{ decidedAt: { lt: decidedAt } }, { decidedAt, id: { lt: id } }] }
}
