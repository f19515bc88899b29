import { type Alert, asksForRollback, type Episode, type EpisodeChange, episodeChange } from '../core/alert.ts'
import type { DeliveryCounts, IgnoredReason } from '../core/delivery.ts'
import type { Instant } from '../core/json.ts'
import type { Deps, NewEpisode, Tx } from '../ports.ts'

/** The alert of kube-prometheus-stack that always fires: hearing it proves the chain. */
const HEARTBEAT_ALERT = 'Watchdog'

/**
 * How long the queue leaves a stored alert to the replica that stored it. That one works on it at once; the
 * job is for its crash.
 */
const HANDOVER_MS = 2_000

interface Delivery {
  alerts: readonly Alert[]
  rejected: DeliveryCounts['rejected']
  truncated: number
}

/**
 * Stores every good alert of a delivery and enqueues its work, in one transaction. The same delivery again
 * changes nothing.
 *
 * @returns the counts to reply with, and the episodes that this replica should evaluate now
 */
export async function ingestAlerts(deps: Deps, delivery: Delivery): Promise<{ counts: DeliveryCounts; due: string[] }> {
  const now = deps.now()
  const asking = delivery.alerts.filter((alert) => asksForRollback(alert.labels))
  const others = delivery.alerts.filter((alert) => !asksForRollback(alert.labels))
  const stored = await deps.store.transaction(async (tx) => {
    await recordHeartbeats(tx, others, now)
    return storeAlerts(tx, asking, delivery.truncated, now)
  })
  deps.reached('delivery-stored')
  const counts: DeliveryCounts = {
    accepted: stored.accepted,
    duplicate: stored.duplicate,
    ignored: countIgnored(others),
    rejected: delivery.rejected,
    truncated: delivery.truncated,
  }
  count(deps, counts)
  return { counts, due: stored.due }
}

interface Stored {
  accepted: number
  duplicate: number
  due: string[]
}

async function storeAlerts(tx: Tx, alerts: readonly Alert[], truncated: number, now: Instant): Promise<Stored> {
  const stored: Stored = { accepted: 0, duplicate: 0, due: [] }
  if (alerts.length === 0) return stored
  const latest = await tx.latestEpisodes([...new Set(alerts.map((alert) => alert.fingerprint))])
  for (const alert of alerts) {
    const known = latest.get(alert.fingerprint) ?? null
    const changed = await storeAlert(tx, known, alert, truncated, now)
    if (changed === null) {
      stored.duplicate += 1
      continue
    }
    stored.accepted += 1
    latest.set(alert.fingerprint, changed)
    if (changed.nextEvaluationAt !== null) {
      await tx.enqueue('evaluate-alert', changed.id, now + HANDOVER_MS)
      stored.due.push(changed.id)
    }
  }
  return stored
}

/** Returns the episode as it is now, or null when the alert changed nothing. */
async function storeAlert(tx: Tx, known: Episode | null, alert: Alert, truncated: number, now: Instant): Promise<Episode | null> {
  const change = episodeChange(known, alert)
  if (change === 'open') return tx.insertEpisode({ ...newEpisode(alert, truncated, now), nextEvaluationAt: now })
  if (change === 'record_closed') return tx.insertEpisode(newEpisode(alert, truncated, now))
  if (known === null) return null
  const changes = changesOf(change, known, { alert, truncated, now })
  if (changes === null) return null
  const won = await tx.updateEpisode(known.id, known.version, changes)
  // An evaluation came in between; the delivery is answered once and must not get lost.
  if (!won) return storeAlert(tx, await tx.episode(known.id), alert, truncated, now)
  return change === 'duplicate' ? null : { ...known, ...changes, version: known.version + 1 }
}

interface Delivered {
  alert: Alert
  truncated: number
  now: Instant
}

function changesOf(change: EpisodeChange, known: Episode, { alert, truncated, now }: Delivered): Partial<NewEpisode> | null {
  if (change === 'close') return { status: 'resolved', resolvedAt: alert.endsAt ?? now, lastSeenAt: now, nextEvaluationAt: now }
  if (change === 'touch') return { startsAt: alert.startsAt, lastSeenAt: now }
  return truncated > known.truncatedAlerts ? { truncatedAlerts: truncated } : null
}

function newEpisode(alert: Alert, truncated: number, now: Instant): NewEpisode {
  return {
    fingerprint: alert.fingerprint,
    status: alert.status,
    labels: alert.labels,
    annotations: alert.annotations,
    generatorUrl: alert.generatorUrl,
    startsAt: alert.startsAt,
    resolvedAt: alert.status === 'resolved' ? (alert.endsAt ?? now) : null,
    receivedAt: now,
    lastSeenAt: now,
    truncatedAlerts: truncated,
    workloadId: null,
    incidentId: null,
    nextEvaluationAt: null,
    askAgainUntil: null,
  }
}

async function recordHeartbeats(tx: Tx, alerts: readonly Alert[], now: Instant): Promise<void> {
  for (const alert of alerts) {
    if (isHeartbeat(alert) && alert.status === 'firing') await tx.touchHeartbeat(HEARTBEAT_ALERT, now)
  }
}

function isHeartbeat(alert: Alert): boolean {
  return alert.labels['alertname'] === HEARTBEAT_ALERT
}

function countIgnored(alerts: readonly Alert[]): DeliveryCounts['ignored'] {
  const reasons: Partial<Record<IgnoredReason, number>> = {}
  for (const alert of alerts) {
    const reason = isHeartbeat(alert) ? 'heartbeat' : 'no_auto_rollback_label'
    reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  return { count: alerts.length, reasons }
}

function count({ meter }: Deps, counts: DeliveryCounts): void {
  meter.alerts('accepted', counts.accepted)
  meter.alerts('duplicate', counts.duplicate)
  meter.alerts('ignored', counts.ignored.count)
  meter.alerts('rejected', counts.rejected.length)
  meter.alerts('truncated', counts.truncated)
}
