import type { Episode } from '../../../core/alert.ts'
import { OPEN_PHASES } from '../../../core/rollback.ts'
import type { Tx } from '../../../ports.ts'
import { Prisma } from '../generated/client.ts'
import { fromEpisode, fromEpisodeChanges, fromNewEpisode, toEpisode } from '../rows/episode.ts'
import { toDate, toInstant } from '../rows/instant.ts'
import { isUuid } from '../rows/uuid.ts'
import { toWorkloadRef } from '../rows/workload.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

type EpisodeQueries = Pick<
  Tx,
  | 'latestEpisodes'
  | 'insertEpisode'
  | 'insertEpisodes'
  | 'hearEpisodes'
  | 'episode'
  | 'episodesOfIncident'
  | 'updateEpisode'
  | 'reevaluateHeld'
  | 'reevaluateDeployedAgain'
  | 'workloadsHeldFor'
  | 'dueEpisodes'
  | 'episodesBegun'
>

/** Rows a statement: a statement takes 32,767 values, and an episode has 15. */
const ROWS = 1_000

/** Fingerprints share this many locks: a delivery of thousands would else fill Postgres' lock table (64 a connection). */
const FINGERPRINT_LOCKS = 256

export function episodeQueries({ db, touched }: TxContext): EpisodeQueries {
  return {
    async latestEpisodes(fingerprints) {
      // One statement over sorted keys: two deliveries that overlap take their locks in the same order. The read
      // is a statement of its own, so that it sees what the other delivery committed while this one waited.
      await db.$executeRaw`
        select pg_advisory_xact_lock(key) from (
          select distinct hashtextextended('episode/' || abs(hashtextextended(fingerprint, 0) % ${FINGERPRINT_LOCKS}::bigint), 0) as key
          from unnest(${[...fingerprints]}::text[]) as fingerprint order by key
        ) as keys`
      // The open one, else the one that ended last. A later one is stored only after the end of the one before,
      // so this is the order of storing, whatever the replicas' clocks say.
      // Two of each at most are read: an alert that flaps for months has thousands.
      const latest = await db.$queryRaw<{ id: string; lastEndedAt: Date | null }[]>`
        select latest.id, latest.last_ended_at as "lastEndedAt"
        from (select distinct fingerprint from unnest(${[...fingerprints]}::text[]) as fingerprint) as given
        cross join lateral (
          select id, max(resolved_at) over () as last_ended_at from (
            select id, resolved_at, received_at from episode where episode.fingerprint = given.fingerprint
            order by resolved_at desc nulls first, received_at desc, id desc limit 2
          ) as last_two
          order by resolved_at desc nulls first, received_at desc, id desc limit 1
        ) as latest`
      const ends = new Map(latest.map(({ id, lastEndedAt }) => [id, toInstant(lastEndedAt)]))
      const rows = await db.episode.findMany({ where: { id: { in: [...ends.keys()] } } })
      return new Map(rows.map((row) => [row.fingerprint, { ...toEpisode(row), lastEndedAt: ends.get(row.id) ?? null }]))
    },
    async insertEpisode(episode) {
      touch(touched, 'incident', episode.incidentId)
      return toEpisode(await db.episode.create({ data: fromEpisode(episode) }))
    },
    async insertEpisodes(episodes) {
      const inserted: Episode[] = []
      for (let from = 0; from < episodes.length; from += ROWS) {
        const rows = await db.episode.createManyAndReturn({ data: episodes.slice(from, from + ROWS).map(fromNewEpisode) })
        inserted.push(...rows.map(toEpisode))
      }
      for (const { incidentId } of inserted) touch(touched, 'incident', incidentId)
      return inserted
    },
    async hearEpisodes(heard) {
      if (heard.length === 0) return
      const rows = heard.map((one) => ({
        id: one.id,
        status: one.status,
        starts_at: toDate(one.startsAt),
        resolved_at: toDate(one.resolvedAt),
        last_seen_at: toDate(one.lastSeenAt),
        truncated_alerts: one.truncatedAlerts,
        sets_evaluation: one.setsEvaluation,
        next_evaluation_at: toDate(one.nextEvaluationAt),
        ask_again_until: toDate(one.askAgainUntil),
      }))
      // Locked in the order of ids, as everybody does it.
      await db.$executeRaw`
        with heard as (
          select said.* from episode
          join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (
            id uuid, status text, starts_at timestamptz, resolved_at timestamptz, last_seen_at timestamptz, truncated_alerts int,
            sets_evaluation boolean, next_evaluation_at timestamptz, ask_again_until timestamptz
          ) on said.id = episode.id
          order by episode.id for update of episode
        )
        update episode set
          status = heard.status, starts_at = heard.starts_at, resolved_at = heard.resolved_at,
          last_seen_at = greatest(episode.last_seen_at, heard.last_seen_at),
          truncated_alerts = greatest(episode.truncated_alerts, heard.truncated_alerts),
          next_evaluation_at = case when sets_evaluation then heard.next_evaluation_at else episode.next_evaluation_at end,
          ask_again_until = case when sets_evaluation then heard.ask_again_until else episode.ask_again_until end,
          version = version + (sets_evaluation or heard.starts_at <> episode.starts_at)::int
        from heard where heard.id = episode.id`
      for (const { incidentId } of heard) touch(touched, 'incident', incidentId)
    },
    async episode(id) {
      const row = isUuid(id) ? await db.episode.findUnique({ where: { id } }) : null
      return row && toEpisode(row)
    },
    async episodesOfIncident(incidentId) {
      const rows = await db.episode.findMany({ where: { incidentId }, orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] })
      return rows.map(toEpisode)
    },
    async updateEpisode(id, version, changes) {
      const [row] = await db.episode.updateManyAndReturn({
        where: { id, version },
        data: { ...fromEpisodeChanges(changes), version: version + 1 },
        select: { incidentId: true },
      })
      touch(touched, 'incident', row?.incidentId)
      return row !== undefined
    },
    async reevaluateHeld(reasons, now, workloadId) {
      const ofWorkload = workloadId === undefined ? Prisma.empty : Prisma.sql`and episode.workload_id = ${workloadId}::uuid`
      // Locked in the order of ids: two of these at once cannot wait for each other.
      return db.$executeRaw`
        with held as (
          select episode.id from ${heldEpisodes(reasons)} ${ofWorkload}
          and (episode.next_evaluation_at is null or episode.next_evaluation_at > ${toDate(now)}::timestamptz)
          order by episode.id for update of episode
        )
        update episode set next_evaluation_at = ${toDate(now)}::timestamptz, ask_again_until = null, version = version + 1
        from held where episode.id = held.id`
    },
    async reevaluateDeployedAgain(at) {
      return db.$executeRaw`
        with newest as (
          select distinct on (workload_id) workload_id, material_fingerprint, deployed_at from deploy
          where workload_id in (select workload_id from episode where status = 'firing')
          order by workload_id, deployed_at desc, revision_number desc
        ), again as (
          select episode.id from episode join newest on newest.workload_id = episode.workload_id
          join condemnation on condemnation.workload_id = newest.workload_id and lifted_at is null
            and condemnation.material_fingerprint = newest.material_fingerprint
          where episode.status = 'firing'
            and (episode.next_evaluation_at is null or episode.next_evaluation_at > ${toDate(at)}::timestamptz)
            and newest.deployed_at > (select max(decided_at) from decision where episode_id = episode.id)
            and not exists (
              select 1 from rollback where rollback.workload_id = newest.workload_id and phase = any(${[...OPEN_PHASES]}::text[])
            )
          order by episode.id for update of episode
        )
        update episode set next_evaluation_at = ${toDate(at)}::timestamptz, ask_again_until = null, version = version + 1
        from again where episode.id = again.id`
    },
    async workloadsHeldFor(reasons) {
      const ids = await db.$queryRaw<{ id: string }[]>`
        select distinct episode.workload_id as id from ${heldEpisodes(reasons)} and episode.workload_id is not null`
      const rows = await db.workload.findMany({ where: { id: { in: ids.map(({ id }) => id) } } })
      return rows.map((row) => ({ id: row.id, ref: toWorkloadRef(row) }))
    },
    async dueEpisodes(now, limit) {
      const rows = await db.episode.findMany({
        where: { nextEvaluationAt: { lte: toDate(now) } },
        orderBy: [{ nextEvaluationAt: 'asc' }, { id: 'asc' }],
        take: limit,
        select: { id: true },
      })
      return rows.map(({ id }) => id)
    },
    async episodesBegun(from, to, limit) {
      // One of each that leads to the same: what one workload's pods bring must not crowd the others out.
      const first = await db.$queryRaw<{ id: string }[]>`
        select id from (
          select distinct on (lead) id, starts_at, ${LEAD_KEY} as lead from episode
          where status = 'firing' and starts_at between ${toDate(from)}::timestamptz and ${toDate(to)}::timestamptz
          order by lead, starts_at, id
        ) as first order by starts_at, id limit ${limit}`
      const rows = await db.episode.findMany({
        where: { id: { in: first.map(({ id }) => id) } },
        orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(toEpisode)
    },
  }
}

/** `leadKey` of core/led-by.ts. */
const LEAD_KEY = Prisma.sql`array[
  labels ->> 'namespace', labels ->> 'exported_namespace', labels ->> 'deployment', labels ->> 'exported_deployment',
  labels ->> 'service', labels ->> 'exported_service', ${madeFrom('pod')}, ${madeFrom('exported_pod')}
]`

function madeFrom(label: string): Prisma.Sql {
  const pod = Prisma.sql`labels ->> ${label}::text`
  return Prisma.sql`case when length(${pod}) < 63 then regexp_replace(${pod}, '-[^-]*$', '') else ${pod} end`
}

/** A reason that holds beside another one counts too: when it ends, what is left has to be found out. */
function heldEpisodes(reasons: readonly string[]): Prisma.Sql {
  return Prisma.sql`episode
    cross join lateral (
      select effect, reason, checks from decision where episode_id = episode.id order by decided_at desc, id desc limit 1
    ) as latest
    where episode.status = 'firing' and latest.effect = 'none' and (
      latest.reason = any(${[...reasons]}::text[]) or exists (
        select 1 from jsonb_array_elements(latest.checks) as one
        where one ->> 'answer' = 'hold' and one ->> 'reason' = any(${[...reasons]}::text[])
      )
    )`
}
