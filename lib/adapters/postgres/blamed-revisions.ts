import type { Prisma } from './generated/client.ts'

/**
 * ReplicaSet uids of a workload that an alert was laid to the charge of without being rolled away from: what is acted on is condemned,
 * and that is the stronger word.
 */
export async function blamedRevisions(db: Pick<Prisma.TransactionClient, '$queryRaw'>, workloadId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ uid: string | null }[]>`
    select distinct facts -> 'workload' -> 'current' ->> 'uid' as uid from decision
    where workload_id = ${workloadId}::uuid and verdict = 'roll_back' and trigger = 'alert'
    and (effect in ('simulate', 'propose') or (effect = 'none' and reason <> 'rollback_open'))`
  return rows.flatMap(({ uid }) => uid ?? [])
}
