import type { Episode, LatestEpisode } from '../core/alert.ts'
import { newestFirst } from '../core/deploy.ts'
import { SnapbackError } from '../core/errors.ts'
import { leadKey } from '../core/led-by.ts'
import { isOpen } from '../core/rollback.ts'
import type { NewEpisode, Tx } from '../ports.ts'
import { checkEpisode } from './fake-checks.ts'
import { update } from './fake-row.ts'
import { type FakeTables, nextId } from './fake-tables.ts'

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

export function fakeEpisodes(tables: FakeTables): EpisodeQueries {
  return {
    async latestEpisodes(fingerprints) {
      const latest = fingerprints.flatMap((fingerprint): [string, LatestEpisode][] => {
        const all = tables.episodes.filter((episode) => episode.fingerprint === fingerprint).sort(openOrLastFirst)
        const ends = all.flatMap(({ resolvedAt }) => resolvedAt ?? [])
        return all[0] === undefined ? [] : [[fingerprint, { ...all[0], lastEndedAt: ends.length === 0 ? null : Math.max(...ends) }]]
      })
      return new Map(latest)
    },
    async insertEpisode(draft) {
      return insert(tables, draft)
    },
    async insertEpisodes(drafts) {
      return drafts.map((draft) => insert(tables, draft))
    },
    async hearEpisodes(heard) {
      for (const { id, setsEvaluation, endedUnheard: _, ...said } of heard) {
        const at = tables.episodes.findIndex((one) => one.id === id)
        const known = tables.episodes[at]
        if (known === undefined) continue
        const { status, startsAt, resolvedAt } = said
        const changed: Episode = {
          ...known,
          ...{ status, startsAt, resolvedAt },
          ...(setsEvaluation ? { nextEvaluationAt: said.nextEvaluationAt, askAgainUntil: said.askAgainUntil } : {}),
          lastSeenAt: Math.max(known.lastSeenAt, said.lastSeenAt),
          truncatedAlerts: Math.max(known.truncatedAlerts, said.truncatedAlerts),
          version: known.version + Number(setsEvaluation || startsAt !== known.startsAt),
        }
        checkEpisode(changed)
        tables.episodes[at] = changed
      }
    },
    async episode(id) {
      return tables.episodes.find((one) => one.id === id) ?? null
    },
    async episodesOfIncident(incidentId) {
      return tables.episodes.filter((one) => one.incidentId === incidentId).sort((a, b) => a.receivedAt - b.receivedAt)
    },
    async updateEpisode(id, version, changes) {
      return update(tables.episodes, { id, version }, changes, checkEpisode)
    },
    async workloadsHeldFor(reasons) {
      const held = tables.episodes.filter((episode) => episode.status === 'firing' && isHeld(tables, episode, reasons))
      return tables.workloads.filter(({ id }) => held.some(({ workloadId }) => workloadId === id)).map(({ id, ref }) => ({ id, ref }))
    },
    async reevaluateHeld(reasons, now, workloadId) {
      const held = tables.episodes.filter(
        (episode) =>
          episode.status === 'firing' &&
          (workloadId === undefined || episode.workloadId === workloadId) &&
          (episode.nextEvaluationAt === null || episode.nextEvaluationAt > now) &&
          isHeld(tables, episode, reasons),
      )
      for (const episode of held) update(tables.episodes, episode, { nextEvaluationAt: now, askAgainUntil: null }, checkEpisode)
      return held.length
    },
    async reevaluateDeployedAgain(at) {
      const again = tables.episodes.filter(
        (episode) =>
          episode.status === 'firing' &&
          (episode.nextEvaluationAt === null || episode.nextEvaluationAt > at) &&
          wasDeployedAgain(tables, episode),
      )
      for (const episode of again) update(tables.episodes, episode, { nextEvaluationAt: at, askAgainUntil: null }, checkEpisode)
      return again.length
    },
    async dueEpisodes(now, limit) {
      const at = (episode: Episode) => episode.nextEvaluationAt ?? Number.POSITIVE_INFINITY
      const due = tables.episodes.filter((one) => at(one) <= now).sort((a, b) => at(a) - at(b))
      return due.slice(0, limit).map(({ id }) => id)
    },
    async episodesBegun(from, to, limit) {
      const begun = tables.episodes.filter(({ status, startsAt }) => status === 'firing' && startsAt >= from && startsAt <= to)
      const first = new Map<string, Episode>()
      for (const one of begun.sort((a, b) => a.startsAt - b.startsAt)) {
        const lead = leadKey(one.labels)
        if (!first.has(lead)) first.set(lead, one)
      }
      return [...first.values()].slice(0, limit)
    },
  }
}

function isHeld({ decisions }: FakeTables, episode: Episode, reasons: readonly string[]): boolean {
  const latest = decisions
    .filter((one) => one.episodeId === episode.id)
    .sort((a, b) => a.decidedAt - b.decidedAt)
    .at(-1)
  if (latest === undefined || latest.effect !== 'none') return false
  return reasons.includes(latest.reason) || latest.checks.some((check) => check.answer === 'hold' && reasons.includes(check.reason))
}

/** Its workload runs what is condemned, by a deploy that came after it was last decided. */
function wasDeployedAgain({ deploys, condemnations, decisions, rollbacks }: FakeTables, { id, workloadId }: Episode): boolean {
  const of = <T extends { workloadId: string | null }>(rows: readonly T[]) => rows.filter((one) => one.workloadId === workloadId)
  const [newest] = newestFirst(of(deploys))
  const decidedAt = Math.max(...decisions.flatMap((one) => (one.episodeId === id ? [one.decidedAt] : [])))
  const isCondemned = of(condemnations).some(({ materialFingerprint }) => materialFingerprint === newest?.revision.materialFingerprint)
  return newest !== undefined && newest.deployedAt > decidedAt && isCondemned && !of(rollbacks).some(({ phase }) => isOpen(phase))
}

function insert(tables: FakeTables, draft: NewEpisode): Episode {
  const isOpen = tables.episodes.some((one) => one.fingerprint === draft.fingerprint && one.status === 'firing')
  if (draft.status === 'firing' && isOpen) throw new SnapbackError('conflict', 'an episode of this alert is open already')
  const episode = { ...draft, id: nextId(tables), version: 1 }
  checkEpisode(episode)
  tables.episodes.push(episode)
  return episode
}

/** The open one, else the one that ended last. */
function openOrLastFirst(a: Episode, b: Episode): number {
  const end = ({ resolvedAt }: Episode) => resolvedAt ?? Number.MAX_SAFE_INTEGER
  return end(b) - end(a) || b.receivedAt - a.receivedAt
}
