import { alertName, type Episode } from '../core/alert.ts'
import type { DecisionInList } from '../core/decision.ts'
import type { IncidentDetail } from '../core/incident-detail.ts'
import type { Instant } from '../core/json.ts'
import type { AlertingRule } from '../core/signal.ts'
import { type IncidentSignal, signalWindow } from '../core/signal-range.ts'
import { guessUnit } from '../core/signal-unit.ts'
import type { Deps } from '../ports.ts'
import { matchingRule } from './match-alert.ts'
import { readIncident } from './read-incident.ts'
import { isSilent } from './silent.ts'

/**
 * What the alert of an incident measures, around the deploy: the rule's own expression from Prometheus. That there is
 * nothing to show is an answer. Throws `not_found`.
 */
export async function readSignal(deps: Pick<Deps, 'read' | 'metrics' | 'now'>, { id }: { id: string }): Promise<IncidentSignal> {
  const detail = await readIncident(deps, { id })
  const { stepMs, ...window } = signalWindow(aboutOf(detail), deps.now())
  const episode = tellingEpisode(detail)
  const around = { ...window, alert: episode && alertName(episode.labels) }
  if (episode === null) return { ...around, state: 'no_alert' }
  if (!deps.metrics.isConfigured) return { ...around, state: 'no_prometheus' }
  try {
    const rule = matchingRule(await deps.metrics.rules(), episode.labels)
    if (rule === null) return { ...around, state: 'no_rule' }
    const read = await askRange(deps, { rule, episode, workload: detail.incident.workload.name, ...window, stepMs })
    if (read.kind === 'unreadable') return { ...around, state: 'not_understood' }
    if (read.points.length === 0) return { ...around, state: 'no_data' }
    const { comparison, threshold, points } = read
    return {
      ...around,
      state: 'read',
      rule: rule.expression,
      comparison,
      threshold,
      unit: guessUnit(read.expression, threshold),
      stepMs,
      points,
    }
  } catch (error) {
    if (isSilent(error)) return { ...around, state: 'silent' }
    throw error
  }
}

interface Asking {
  rule: AlertingRule
  episode: Episode
  workload: string
  from: number
  to: number
  stepMs: number
}

function askRange({ metrics }: Pick<Deps, 'metrics'>, { rule, episode, workload, from, to, stepMs }: Asking) {
  return metrics.signal({ expression: rule.expression, labels: episode.labels, workload, from, to, stepMs })
}

/** As the gate saw it that asks whether a deploy explains the alert. */
function deployedAtOf({ checks }: DecisionInList): Instant | null {
  const at = checks.find(({ gate }) => gate === 'deploy_explains')?.values['deployedAt']
  return typeof at === 'number' ? at : null
}

/** The alert that the latest rollback was decided on, else the first one. */
function tellingEpisode({ episodes, decisions, rollbacks }: IncidentDetail): Episode | null {
  const decided = rollbacks.map(({ decisionId }) => decisions.find(({ id }) => id === decisionId)?.episodeId)
  const acted = decided.reverse().flatMap((id) => episodes.find((episode) => episode.id === id) ?? [])
  return acted[0] ?? episodes[0] ?? null
}

function aboutOf({ incident, rollbacks, decisions }: IncidentDetail) {
  const deployedAt = [...decisions.map(deployedAtOf), ...rollbacks.map(({ clocks }) => clocks.deployedAt)].find((at) => at !== null) ?? null
  const ends = rollbacks.map(({ endedAt }) => endedAt)
  const lastEnd = ends.includes(null) || ends.length === 0 ? null : Math.max(...ends.flatMap((at) => at ?? []))
  return { deployedAt, startedAt: incident.startedAt, endedAt: incident.closedAt ?? lastEnd }
}
