import type { Instant } from '../../../core/json.ts'
import { type ReleasedTogether, releasedTogether, TOGETHER_MS } from '../../../core/released-together.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toDate, toInstant } from '../rows/instant.ts'
import { toDeploy, toWorkloadRef } from '../rows/workload.ts'

/** More deploys than these within minutes are a cluster that was set up, not a release. */
const MOST = 500

interface Asking {
  workloadId: string
  /** Null: not known; then the last one before `by`. */
  revisionUid: string | null
  /** When the incident, or the rollback, was opened. */
  by: Instant
}

/** Who was released at about the same time as the revision that is to blame. Null: its deploy is not on record. */
export async function readReleasedTogether(
  prisma: PrismaClient,
  { workloadId, revisionUid, by }: Asking,
): Promise<ReleasedTogether | null> {
  const own = await prisma.deploy.findFirst({
    where: { workloadId, ...(revisionUid !== null && { revisionUid }), deployedAt: { lte: toDate(by) } },
    orderBy: { deployedAt: 'desc' },
    include: { workload: true },
  })
  if (own === null) return null
  const deployedAt = toInstant(own.deployedAt)
  const around = { gte: toDate(deployedAt - TOGETHER_MS), lte: toDate(deployedAt + TOGETHER_MS) }
  const deploys = await prisma.deploy.findMany({
    where: { workloadId: { not: workloadId }, deployedAt: around },
    include: { workload: true },
    orderBy: [{ deployedAt: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const ids = [...new Set(deploys.map((deploy) => deploy.workloadId))]
  const incidents = await prisma.incident.findMany({
    where: { workloadId: { in: ids }, OR: [{ closedAt: null }, { startedAt: { gte: around.gte } }] },
    include: { workload: true },
    orderBy: { startedAt: 'desc' },
    take: MOST,
  })
  return releasedTogether(
    { workload: toWorkloadRef(own.workload), deployedAt },
    {
      deploys: deploys.map((row) => ({ ...pick(row), workload: toWorkloadRef(row.workload) })),
      incidents: incidents.map(({ id, workload, startedAt, closedAt }) => ({
        id,
        workload: toWorkloadRef(workload),
        startedAt: toInstant(startedAt),
        closedAt: toInstant(closedAt),
      })),
    },
  )
}

function pick(row: Parameters<typeof toDeploy>[0]) {
  const { revision, deployedAt } = toDeploy(row)
  return { revision, deployedAt }
}
