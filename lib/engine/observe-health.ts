import { alertName, type Episode } from '../core/alert.ts'
import type { Instant } from '../core/json.ts'
import type { Rollback } from '../core/rollback.ts'
import { rolloutStatus } from '../core/rollout-status.ts'
import { type AlertingRule, judge, type SignalReading } from '../core/signal.ts'
import { type AlertEcho, type HealthObservation, LONGEST_ECHO_MS, LONGEST_WINDOW_MS, settlesAt } from '../core/verification.ts'
import type { DeploymentState, PodState } from '../core/workload.ts'
import type { ActiveAlert, Deps } from '../ports.ts'
import { matchingAlert, matchingRule } from './match-alert.ts'
import { isSilent } from './silent.ts'

interface Looking {
  rollback: Rollback
  state: DeploymentState
  /** Episodes of the incident: what the workload was rolled back for. */
  episodes: readonly Episode[]
  restoredAt: Instant
}

/** Reads pods, signals and alerts of a workload that was put back. A source that is silent is left open. */
export async function observeHealth(deps: Deps, looking: Looking): Promise<HealthObservation> {
  const pods = await orNull(deps.cluster.pods(looking.rollback.workload, looking.rollback.to.uid))
  const told = distinctAlerts(looking.episodes)
  const rollout = rolloutStatus(looking.state.rollout)
  if (!deps.metrics.isConfigured) {
    return { rollout, pods, signals: [], alerts: told.map((episode) => deliveredEcho(episode, looking.restoredAt)) }
  }
  const [rules, active] = await Promise.all([orNull(deps.metrics.rules()), orNull(deps.metrics.alerts())])
  const alerts = told.map((episode) => alertEcho(episode, rules, active, looking.restoredAt))
  const signals = await Promise.all(told.map((episode) => readSignal(deps, { ...looking, episode, rules, pods: pods ?? [] })))
  return { rollout, pods, signals, alerts }
}

/** One per label set: an incident may have fired the same alert more than once. */
function distinctAlerts(episodes: readonly Episode[]): Episode[] {
  return [...new Map(episodes.map((episode) => [episode.fingerprint, episode])).values()]
}

/** Without Prometheus the deliveries are all there is. */
function deliveredEcho(episode: Episode, restoredAt: Instant): AlertEcho {
  return { name: alertName(episode.labels), firing: episode.status === 'firing', settlesAt: restoredAt + LONGEST_ECHO_MS }
}

function alertEcho(episode: Episode, rules: AlertingRule[] | null, active: ActiveAlert[] | null, restoredAt: Instant): AlertEcho {
  const rule = rules && matchingRule(rules, episode.labels)
  const firing = active && matchingAlert(active, episode.labels)?.state === 'firing'
  return { name: alertName(episode.labels), firing, settlesAt: rule ? settlesAt(rule, restoredAt) : restoredAt + LONGEST_ECHO_MS }
}

interface Reading extends Looking {
  episode: Episode
  rules: AlertingRule[] | null
  pods: PodState[]
}

/** The rule's own expression on a window that begins after the rollout was complete. */
async function readSignal(deps: Deps, reading: Reading): Promise<SignalReading> {
  const now = deps.now()
  const sinceRestored = now - reading.restoredAt
  const short = await readWindow(deps, reading, Math.min(sinceRestored, LONGEST_WINDOW_MS), now)
  // A long scrape interval needs all the time there is.
  const isTooShort = short.reason === 'too_few_samples' && sinceRestored > LONGEST_WINDOW_MS
  return isTooShort ? readWindow(deps, reading, sinceRestored, now) : short
}

async function readWindow(deps: Deps, { episode, rules, pods, rollback }: Reading, windowMs: number, now: Instant): Promise<SignalReading> {
  const base = { name: alertName(episode.labels), windowStart: now - windowMs, measurement: null }
  if (rules === null) return { ...base, health: 'inconclusive', reason: 'source_silent' }
  const rule = matchingRule(rules, episode.labels)
  if (rule === null) return { ...base, health: 'inconclusive', reason: 'no_rule' }
  const measurement = await orNull(
    deps.metrics.measure({
      expression: rule.expression,
      labels: episode.labels,
      pods: pods.map((pod) => pod.name),
      windowMs,
      at: now,
    }),
  )
  if (measurement === null) return { ...base, health: 'inconclusive', reason: 'source_silent' }
  return { ...base, ...judge(measurement, rollback.minRequests), measurement }
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (isSilent(error)) return null
    throw error
  }
}
