import { type Deploy, newestFirst } from '../../../core/deploy.ts'
import { OPEN_PHASES, type Phase } from '../../../core/rollback.ts'
import type { ReadModel, WorkloadView } from '../../../ports.ts'
import type { Prisma, PrismaClient, Workload as WorkloadRow } from '../generated/client.ts'
import { toInstant } from '../rows/instant.ts'
import { toDeploy, toWorkloadRef } from '../rows/workload.ts'
import { decodeCursor, toPage } from './cursor.ts'

export function workloadReads(prisma: PrismaClient): Pick<ReadModel, 'workloads' | 'workload'> {
  return {
    async workloads({ namespace }, page) {
      const rows = await prisma.workload.findMany({
        where: { AND: [namespace === null ? {} : { namespace }, afterWorkload(page.cursor)] },
        include: WITH_OPEN,
        orderBy: [{ namespace: 'asc' }, { kind: 'asc' }, { name: 'asc' }],
        take: page.limit + 1,
      })
      const current = await currentDeploys(
        prisma,
        rows.map(({ id }) => id),
      )
      return toPage(
        rows,
        page,
        (row) => toView(row, current.get(row.id) ?? null),
        (row) => [row.namespace, row.kind, row.name],
      )
    },
    async workload({ namespace, kind, name }) {
      const row = await prisma.workload.findUnique({
        where: { namespace_kind_name: { namespace, kind, name } },
        include: { ...WITH_OPEN, deploys: true, condemnations: { where: { liftedAt: null }, select: { materialFingerprint: true } } },
      })
      if (row === null) return null
      const condemned = new Set(row.condemnations.map(({ materialFingerprint }) => materialFingerprint))
      const deploys = newestFirst(row.deploys.map(toDeploy))
      return {
        ...toView(row, deploys[0] ?? null),
        deploys: deploys.map((deploy) => ({ ...deploy, condemned: condemned.has(deploy.revision.materialFingerprint) })),
      }
    },
  }
}

/** The unique indexes allow one of each. */
const WITH_OPEN = {
  incidents: { where: { closedAt: null }, select: { id: true } },
  rollbacks: { where: { phase: { in: [...OPEN_PHASES] } }, select: { id: true, phase: true } },
} satisfies Prisma.WorkloadInclude

type WithOpen = WorkloadRow & { incidents: { id: string }[]; rollbacks: { id: string; phase: string }[] }

function toView({ incidents, rollbacks, ...row }: WithOpen, current: Deploy | null): WorkloadView {
  const [rollback] = rollbacks
  return {
    ref: toWorkloadRef(row),
    firstSeenAt: toInstant(row.firstSeenAt),
    current,
    openIncidentId: incidents[0]?.id ?? null,
    openRollback: rollback === undefined ? null : { id: rollback.id, phase: rollback.phase as Phase },
  }
}

/** The first of `newestFirst` for each workload, without reading them all. */
async function currentDeploys(prisma: PrismaClient, workloadIds: string[]): Promise<Map<string, Deploy>> {
  const ids = await prisma.$queryRaw<{ id: string }[]>`
    select distinct on (workload_id) id from (
      select id, workload_id, deployment_uid, revision_number,
        max(deployed_at) over (partition by workload_id, deployment_uid) as last_seen
      from deploy where workload_id = any(${workloadIds}::uuid[])
    ) as seen order by workload_id, last_seen desc, deployment_uid desc, revision_number desc`
  const rows = await prisma.deploy.findMany({ where: { id: { in: ids.map(({ id }) => id) } } })
  return new Map(rows.map((row) => [row.workloadId, toDeploy(row)]))
}

/** By name, as people look for them. */
function afterWorkload(cursor: string | null): Prisma.WorkloadWhereInput {
  if (cursor === null) return {}
  const [namespace = '', kind = '', name = ''] = decodeCursor(cursor, 3)
  return {
    OR: [{ namespace: { gt: namespace } }, { namespace, kind: { gt: kind } }, { namespace, kind, name: { gt: name } }],
  }
}
