import type { Instant } from '../core/json.ts'
import type { ActiveAlert, Metrics } from '../ports.ts'

/** How long an answer stands for whoever does not say as of when. Long enough for a storm of alerts to ask once. */
const SHARED_FOR_MS = 500

/**
 * Prometheus, with one answer of `alerts` for all who ask at about the same time. Not one from before an alert was received: there it may
 * be pending still, and that would hold it until the next look. A failure is shared only while it lasts.
 */
export function shareAlerts(metrics: Metrics, now: () => Instant): Metrics {
  let asked: { at: Instant; answer: Promise<ActiveAlert[]> } | null = null
  return {
    ...metrics,
    alerts(asOf = 0) {
      if (asked !== null && now() - asked.at < SHARED_FOR_MS && asked.at >= asOf) return asked.answer
      const asking = { at: now(), answer: metrics.alerts() }
      asked = asking
      asking.answer.catch(() => {
        if (asked === asking) asked = null
      })
      return asking.answer
    },
  }
}
