/** Why an alert of a delivery was stored as nothing. */
export type IgnoredReason = 'no_auto_rollback_label' | 'heartbeat'

/** What became of one delivery. `rejected` names the place in the body, for whoever reads the reply. */
export interface DeliveryCounts {
  accepted: number
  duplicate: number
  ignored: { count: number; reasons: Partial<Record<IgnoredReason, number>> }
  rejected: { index: number; path: string; message: string }[]
  /** Alerts that Alertmanager cut off before sending (`max_alerts`). */
  truncated: number
}
