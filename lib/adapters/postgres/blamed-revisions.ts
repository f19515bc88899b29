import type { Prisma } from './generated/client.ts'

/**
 * ReplicaSet uids of a workload that an alert was laid to the charge of without being rolled away from: what is acted on is condemned,
 * and that is the stronger word. Where people say that it was blamed wrongly, all that one alert said of the revision is void.
 */
export async function blamedRevisions(db: Pick<Prisma.TransactionClient, '$queryRaw'>, workloadId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ uid: string | null }[]>`
    select distinct facts -> 'workload' -> 'current' ->> 'uid' as uid from decision
    where workload_id = ${workloadId}::uuid and verdict = 'roll_back' and trigger = 'alert'
    and (effect in ('simulate', 'propose') or (effect = 'none' and reason <> 'rollback_open'))
    and not exists (
      select from judgement join decision as judged on judged.id = judgement.decision_id
      where judgement.judgement = 'wrong' and judged.workload_id = ${workloadId}::uuid
      and (judged.id = decision.id or judged.episode_id = decision.episode_id)
      and judged.facts -> 'workload' -> 'current' ->> 'uid' = decision.facts -> 'workload' -> 'current' ->> 'uid'
    )`
  return rows.flatMap(({ uid }) => uid ?? [])
}
