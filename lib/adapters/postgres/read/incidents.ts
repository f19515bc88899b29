import type { ReadModel } from '../../../ports.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toIncident } from '../rows/incident.ts'
import { afterId, toPage } from './cursor.ts'
import { readIncidentDetail } from './incident-detail.ts'

export function incidentReads(prisma: PrismaClient): Pick<ReadModel, 'incidents' | 'incident'> {
  return {
    async incidents({ open, workload = null }, page) {
      const rows = await prisma.incident.findMany({
        where: {
          ...afterId(page.cursor),
          ...(open === null ? {} : { closedAt: open ? null : { not: null } }),
          ...(workload === null ? {} : { workload }),
        },
        include: { workload: true },
        orderBy: { id: 'desc' },
        take: page.limit + 1,
      })
      return toPage(rows, page, toIncident, ({ id }) => [id])
    },
    incident: (id) => readIncidentDetail(prisma, id),
  }
}
