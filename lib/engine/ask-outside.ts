import { alertName, type Labels } from '../core/alert.ts'
import { readSince } from '../core/condition-before.ts'
import type { DryRunAnswer, Facts, WorkloadFacts } from '../core/decision.ts'
import type { BeforeDeploy, OutsideFacts } from '../core/outside-facts.ts'
import { type PodsSeen, podsSeen } from '../core/pods-seen.ts'
import type { AlertingRule, Measurement } from '../core/signal.ts'
import type { Revision } from '../core/workload.ts'
import type { Deps } from '../ports.ts'
import { confirmInPrometheus } from './confirm-in-prometheus.ts'
import { askServer, type Surroundings } from './gather-facts.ts'
import { isSubset, matchingRule } from './match-alert.ts'
import type { ActiveAlerts } from './read-active-alerts.ts'
import { heard } from './silent.ts'
import { within } from './within.ts'

/** Stage 2 takes no longer than this: who has not answered by then is silent. */
const LIMIT_MS = 2_000
/** How far back the rule's left side may look from the deploy. */
const SHORT_WINDOW_MS = 60_000

export interface StageTwo {
  dryRun: DryRunAnswer | null
  outside: OutsideFacts | null
}

/** Asks Prometheus, Alertmanager and the API server what stage 2 wants to know, all at once. Only for an alert and a workload that was found. */
export async function askOutside(deps: Deps, facts: Facts, seen: Surroundings): Promise<StageTwo> {
  const { trigger, workload } = facts
  if (trigger.kind !== 'alert' || workload === null) return { dryRun: null, outside: null }
  const { labels } = trigger
  const alerts = seen.alerts ?? 'not_configured'
  const rule = ruleOf(deps, labels)
  const confirming = { alerts, labels, workload: workload.ref, services: facts.policy.services }
  const [prometheus, dryRun, alertmanager, before, now, pods, lastHeld] = await Promise.all([
    inTime(confirmInPrometheus(deps.cluster, confirming), 'silent' as const),
    inTime(askServer(deps, facts), { kind: 'silent', message: 'kubernetes: no answer in time' } as const),
    inTime(askAlertmanager(deps, labels), { state: 'silent' } as const),
    inTime(askBefore(deps, { labels, workload, rule }), { state: 'silent' } as const),
    inTime(askNow(deps, { labels, workload, rule }), 'silent' as const),
    inTime(lookAtPods(deps, { labels, workload, revisions: seen.revisions, alerts }), null),
    deps.store.transaction((tx) => tx.lastHeld(trigger.episodeId)),
  ])
  return { dryRun, outside: { prometheus, alertmanager, before, now, pods, lastHeld } }
}

function inTime<T, O>(asked: Promise<T>, otherwise: O): Promise<T | O> {
  return heard(within(LIMIT_MS, asked), otherwise)
}

/** Of several that fit, one that nobody has silenced says that it fires. */
async function askAlertmanager({ alertmanager }: Deps, labels: Labels): Promise<OutsideFacts['alertmanager']> {
  if (!alertmanager.isConfigured) return { state: 'not_configured' }
  const alerts = (await alertmanager.alerts(alertName(labels))).filter((alert) => isSubset(labels, alert.labels))
  if (alerts.length === 0) return { state: 'absent' }
  if (alerts.some(({ silencedBy }) => silencedBy.length === 0)) return { state: 'firing' }
  const ids = alerts.flatMap(({ silencedBy }) => silencedBy)
  const ends = await Promise.all(ids.map((id) => heard(alertmanager.silenceEndsAt(id), null)))
  const known = ends.flatMap((end) => end ?? [])
  return { state: 'silenced', silencedUntil: known.length === 0 ? null : Math.max(...known) }
}

/** Null: Prometheus has no such rule, or is not configured. */
async function ruleOf({ metrics }: Deps, labels: Labels): Promise<AlertingRule | null> {
  return metrics.isConfigured ? matchingRule(await metrics.rules(), labels) : null
}

interface Measuring {
  labels: Labels
  workload: WorkloadFacts
  rule: Promise<AlertingRule | null>
}

/** How it was before the deploy. */
async function askBefore({ metrics }: Deps, { labels, workload, rule }: Measuring): Promise<BeforeDeploy> {
  const { ref, deploy, lastSucceededAt } = workload
  if (!metrics.isConfigured) return { state: 'not_configured' }
  if (deploy === null) return { state: 'silent' }
  const { deployedAt } = deploy
  const { name } = ref
  const since = readSince(deployedAt, lastSucceededAt)
  const readLeftSide = async () => {
    const known = await rule
    if (known === null) return null
    return metrics.measure({
      expression: known.expression,
      labels,
      pods: [],
      workload: name,
      windowMs: SHORT_WINDOW_MS,
      at: deployedAt,
    })
  }
  const [lastActiveAt, measurement] = await Promise.all([
    metrics.lastActive({ labels, workload: name, from: since, to: deployedAt - 1 }),
    readLeftSide(),
  ])
  return { state: 'read', since, lastActiveAt, measurement }
}

/** What it fires on, over the rule's own range: how many requests stand behind it. Null: it reads no range, or there is no such rule. */
async function askNow({ metrics, now }: Deps, { labels, workload, rule }: Measuring): Promise<Measurement | null> {
  const known = await rule
  if (known === null || known.longestRangeMs === 0) return null
  const { expression, longestRangeMs } = known
  return metrics.measure({ expression, labels, pods: [], workload: workload.ref.name, windowMs: longestRangeMs, at: now() })
}

interface Looking {
  labels: Labels
  workload: WorkloadFacts
  revisions: readonly Revision[]
  alerts: ActiveAlerts
}

async function lookAtPods({ cluster }: Deps, { labels, workload, revisions, alerts }: Looking): Promise<PodsSeen | null> {
  if (workload.current === null) return null
  const { ref, current } = workload
  const before = revisions.filter(({ uid }) => uid !== current.uid)
  const serving = before.filter(({ replicas }) => replicas > 0)
  const [pods, ...older] = await Promise.all([current, ...serving].map(({ uid }) => cluster.pods(ref, uid)))
  return podsSeen({
    current: pods ?? [],
    older: older.flat(),
    alerting: alertingPods(alerts, labels),
    isOlder: (name) => before.some((revision) => name.startsWith(`${revision.name}-`)),
  })
}

/** Pods that the alert names, and those that the same rule names beside it. */
function alertingPods(alerts: ActiveAlerts, labels: Labels): string[] {
  const same = typeof alerts === 'string' ? [] : alerts.filter((alert) => alert.labels['alertname'] === labels['alertname'])
  const namespace = namespaceOf(labels)
  return [labels, ...same.filter((alert) => namespaceOf(alert.labels) === namespace).map((alert) => alert.labels)].flatMap(
    (one) => podOf(one) ?? [],
  )
}

function podOf(labels: Labels): string | undefined {
  return labels['exported_pod'] ?? labels['pod']
}

function namespaceOf(labels: Labels): string | undefined {
  return labels['exported_namespace'] ?? labels['namespace']
}
