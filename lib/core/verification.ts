import type { Instant } from './json.ts'
import type { RolloutStatus } from './rollout-status.ts'
import type { AlertingRule, Health, SignalReading } from './signal.ts'
import type { PodState } from './workload.ts'

/** Alertmanager's group_interval in the route that we ship. */
const GROUP_INTERVAL_MS = 30_000
/** A window longer than this would still hold a blip from long before. */
export const LONGEST_WINDOW_MS = 2 * 60_000
/** However long its range: an alert that fires on for longer than this is not an echo. */
export const LONGEST_ECHO_MS = 20 * 60_000

/** An alert of the incident, as Prometheus has it now. */
export interface AlertEcho {
  name: string
  /** Null: nobody could tell. */
  firing: boolean | null
  /** From here on firing is no echo of the time before the rollback. */
  settlesAt: Instant
}

/** What was seen of a workload while it is verified. */
export interface HealthObservation {
  rollout: RolloutStatus
  /** Pods of the target revision; null: the cluster did not answer. */
  pods: PodState[] | null
  signals: SignalReading[]
  alerts: AlertEcho[]
}

export const HEALTH_REASONS = [
  'signals_healthy',
  'rollout_incomplete',
  'pods_not_ready',
  'pod_restarted',
  'no_pods',
  'signal_unhealthy',
  'signal_inconclusive',
  'alert_still_fires',
  'nothing_to_tell_by',
  'source_silent',
] as const
export type HealthReason = (typeof HEALTH_REASONS)[number]

export interface HealthReading {
  health: Health
  reason: HealthReason
  /** Start of the window that the signals were read on; now when there are none. */
  windowStart: Instant
}

/** What verification remembers between two looks. */
export interface Verification {
  /** Restarts per pod when the rollout was complete. */
  restartBaseline: Record<string, number>
  /** The stretch of equal health that goes on now. */
  stretch: { health: Health; since: Instant; windowStart: Instant } | null
  reading: HealthReading | null
  /** The last look, with its values, for the page. */
  seen: HealthObservation | null
}

/** Until when an alert that fires on may be an echo of what its range still holds. */
export function settlesAt(rule: AlertingRule, restoredAt: Instant): Instant {
  const echo = rule.longestRangeMs + rule.keepFiringForMs + rule.intervalMs + GROUP_INTERVAL_MS
  return restoredAt + Math.min(echo, LONGEST_ECHO_MS)
}

/**
 * Health of the workload after an undo. Pods first, then its signals on windows that begin after the
 * rollout was complete. An alert that still fires says nothing until it cannot be an echo any more.
 */
export function readHealth(seen: HealthObservation, baseline: Record<string, number>, now: Instant): HealthReading {
  const windowStart = Math.min(now, ...seen.signals.map((signal) => signal.windowStart))
  const reading = (health: Health, reason: HealthReason): HealthReading => ({ health, reason, windowStart })
  if (seen.pods === null) return reading('inconclusive', 'source_silent')
  if (seen.rollout.state === 'failed') return reading('unhealthy', 'rollout_incomplete')
  if (seen.pods.some((pod) => pod.restarts > (baseline[pod.name] ?? 0))) return reading('unhealthy', 'pod_restarted')
  if (seen.pods.length === 0) return reading('inconclusive', 'no_pods')
  if (seen.rollout.state === 'progressing' || seen.pods.some((pod) => !pod.ready)) return reading('unhealthy', 'pods_not_ready')
  if (seen.signals.some((signal) => signal.health === 'unhealthy')) return reading('unhealthy', 'signal_unhealthy')
  if (seen.alerts.some((alert) => alert.firing === true && now >= alert.settlesAt)) return reading('unhealthy', 'alert_still_fires')
  if (seen.signals.length > 0 && seen.signals.every((signal) => signal.health === 'healthy')) return reading('healthy', 'signals_healthy')
  if (seen.alerts.some((alert) => alert.firing === true)) return reading('inconclusive', 'alert_still_fires')
  if (seen.signals.length === 0) return reading('inconclusive', 'nothing_to_tell_by')
  return reading('inconclusive', 'signal_inconclusive')
}

type Stretch = NonNullable<Verification['stretch']>

/** Adds a reading: the stretch goes on while health stays the same, and starts anew when it changes. */
export function extend(
  previous: Verification,
  reading: HealthReading,
  seen: HealthObservation,
  now: Instant,
): Verification & { stretch: Stretch } {
  const fresh: Stretch = { health: reading.health, since: now, windowStart: reading.windowStart }
  const stretch = previous.stretch?.health === reading.health ? previous.stretch : fresh
  return { ...previous, stretch, reading, seen }
}

/** When verification ends without an answer: long enough for every echo to end and a bake time after it. */
export function verificationEndsAt(restoredAt: Instant, bakeTimeMs: number, seen: HealthObservation): Instant {
  const hasEvidence = seen.signals.length > 0 || seen.alerts.length > 0
  if (!hasEvidence) return restoredAt + bakeTimeMs
  const echoes = seen.alerts.filter((alert) => alert.firing !== false)
  const settled = Math.max(restoredAt, ...echoes.map((alert) => alert.settlesAt))
  return Math.max(restoredAt + 3 * bakeTimeMs, settled + bakeTimeMs)
}
