import { OPEN_PHASES } from '../../../core/rollback.ts'
import type { ReadModel, RollbackFilter } from '../../../ports.ts'
import type { Prisma, PrismaClient } from '../generated/client.ts'
import { toTimelineEvent } from '../rows/record.ts'
import { toRollback } from '../rows/rollback.ts'
import { isUuid } from '../rows/uuid.ts'
import { afterId, toPage } from './cursor.ts'

export function rollbackReads(prisma: PrismaClient): Pick<ReadModel, 'rollbacks' | 'rollback'> {
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
        include: { workload: true, timeline: { orderBy: [{ at: 'asc' }, { id: 'asc' }] } },
      })
      return row && { rollback: toRollback(row), timeline: row.timeline.map(toTimelineEvent) }
    },
  }
}

function conditions({ phase, workload, open }: RollbackFilter): Prisma.RollbackWhereInput[] {
  const isOpen = { in: [...OPEN_PHASES] }
  return [
    ...(phase === null ? [] : [{ phase }]),
    ...(workload === null ? [] : [{ workload }]),
    ...(open === null ? [] : [{ phase: open ? isOpen : { not: isOpen } }]),
  ]
}
