import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import type { HeldAlert } from './payload.ts'
import type { Route } from './routing.ts'

/** Alerts of one route that are told of together. */
export interface AlertGroup {
  route: Route
  labels: Labels
  /** By fingerprint. */
  alerts: Map<string, HeldAlert>
  nextFlushAt: Instant
  isFlushing: boolean
}

/** What a receiver was told last of a group. */
export interface Told {
  firing: ReadonlySet<string>
  resolved: ReadonlySet<string>
  at: Instant
}

/** Whether there is news for a receiver: Alertmanager's `needsUpdate`. */
export function hasNews(
  now: Omit<Told, 'at'>,
  told: Told | undefined,
  when: { at: Instant; repeatMs: number; sendResolved: boolean },
): boolean {
  if (told === undefined) return now.firing.size > 0
  if (!now.firing.isSubsetOf(told.firing)) return true
  if (now.firing.size === 0) return told.firing.size > 0
  if (when.sendResolved && !now.resolved.isSubsetOf(told.resolved)) return true
  return told.at < when.at - when.repeatMs
}
