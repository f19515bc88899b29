import { asksForRollback, type Labels } from '../core/alert.ts'
import type { Resolution } from '../core/decision.ts'
import { ledBy } from '../core/led-by.ts'
import type { OutsideFacts } from '../core/outside-facts.ts'
import type { ServiceMapping } from '../core/policy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Cluster } from '../ports.ts'
import { matchingAlert } from './match-alert.ts'
import type { ActiveAlerts } from './read-active-alerts.ts'
import { resolveWorkload } from './resolve-workload.ts'

interface Confirming {
  alerts: ActiveAlerts
  /** Of the payload. */
  labels: Labels
  /** Where the payload leads to. */
  workload: WorkloadRef
  services: readonly ServiceMapping[]
}

/**
 * The state of a payload's alert in Prometheus. A payload has external labels beside the alert's own, so whoever has the token could add
 * `auto_rollback` to an alert that asks for nothing, or `deployment` to one that really fires for somebody else: the alert's own labels have
 * to ask for a rollback, and to lead to the workload too, or to several of which an external label tells it.
 */
export async function confirmInPrometheus(cluster: Cluster, confirming: Confirming): Promise<OutsideFacts['prometheus']> {
  const { alerts, labels, workload, services } = confirming
  if (typeof alerts === 'string') return alerts
  const alert = matchingAlert(alerts, labels)
  if (alert === null || !asksForRollback(alert.labels)) return 'absent'
  if (JSON.stringify(ledBy(alert.labels)) === JSON.stringify(ledBy(labels))) return alert.state
  const resolution = await resolveWorkload({ cluster, labels: alert.labels, services })
  return leadsTo(resolution, workload) ? alert.state : 'absent'
}

function leadsTo(resolution: Resolution, workload: WorkloadRef): boolean {
  const key = workloadKey(workload)
  switch (resolution.kind) {
    case 'found':
      return workloadKey(resolution.workload) === key
    case 'ambiguous':
      return resolution.candidates.some((candidate) => workloadKey(candidate) === key)
    case 'none':
      return false
  }
}
