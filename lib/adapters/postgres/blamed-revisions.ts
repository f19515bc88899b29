import type { Prisma } from './generated/client.ts'

/**
 * Of these ReplicaSet uids of a workload those that an alert was laid to the charge of without being rolled away from: what is acted on is
 * condemned, and that is the stronger word. Where people say that it was blamed wrongly, all that one alert said of the revision is void.
 */
export async function blamedRevisions(
  db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  workloadId: string,
  uids: readonly string[],
): Promise<string[]> {
  if (uids.length === 0) return []
  // Asked under the cluster-wide lock: the index `decision_blaming` finds a revision's first such decision, and no row's facts are read
  // but of the few that people called wrong.
  const rows = await db.$queryRaw<{ uid: string }[]>`
    with wrong as materialized (
      select judged.id, judged.episode_id, judged.facts -> 'workload' -> 'current' ->> 'uid' as uid
      from judgement join decision as judged on judged.id = judgement.decision_id
      where judgement.judgement = 'wrong' and judged.workload_id = ${workloadId}::uuid
    )
    select uid from unnest(${[...uids]}::text[]) as asked (uid) where exists (
      select from decision
      where workload_id = ${workloadId}::uuid and verdict = 'roll_back' and trigger = 'alert'
      and facts -> 'workload' -> 'current' ->> 'uid' = asked.uid
      and (effect in ('simulate', 'propose') or (effect = 'none' and reason <> 'rollback_open'))
      and not exists (
        select from wrong where wrong.uid = asked.uid and (wrong.id = decision.id or wrong.episode_id = decision.episode_id)
      )
    )`
  return rows.map(({ uid }) => uid)
}
