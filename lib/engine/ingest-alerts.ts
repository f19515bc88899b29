import { type Alert, alertName, asksForRollback } from '../core/alert.ts'
import type { DeliveryCounts, IgnoredReason } from '../core/delivery.ts'
import { type HeardEpisode, planDelivery } from '../core/delivery-plan.ts'
import type { Instant } from '../core/json.ts'
import type { Deps, Tx } from '../ports.ts'
import { closeIncidentIfQuiet } from './close-incident.ts'
import { HANDOVER_MS } from './handover.ts'

/** The alert of kube-prometheus-stack that always fires: hearing it proves the chain. */
const HEARTBEAT_ALERT = 'Watchdog'

/** How many the replica that stored them works on at once; of a flood the queue gives the rest to every replica. */
const AT_ONCE = 50

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
  if (alerts.length === 0) return { accepted: 0, duplicate: 0, due: [] }
  // Who opens a rollback takes the lock alone: it waits for what is being stored here, and counts it among the others in trouble.
  await tx.lock('open-rollback', 'share')
  const latest = await tx.latestEpisodes([...new Set(alerts.map((alert) => alert.fingerprint))])
  const { opened, heard, moreTruncated, accepted, duplicate } = planDelivery(latest, { alerts, truncated, now })
  const unheard = heard.filter((episode) => episode.endedUnheard)
  const incidents = [...new Set([...unheard.flatMap(({ incidentId }) => incidentId ?? [])])].sort()
  for (const id of incidents) await tx.incident(id, 'update')
  await tx.hearEpisodes(heard)
  for (const episode of unheard) await tellUnheard(tx, episode, now)
  for (const id of incidents) await closeIncidentIfQuiet(tx, id, now)
  for (const incidentId of moreTruncated) await tellTruncated(tx, incidentId, truncated, now)
  const inserted = await tx.insertEpisodes(opened)
  const due = [...inserted, ...heard.filter((episode) => episode.setsEvaluation)]
    .filter((episode) => episode.nextEvaluationAt !== null)
    .map(({ id }) => id)
  for (const [index, id] of due.entries()) await tx.enqueue('evaluate-alert', id, index < AT_ONCE ? now + HANDOVER_MS : now)
  return { accepted, duplicate, due: due.slice(0, AT_ONCE) }
}

/** Nobody was told of its end: it is over, and when it was last heard is all that is known. */
async function tellUnheard(tx: Tx, { incidentId, labels, lastSeenAt }: HeardEpisode, now: Instant): Promise<void> {
  if (incidentId === null) return
  await tx.appendTimeline(
    { kind: 'alert_unheard', at: now, actor: { kind: 'webhook' }, data: { alert: alertName(labels), lastSeenAt } },
    { incidentId, rollbackId: null },
  )
}

async function tellTruncated(tx: Tx, incidentId: string, alerts: number, now: Instant): Promise<void> {
  await tx.appendTimeline(
    { kind: 'deliveries_truncated', at: now, actor: { kind: 'webhook' }, data: { alerts } },
    { incidentId, rollbackId: null },
  )
}

async function recordHeartbeats(tx: Tx, alerts: readonly Alert[], now: Instant): Promise<void> {
  const isHeard = alerts.some((alert) => isHeartbeat(alert) && alert.status === 'firing')
  if (isHeard) await tx.touchHeartbeat(HEARTBEAT_ALERT, now)
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

function count({ meter, log }: Deps, counts: DeliveryCounts): void {
  // What was cut may have been ours: nobody can tell, so people have to hear of it also where no incident shows it.
  if (counts.truncated > 0) log.warn('delivery.truncated', { alerts: counts.truncated, accepted: counts.accepted })
  meter.alerts('accepted', counts.accepted)
  meter.alerts('duplicate', counts.duplicate)
  meter.alerts('ignored', counts.ignored.count)
  meter.alerts('rejected', counts.rejected.length)
  meter.alerts('truncated', counts.truncated)
}
