/** What `/metrics` reads when it is asked, beside what was counted. Null: not known just now, and then not shown. */
export interface Gauges {
  automationPaused: boolean | null
  dryRun: boolean | null
  breakerOpen: boolean | null
  /** By the heartbeat alert's name. */
  heartbeatAgeSeconds: { name: string; seconds: number }[]
  queue: { job: string; queued: number; active: number }[]
  /** How long the most overdue row has waited; 0: nothing is due. */
  oldestDueAgeSeconds: number | null
  upstreams: { name: string; isUp: boolean }[]
}
