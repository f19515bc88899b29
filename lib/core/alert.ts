import type { Instant } from './json.ts'

export type Labels = Readonly<Record<string, string>>

/** One alert of a delivery, as Alertmanager sent it. */
export interface Alert {
  /** Alertmanager's hash of the label set. */
  fingerprint: string
  status: 'firing' | 'resolved'
  labels: Labels
  annotations: Labels
  /** When it fired (after `for`), not when the condition began. */
  startsAt: Instant
  /** Null while it fires: Alertmanager then sends the year 1. */
  endsAt: Instant | null
  generatorUrl: string
}

/** One firing stretch of a fingerprint. */
export interface Episode {
  id: string
  version: number
  fingerprint: string
  status: 'firing' | 'resolved'
  labels: Labels
  annotations: Labels
  generatorUrl: string
  startsAt: Instant
  resolvedAt: Instant | null
  receivedAt: Instant
  lastSeenAt: Instant
  /** The most alerts that Alertmanager cut from a delivery that carried this one. */
  truncatedAlerts: number
  workloadId: string | null
  incidentId: string | null
  /** When it has to be decided (again); null: nothing to do. */
  nextEvaluationAt: Instant | null
  /** Until when an inconclusive answer is asked again. */
  askAgainUntil: Instant | null
}

/** The label that turns an alert into a request to roll back (ADR-0011). */
export function asksForRollback(labels: Labels): boolean {
  return labels['auto_rollback'] === 'true'
}

export function alertName(labels: Labels): string {
  return labels['alertname'] ?? 'unnamed alert'
}

/** The latest episode of a fingerprint, with the last end that any of its episodes had. */
export interface LatestEpisode extends Episode {
  lastEndedAt: Instant | null
}

const MINUTE = 60_000

/**
 * An open episode that was not heard for longer than this has lost its "resolved": Alertmanager repeats what still fires
 * every `repeat_interval`, 4 h by default (alertmanager `config/config.go`), and is given 10 min more.
 */
export const UNHEARD_AFTER_MS = (4 * 60 + 10) * MINUTE

/**
 * For how long after a resolution was heard a firing may be a late copy. An Alertmanager that Prometheus no longer reaches keeps an
 * alert for 4 × max(evaluation interval, resend delay of 1 min) (prometheus `rules/alerting.go`, `ValidUntil`), tries a notification for one
 * `group_interval` (5 min) and lets each peer before it go first (`--cluster.peer-timeout`, 15 s).
 */
export const LATE_COPY_MS = 10 * MINUTE

/** How often at most `lastSeenAt` is written for an alert that only repeats itself. */
const HEARD_EVERY_MS = MINUTE

/** Whether a repeated firing is worth a write. */
export function isNewlyHeard(episode: Pick<Episode, 'status' | 'lastSeenAt'>, alert: Pick<Alert, 'status'>, now: Instant): boolean {
  return episode.status === 'firing' && alert.status === 'firing' && now - episode.lastSeenAt >= HEARD_EVERY_MS
}

/**
 * What a delivery means for the fingerprint's latest episode. `replace`: it ended unheard, and the next one opens. `doubt`: a late
 * copy, unless Prometheus says that it never ended.
 */
export type EpisodeChange = 'open' | 'replace' | 'close' | 'record_closed' | 'touch' | 'doubt' | 'duplicate'

type Known = Pick<LatestEpisode, 'status' | 'startsAt' | 'resolvedAt' | 'lastSeenAt' | 'lastEndedAt'>
type Delivered = Pick<Alert, 'status' | 'startsAt' | 'endsAt'>

/**
 * Decides what an alert changes, so that the same delivery again, out of order or from the other
 * half of an HA pair, changes nothing. docs/decisions/2026-11-24-when-an-episode-ends.md has the facts.
 */
export function episodeChange(latest: Known | null, alert: Delivered, now: Instant): EpisodeChange {
  if (latest === null) return alert.status === 'firing' ? 'open' : 'record_closed'
  if (alert.status === 'firing')
    return latest.status === 'firing' ? firingWhileOpen(latest, alert, now) : firingAfterEnd(latest, alert, now)
  if (latest.status === 'firing') return ends(latest, alert) ? 'close' : 'duplicate'
  return alert.startsAt > (latest.resolvedAt ?? latest.startsAt) ? 'record_closed' : 'duplicate'
}

/** An HA peer or a restarted Prometheus may move `startsAt` while the episode is open: still the same one, as long as it is heard. */
function firingWhileOpen(latest: Known, alert: Delivered, now: Instant): EpisodeChange {
  const isOfTheOneBefore = latest.lastEndedAt !== null && alert.startsAt <= latest.lastEndedAt
  if (alert.startsAt < latest.startsAt) return isOfTheOneBefore ? 'duplicate' : 'touch'
  const isUnheard = now - latest.lastSeenAt > UNHEARD_AFTER_MS
  return isUnheard && alert.startsAt > latest.lastSeenAt ? 'replace' : 'duplicate'
}

/**
 * Prometheus gives a re-firing a new `startsAt`. An old one is a late copy, or the end was false: an Alertmanager that is cut off from
 * Prometheus ends its alerts by time-out and takes them up again with the `startsAt` they had.
 */
function firingAfterEnd(latest: Known, alert: Delivered, now: Instant): EpisodeChange {
  if (alert.startsAt > (latest.resolvedAt ?? latest.startsAt)) return 'open'
  return now - latest.lastSeenAt > LATE_COPY_MS ? 'open' : 'doubt'
}

/** Not by a late copy of the end before, which an episode with an old `startsAt` would take for its own. */
function ends(latest: Known, { startsAt, endsAt }: Delivered): boolean {
  if (endsAt === null) return startsAt >= latest.startsAt
  return endsAt >= latest.startsAt && (latest.lastEndedAt === null || endsAt > latest.lastEndedAt)
}

/** An alert as Alertmanager has it: with external labels. */
export interface RoutedAlert {
  labels: Labels
  /** Ids of the silences that keep it from people. */
  silencedBy: readonly string[]
}
