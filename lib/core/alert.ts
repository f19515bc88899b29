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

/** What a delivery means for the fingerprint's latest episode. */
export type EpisodeChange = 'open' | 'close' | 'record_closed' | 'touch' | 'duplicate'

/**
 * Decides what an alert changes, so that the same delivery again, out of order or from the other
 * half of an HA pair, changes nothing.
 *
 * - An HA peer may move `startsAt` while the episode is open: still the same episode.
 * - A firing that began before the latest episode ended is a late copy of it.
 * - A resolution that nobody saw firing is kept closed, so that its late firing is recognised.
 */
export function episodeChange(
  latest: Pick<Episode, 'status' | 'startsAt' | 'resolvedAt'> | null,
  alert: Pick<Alert, 'status' | 'startsAt' | 'endsAt'>,
): EpisodeChange {
  if (alert.status === 'firing') {
    if (latest === null) return 'open'
    if (latest.status === 'firing') return alert.startsAt < latest.startsAt ? 'touch' : 'duplicate'
    return alert.startsAt > (latest.resolvedAt ?? latest.startsAt) ? 'open' : 'duplicate'
  }
  if (latest === null) return 'record_closed'
  const endsAt = alert.endsAt ?? alert.startsAt
  if (latest.status === 'firing') return endsAt >= latest.startsAt ? 'close' : 'duplicate'
  return alert.startsAt > (latest.resolvedAt ?? latest.startsAt) ? 'record_closed' : 'duplicate'
}
