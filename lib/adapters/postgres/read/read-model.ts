import type { ReadModel } from '../../../ports.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toPolicy } from '../rows/control.ts'
import { toDate, toInstant } from '../rows/instant.ts'
import { toAuditEntry } from '../rows/record.ts'
import { storing } from '../storage-error.ts'
import { controlQueries } from '../tx/control.ts'
import { afterId, toPage } from './cursor.ts'
import { decisionReads } from './decisions.ts'
import { incidentReads } from './incidents.ts'
import { rollbackReads } from './rollbacks.ts'
import { workloadReads } from './workloads.ts'

/** What pages and scripts read. */
export function createReadModel(prisma: PrismaClient): ReadModel {
  return mapErrors({
    ...incidentReads(prisma),
    ...decisionReads(prisma),
    ...rollbackReads(prisma),
    ...workloadReads(prisma),
    ...otherReads(prisma),
  })
}

type OtherReads = Pick<ReadModel, 'audit' | 'control' | 'breakerClosing' | 'policies' | 'heartbeats' | 'oldestDueAt'>

function otherReads(prisma: PrismaClient): OtherReads {
  const control = controlQueries({ db: prisma, touched: new Map() })
  return {
    async audit(page) {
      const rows = await prisma.auditEntry.findMany({ where: afterId(page.cursor), orderBy: { id: 'desc' }, take: page.limit + 1 })
      return toPage(rows, page, toAuditEntry, ({ id }) => [id])
    },
    control: () => control.control(),
    breakerClosing: () => control.breakerClosing(),
    async policies() {
      const rows = await prisma.policy.findMany({ orderBy: { scopeKey: 'asc' } })
      return rows.map(toPolicy)
    },
    async heartbeats() {
      const rows = await prisma.heartbeat.findMany({ orderBy: { name: 'asc' } })
      return rows.map(({ name, lastSeenAt }) => ({ name, lastSeenAt: toInstant(lastSeenAt) }))
    },
    async oldestDueAt(now) {
      const due = { lte: toDate(now) }
      const [episodes, rollbacks] = await Promise.all([
        prisma.episode.aggregate({ _min: { nextEvaluationAt: true }, where: { nextEvaluationAt: due } }),
        prisma.rollback.aggregate({ _min: { nextStepAt: true }, where: { nextStepAt: due } }),
      ])
      const ats = [episodes._min.nextEvaluationAt, rollbacks._min.nextStepAt].flatMap((at) => (at === null ? [] : [at.getTime()]))
      return ats.length === 0 ? null : Math.min(...ats)
    },
  }
}

/** Every read throws what its failure means. */
function mapErrors(reads: ReadModel): ReadModel {
  const mapped = Object.entries(reads).map(([name, read]) => {
    const run = read as (...args: unknown[]) => Promise<unknown>
    return [name, (...args: unknown[]) => storing(() => run(...args))]
  })
  return Object.fromEntries(mapped) as ReadModel
}
