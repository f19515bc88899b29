import type { Episode } from '../core/alert.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Tx } from '../ports.ts'
import { checkEpisode } from './fake-checks.ts'
import { update } from './fake-row.ts'
import { type FakeTables, nextId } from './fake-tables.ts'

type EpisodeQueries = Pick<
  Tx,
  'latestEpisodes' | 'insertEpisode' | 'episode' | 'episodesOfIncident' | 'updateEpisode' | 'reevaluateHeld' | 'dueEpisodes'
>

export function fakeEpisodes(tables: FakeTables): EpisodeQueries {
  return {
    async latestEpisodes(fingerprints) {
      const of = (fingerprint: string) => tables.episodes.filter((episode) => episode.fingerprint === fingerprint).sort(openOrLastFirst)[0]
      return new Map(fingerprints.map((one) => [one, of(one)] as const).filter((pair): pair is [string, Episode] => pair[1] !== undefined))
    },
    async insertEpisode(draft) {
      const isOpen = tables.episodes.some((one) => one.fingerprint === draft.fingerprint && one.status === 'firing')
      if (draft.status === 'firing' && isOpen) {
        throw new SnapbackError('conflict', 'an episode of this alert is open already')
      }
      const episode = { ...draft, id: nextId(tables), version: 1 }
      checkEpisode(episode)
      tables.episodes.push(episode)
      return episode
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
    async reevaluateHeld(reasons, now) {
      const held = tables.episodes.filter((episode) => episode.status === 'firing' && isHeld(tables, episode, reasons))
      for (const episode of held) update(tables.episodes, episode, { nextEvaluationAt: now }, checkEpisode)
      return held.length
    },
    async dueEpisodes(now, limit) {
      const at = (episode: Episode) => episode.nextEvaluationAt ?? Number.POSITIVE_INFINITY
      const due = tables.episodes.filter((one) => at(one) <= now).sort((a, b) => at(a) - at(b))
      return due.slice(0, limit).map(({ id }) => id)
    },
  }
}

function isHeld({ decisions }: FakeTables, episode: Episode, reasons: readonly string[]): boolean {
  const latest = decisions
    .filter((one) => one.episodeId === episode.id)
    .sort((a, b) => a.decidedAt - b.decidedAt)
    .at(-1)
  return latest !== undefined && latest.effect === 'none' && reasons.includes(latest.reason)
}

/** The open one, else the one that ended last. */
function openOrLastFirst(a: Episode, b: Episode): number {
  const end = ({ resolvedAt }: Episode) => resolvedAt ?? Number.MAX_SAFE_INTEGER
  return end(b) - end(a) || b.receivedAt - a.receivedAt
}
