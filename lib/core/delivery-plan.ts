import { type Alert, type Episode, type EpisodeChange, episodeChange, isNewlyHeard, type LatestEpisode } from './alert.ts'
import { ASK_AGAIN_FOR_MS } from './decide.ts'
import type { Instant } from './json.ts'

export type EpisodeDraft = Omit<Episode, 'id' | 'version'>

/** An episode that was known before the delivery, as it is after it. */
export interface HeardEpisode extends EpisodeDraft {
  id: string
  /** Whether its next evaluation is to be written too; else it stays whatever an evaluation makes of it meanwhile. */
  setsEvaluation: boolean
  /** It ended without anybody having been told. */
  endedUnheard: boolean
}

/** What a delivery changes, to be stored with a few statements however many alerts it has. */
export interface DeliveryPlan {
  opened: EpisodeDraft[]
  heard: HeardEpisode[]
  /** Incidents with an episode whose deliveries were never cut by as many alerts before. */
  moreTruncated: string[]
  accepted: number
  duplicate: number
}

/** The latest episode of a fingerprint while the delivery is gone through. `id` null: it is new. */
interface Slot {
  episode: EpisodeDraft
  lastEndedAt: Instant | null
  id: string | null
  isChanged: boolean
  setsEvaluation: boolean
  endedUnheard: boolean
}

interface Delivery {
  alerts: readonly Alert[]
  /** How many alerts Alertmanager cut from the delivery. */
  truncated: number
  now: Instant
}

/** Pure: what the alerts of one delivery, in their order, make of the latest episodes of their fingerprints. */
export function planDelivery(latest: ReadonlyMap<string, LatestEpisode>, { alerts, truncated, now }: Delivery): DeliveryPlan {
  const slots = new Map([...latest].map(([fingerprint, episode]) => [fingerprint, slotOf(episode)]))
  const known = [...slots.values()]
  const plan: DeliveryPlan = { opened: [], heard: [], moreTruncated: [], accepted: 0, duplicate: 0 }
  for (const alert of alerts) {
    const slot = slots.get(alert.fingerprint) ?? null
    const change = episodeChange(slot && { ...slot.episode, lastEndedAt: slot.lastEndedAt }, alert, now)
    plan[change === 'duplicate' || change === 'doubt' ? 'duplicate' : 'accepted'] += 1
    if (slot !== null) hear(slot, change, { alert, truncated, now })
    if (slot === null || change === 'open' || change === 'replace' || change === 'record_closed') {
      const opened = openedBy(alert, truncated, now, slot)
      slots.set(alert.fingerprint, opened)
      plan.opened.push(opened.episode)
    }
  }
  plan.heard = known.flatMap(asHeard)
  plan.moreTruncated = [...new Set(known.flatMap((slot) => moreTruncated(slot, latest)))].sort()
  return plan
}

interface Hearing {
  alert: Alert
  truncated: number
  now: Instant
}

/** What the alert changes in the episode that is the latest so far. */
function hear(slot: Slot, change: EpisodeChange, { alert, truncated, now }: Hearing): void {
  if (truncated > slot.episode.truncatedAlerts) edit(slot, { truncatedAlerts: truncated })
  switch (change) {
    case 'close':
      edit(slot, { status: 'resolved', resolvedAt: alert.endsAt ?? now, lastSeenAt: now })
      evaluateAt(slot, now, null)
      break
    case 'replace':
      // When it ended is not known; until then it was heard.
      edit(slot, { status: 'resolved', resolvedAt: slot.episode.lastSeenAt })
      slot.endedUnheard = true
      evaluateAt(slot, null, null)
      break
    case 'touch':
      edit(slot, { startsAt: alert.startsAt, lastSeenAt: now })
      break
    case 'doubt':
      // Prometheus can tell whether it ever ended: engine/confirm-end.ts. An end that is still to be told comes first.
      if (slot.id !== null && slot.episode.nextEvaluationAt === null) evaluateAt(slot, now, now + ASK_AGAIN_FOR_MS)
      break
    default:
      if (isNewlyHeard(slot.episode, alert, now)) edit(slot, { lastSeenAt: now })
  }
}

function edit(slot: Slot, changes: Partial<EpisodeDraft>): void {
  slot.episode = Object.assign(slot.episode, changes)
  slot.isChanged = true
}

function evaluateAt(slot: Slot, nextEvaluationAt: Instant | null, askAgainUntil: Instant | null): void {
  edit(slot, { nextEvaluationAt, askAgainUntil })
  slot.setsEvaluation = true
}

function asHeard({ episode, id, isChanged, setsEvaluation, endedUnheard }: Slot): HeardEpisode[] {
  return isChanged && id !== null ? [{ ...episode, id, setsEvaluation, endedUnheard }] : []
}

function moreTruncated({ episode }: Slot, latest: ReadonlyMap<string, LatestEpisode>): string[] {
  const before = latest.get(episode.fingerprint)?.truncatedAlerts ?? 0
  return episode.incidentId !== null && episode.truncatedAlerts > before ? [episode.incidentId] : []
}

function slotOf({ id, version: _, lastEndedAt, ...episode }: LatestEpisode): Slot {
  return { episode, lastEndedAt, id, isChanged: false, setsEvaluation: false, endedUnheard: false }
}

function openedBy(alert: Alert, truncated: number, now: Instant, before: Slot | null): Slot {
  const { endsAt, ...given } = alert
  const isFiring = alert.status === 'firing'
  const resolvedAt = isFiring ? null : (endsAt ?? now)
  const episode: EpisodeDraft = {
    ...given,
    resolvedAt,
    receivedAt: now,
    lastSeenAt: now,
    truncatedAlerts: truncated,
    workloadId: null,
    incidentId: null,
    nextEvaluationAt: isFiring ? now : null,
    askAgainUntil: null,
  }
  const lastEndedAt = resolvedAt ?? before?.episode.resolvedAt ?? before?.lastEndedAt ?? null
  return { episode, lastEndedAt, id: null, isChanged: false, setsEvaluation: false, endedUnheard: false }
}
