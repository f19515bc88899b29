import type { Tx } from '../../../ports.ts'
import { fromEpisode, fromEpisodeChanges, toEpisode } from '../rows/episode.ts'
import { toDate } from '../rows/instant.ts'
import { isUuid } from '../rows/uuid.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

type EpisodeQueries = Pick<
  Tx,
  'latestEpisodes' | 'insertEpisode' | 'episode' | 'episodesOfIncident' | 'updateEpisode' | 'reevaluateHeld' | 'dueEpisodes'
>

export function episodeQueries({ db, touched }: TxContext): EpisodeQueries {
  return {
    async latestEpisodes(fingerprints) {
      // One statement over sorted keys: two deliveries that overlap take their locks in the same order. The read
      // is a statement of its own, so that it sees what the other delivery committed while this one waited.
      await db.$executeRaw`
        select pg_advisory_xact_lock(key) from (
          select distinct hashtextextended('episode/' || fingerprint, 0) as key
          from unnest(${[...fingerprints]}::text[]) as fingerprint order by key
        ) as keys`
      // The open one, else the one that ended last. A later one is stored only after the end of the one before,
      // so this is the order of storing, whatever the replicas' clocks say.
      const latest = await db.$queryRaw<{ id: string }[]>`
        select distinct on (fingerprint) id from episode where fingerprint = any(${[...fingerprints]}::text[])
        order by fingerprint, resolved_at desc nulls first, received_at desc, id desc`
      const rows = await db.episode.findMany({ where: { id: { in: latest.map(({ id }) => id) } } })
      return new Map(rows.map((row) => [row.fingerprint, toEpisode(row)]))
    },
    async insertEpisode(episode) {
      touch(touched, 'incident', episode.incidentId)
      return toEpisode(await db.episode.create({ data: fromEpisode(episode) }))
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
    async reevaluateHeld(reasons, now) {
      // Locked in the order of ids: two of these at once cannot wait for each other.
      return db.$executeRaw`
        with held as (
          select episode.id from episode
          cross join lateral (
            select effect, reason from decision where episode_id = episode.id order by decided_at desc, id desc limit 1
          ) as latest
          where episode.status = 'firing' and latest.effect = 'none' and latest.reason = any(${[...reasons]}::text[])
          order by episode.id for update of episode
        )
        update episode set next_evaluation_at = ${toDate(now)}::timestamptz, version = version + 1
        from held where episode.id = held.id`
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
  }
}
