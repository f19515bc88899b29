import type { Evidence } from '../../../core/evidence.ts'
import type { ReadModel } from '../../../ports.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toDecision, WITH_DECISION } from '../rows/decision.ts'
import { toEpisode } from '../rows/episode.ts'
import { toIncident } from '../rows/incident.ts'
import { fromJson } from '../rows/json.ts'
import { toTimelineEvent } from '../rows/record.ts'
import { toRollback } from '../rows/rollback.ts'
import { isUuid } from '../rows/uuid.ts'
import { afterId, toPage } from './cursor.ts'

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
    async incident(id) {
      if (!isUuid(id)) return null
      const row = await prisma.incident.findUnique({
        where: { id },
        include: {
          workload: true,
          episodes: { orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] },
          decisions: { include: WITH_DECISION, orderBy: [{ decidedAt: 'asc' }, { id: 'asc' }] },
          rollbacks: { include: { workload: true }, orderBy: [{ openedAt: 'asc' }, { id: 'asc' }] },
          timeline: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
          evidence: { orderBy: { id: 'asc' } },
        },
      })
      if (row === null) return null
      return {
        incident: toIncident(row),
        episodes: row.episodes.map(toEpisode),
        decisions: row.decisions.map(toDecision),
        rollbacks: row.rollbacks.map(toRollback),
        timeline: row.timeline.map(toTimelineEvent),
        evidence: row.evidence.map(({ record }) => fromJson<Evidence>(record)),
      }
    },
  }
}
