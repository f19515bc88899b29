import type { Instant } from './json.ts'

/** Requests are counted over this long, before the deploy and now. */
export const TRAFFIC_WINDOW_MS = 2 * 60_000

/** What a rule's own request counter says of a window; null: no requests were counted, or what came is no number. */
export type TrafficReading = { kind: 'read'; expression: string; perSecond: number | null } | { kind: 'not_derivable' }

export interface TrafficAt {
  /** End of the window. */
  at: Instant
  perSecond: number | null
}

/** Why there is no traffic to show. */
export const NO_TRAFFIC_STATES = ['no_alert', 'no_deploy', 'no_prometheus', 'no_rule', 'not_derivable', 'silent'] as const
export type NoTrafficState = (typeof NO_TRAFFIC_STATES)[number]

/** How many requests the workload got before the deploy and gets now, by the counter of the alert's own rule. Shown, never decided by. */
export type TrafficThenAndNow =
  | { state: 'read'; expression: string; windowMs: number; before: TrafficAt; now: TrafficAt }
  | { state: NoTrafficState }

/** From here on up it is a surge; below its inverse it is a drop. */
const SURGE = 1.5

/** Now, as a multiple of then; null: one of the two is not known, or there was none before. */
export function trafficRatio(traffic: TrafficThenAndNow): number | null {
  if (traffic.state !== 'read') return null
  const { before, now } = traffic
  return before.perSecond === null || now.perSecond === null || before.perSecond === 0 ? null : now.perSecond / before.perSecond
}

/** `unknown`: the two cannot be compared. */
export function trafficTrend(traffic: TrafficThenAndNow): 'surge' | 'drop' | 'alike' | 'unknown' {
  const ratio = trafficRatio(traffic)
  if (ratio === null) return 'unknown'
  if (ratio >= SURGE) return 'surge'
  return ratio <= 1 / SURGE ? 'drop' : 'alike'
}

/** Of two looks the later one that says something. */
export function mergeTraffic(known: TrafficThenAndNow | undefined, fresh: TrafficThenAndNow | undefined): TrafficThenAndNow | undefined {
  if (known === undefined || fresh === undefined) return fresh ?? known
  // The last look before an undo belongs to no alert.
  const saysLess = fresh.state === 'no_alert' || (fresh.state !== 'read' && known.state === 'read')
  return saysLess ? known : fresh
}
