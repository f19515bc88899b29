import type { Instant } from '../core/json.ts'
import type { ActiveAlert, Metrics } from '../ports.ts'

/**
 * How long an answer stands. Long enough for a storm of alerts to ask once, short enough that an alert whose delivery
 * has just come is in it: Prometheus has had it since it was pending.
 */
const SHARED_FOR_MS = 500

/** Prometheus, with one answer of `alerts` for all who ask at about the same time. A failure is shared only while it lasts. */
export function shareAlerts(metrics: Metrics, now: () => Instant): Metrics {
  let asked: { at: Instant; answer: Promise<ActiveAlert[]> } | null = null
  return {
    ...metrics,
    alerts() {
      if (asked !== null && now() - asked.at < SHARED_FOR_MS) return asked.answer
      const asking = { at: now(), answer: metrics.alerts() }
      asked = asking
      asking.answer.catch(() => {
        if (asked === asking) asked = null
      })
      return asking.answer
    },
  }
}
