import type { Deploy } from '../../../core/deploy.ts'
import { OPEN_PHASES, type Phase } from '../../../core/rollback.ts'
import type { WorkloadFilter, WorkloadView } from '../../../core/workload-view.ts'
import type { ReadModel } from '../../../ports.ts'
import { blamedRevisions } from '../blamed-revisions.ts'
import type { Prisma, PrismaClient, Workload as WorkloadRow } from '../generated/client.ts'
import { toCondemnation } from '../rows/condemnation.ts'
import { toInstant } from '../rows/instant.ts'
import { toDeploy, toWorkloadRef } from '../rows/workload.ts'
import { decodeCursor, toPage } from './cursor.ts'
import { lastUndos } from './last-undos.ts'

/** Deploys, and incidents, that one workload is read with: somebody who deploys often has thousands. */
const MOST = 100

export function workloadReads(
  prisma: PrismaClient,
): Pick<ReadModel, 'workloads' | 'workload' | 'namespaces' | 'revisions' | 'condemnations'> {
  return {
    async workloads(filter, page) {
      const rows = await prisma.workload.findMany({
        where: { AND: [...conditions(filter), afterWorkload(page.cursor)] },
        include: WITH_OPEN,
        orderBy: [{ namespace: 'asc' }, { kind: 'asc' }, { name: 'asc' }],
        take: page.limit + 1,
      })
      const ids = rows.map(({ id }) => id)
      const [current, last, undos] = await Promise.all([currentDeploys(prisma, ids), lastRollbacks(prisma, ids), lastUndos(prisma, ids)])
      return toPage(
        rows,
        page,
        (row) => toView(row, { current: current.get(row.id), lastRollback: last.get(row.id), lastUndo: undos.get(row.id) }),
        (row) => [row.namespace, row.kind, row.name],
      )
    },
    async workload({ namespace, kind, name }) {
      const row = await prisma.workload.findUnique({
        where: { namespace_kind_name: { namespace, kind, name } },
        include: { ...WITH_OPEN, condemnations: { where: { liftedAt: null }, select: { materialFingerprint: true } } },
      })
      if (row === null) return null
      const [last, deploys, undos] = await Promise.all([
        lastRollbacks(prisma, [row.id]),
        newestDeploys(prisma, row.id),
        lastUndos(prisma, [row.id]),
      ])
      const condemned = new Set(row.condemnations.map(({ materialFingerprint }) => materialFingerprint))
      return {
        ...toView(row, { current: deploys[0], lastRollback: last.get(row.id), lastUndo: undos.get(row.id) }),
        deploys: deploys.map((deploy) => ({ ...deploy, condemned: condemned.has(deploy.revision.materialFingerprint) })),
      }
    },
    async condemnations(workload) {
      const rows = await prisma.condemnation.findMany({
        where: { workload, liftedAt: null },
        orderBy: [{ condemnedAt: 'desc' }, { id: 'desc' }],
      })
      return rows.map(toCondemnation)
    },
    async namespaces() {
      const rows = await prisma.workload.findMany({ distinct: ['namespace'], select: { namespace: true }, orderBy: { namespace: 'asc' } })
      return rows.map(({ namespace }) => namespace)
    },
    async revisions({ namespace, kind, name }) {
      const row = await prisma.workload.findUnique({
        where: { namespace_kind_name: { namespace, kind, name } },
        include: { condemnations: { where: { liftedAt: null } }, incidents: { orderBy: { startedAt: 'desc' }, take: MOST } },
      })
      if (row === null) return null
      const deploys = await newestDeploys(prisma, row.id)
      const uids = [...new Set(deploys.map(({ revision }) => revision.uid))]
      return {
        deploys,
        condemnations: row.condemnations.map(toCondemnation),
        incidents: row.incidents.reverse().map(({ id, startedAt }) => ({ id, startedAt: toInstant(startedAt) })),
        blamedUids: await blamedRevisions(prisma, row.id, uids),
      }
    },
  }
}

function conditions({ namespace, search = null }: WorkloadFilter): Prisma.WorkloadWhereInput[] {
  // A name has no capitals; what people type may.
  return [...(namespace === null ? [] : [{ namespace }]), ...(search === null ? [] : [{ name: { contains: search.toLowerCase() } }])]
}

/** The unique indexes allow one of each. */
const WITH_OPEN = {
  incidents: { where: { closedAt: null }, select: { id: true } },
  rollbacks: { where: { phase: { in: [...OPEN_PHASES] } }, select: { id: true, phase: true } },
} satisfies Prisma.WorkloadInclude

type WithOpen = WorkloadRow & { incidents: { id: string }[]; rollbacks: { id: string; phase: string }[] }

/** What was read beside the row; what is not there is null. */
type Beside = { [Key in 'current' | 'lastRollback' | 'lastUndo']: WorkloadView[Key] | undefined }

function toView(
  { incidents, rollbacks, ...row }: WithOpen,
  { current = null, lastRollback = null, lastUndo = null }: Beside,
): WorkloadView {
  const [rollback] = rollbacks
  return {
    ref: toWorkloadRef(row),
    firstSeenAt: toInstant(row.firstSeenAt),
    current,
    openIncidentId: incidents[0]?.id ?? null,
    openRollback: rollback === undefined ? null : { id: rollback.id, phase: rollback.phase as Phase },
    lastRollback,
    lastUndo,
  }
}

/** The first of `newestFirst`, in its order. */
async function newestDeploys(prisma: PrismaClient, workloadId: string): Promise<Deploy[]> {
  const ids = await prisma.$queryRaw<{ id: string }[]>`
    select id from (
      select id, deployment_uid, revision_number, max(deployed_at) over (partition by deployment_uid) as last_seen
      from deploy where workload_id = ${workloadId}::uuid
    ) as seen order by last_seen desc, deployment_uid desc, revision_number desc limit ${MOST}`
  const rows = await prisma.deploy.findMany({ where: { id: { in: ids.map(({ id }) => id) } } })
  const deploys = new Map(rows.map((row) => [row.id, toDeploy(row)]))
  return ids.flatMap(({ id }) => deploys.get(id) ?? [])
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

/** What ended last of each workload. */
async function lastRollbacks(prisma: PrismaClient, workloadIds: string[]): Promise<Map<string, WorkloadView['lastRollback']>> {
  const rows = await prisma.$queryRaw<{ workload_id: string; id: string; phase: string; ended_at: Date }[]>`
    select distinct on (workload_id) workload_id, id, phase, ended_at from rollback
    where workload_id = any(${workloadIds}::uuid[]) and ended_at is not null order by workload_id, ended_at desc, id desc`
  return new Map(rows.map((row) => [row.workload_id, { id: row.id, phase: row.phase as Phase, endedAt: toInstant(row.ended_at) }]))
}

/** By name, as people look for them. */
function afterWorkload(cursor: string | null): Prisma.WorkloadWhereInput {
  if (cursor === null) return {}
  const [namespace = '', kind = '', name = ''] = decodeCursor(cursor, 3)
  return {
    OR: [{ namespace: { gt: namespace } }, { namespace, kind: { gt: kind } }, { namespace, kind, name: { gt: name } }],
  }
}
