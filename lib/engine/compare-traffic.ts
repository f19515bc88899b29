import type { Labels } from '../core/alert.ts'
import type { Instant } from '../core/json.ts'
import { TRAFFIC_WINDOW_MS, type TrafficThenAndNow } from '../core/traffic.ts'
import type { Deps } from '../ports.ts'
import { matchingRule } from './match-alert.ts'
import { heard } from './silent.ts'

interface Comparing {
  /** Name of the workload. */
  workload: string
  /** Of the alert; null: nobody was alerted, as by hand. */
  labels: Labels | null
  deployedAt: Instant | null
}

/** Requests a second before the deploy and now, by the counter of the alert's own rule. That it cannot be told is an answer. */
export async function compareTraffic(
  { metrics, now }: Pick<Deps, 'metrics' | 'now'>,
  { workload, labels, deployedAt }: Comparing,
): Promise<TrafficThenAndNow> {
  if (labels === null) return { state: 'no_alert' }
  if (deployedAt === null) return { state: 'no_deploy' }
  if (!metrics.isConfigured) return { state: 'no_prometheus' }
  const at = now()
  const compare = async (): Promise<TrafficThenAndNow> => {
    const rule = matchingRule(await metrics.rules(), labels)
    if (rule === null) return { state: 'no_rule' }
    const ask = (end: Instant) => metrics.traffic({ expression: rule.expression, labels, workload, windowMs: TRAFFIC_WINDOW_MS, at: end })
    const [before, current] = await Promise.all([ask(deployedAt), ask(at)])
    if (before.kind !== 'read' || current.kind !== 'read') return { state: 'not_derivable' }
    return {
      state: 'read',
      expression: current.expression,
      windowMs: TRAFFIC_WINDOW_MS,
      before: { at: deployedAt, perSecond: before.perSecond },
      now: { at, perSecond: current.perSecond },
    }
  }
  return heard(compare(), { state: 'silent' } as const)
}
