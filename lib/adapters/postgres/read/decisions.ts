import type { ReadModel } from '../../../ports.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toDecision, toDecisionInList, WITH_DECISION } from '../rows/decision.ts'
import { isUuid } from '../rows/uuid.ts'
import { afterId, toPage } from './cursor.ts'

export function decisionReads(prisma: PrismaClient): Pick<ReadModel, 'decisions' | 'decision'> {
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
  }
}
