import type { Instant } from '../core/json.ts'
import type { Unheard } from '../core/outside-facts.ts'
import type { ActiveAlert, Metrics } from '../ports.ts'
import { isSilent } from './silent.ts'

/** What Prometheus has pending or firing; else why nobody can tell. */
export type ActiveAlerts = readonly ActiveAlert[] | Unheard

export async function readActiveAlerts(metrics: Metrics, asOf: Instant): Promise<ActiveAlerts> {
  if (!metrics.isConfigured) return 'not_configured'
  try {
    return await metrics.alerts(asOf)
  } catch (error) {
    if (isSilent(error)) return 'silent'
    throw error
  }
}
