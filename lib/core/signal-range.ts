import type { Instant } from './json.ts'
import type { Comparison } from './signal.ts'
import type { SignalUnit } from './signal-unit.ts'

/** The left side of a rule over a time. A point that nobody measured is not there. */
export type SignalRange =
  | {
      kind: 'read'
      /** The left side as it was asked. */
      expression: string
      comparison: Comparison
      threshold: number
      /** The worst of the series that the alert speaks of, oldest first. */
      points: { at: Instant; value: number }[]
    }
  | { kind: 'unreadable'; why: string }

/** Why there is no chart. */
export const NO_SIGNAL_STATES = ['no_alert', 'no_prometheus', 'no_rule', 'no_data', 'not_understood', 'silent'] as const
export type NoSignalState = (typeof NO_SIGNAL_STATES)[number]

interface SignalAround {
  alert: string | null
  from: Instant
  to: Instant
}

/** The signal of an incident around its deploy, as people see it. */
export type IncidentSignal = SignalAround &
  (
    | { state: NoSignalState }
    | {
        state: 'read'
        rule: string
        comparison: Comparison
        threshold: number
        unit: SignalUnit
        stepMs: number
        points: { at: Instant; value: number }[]
      }
  )

const MINUTE = 60_000
/** What is shown before the deploy and after the end: as long as the story is, so that a short one fills the chart, within these. */
const LEAST_AROUND_MS = 3 * MINUTE
const MOST_AROUND_MS = 15 * MINUTE
/** As many as a wide screen can tell apart. */
const MOST_POINTS = 240
const SHORTEST_STEP_MS = 2_000
/** An incident that lasts for days is shown by its first day. */
const LONGEST_MS = 24 * 60 * MINUTE

/** From before the deploy (or the onset, whichever was first) until after the end, or now. */
export function signalWindow(about: { deployedAt: Instant | null; startedAt: Instant; endedAt: Instant | null }, now: Instant) {
  const begin = Math.min(about.deployedAt ?? about.startedAt, about.startedAt)
  const aroundMs = Math.min(MOST_AROUND_MS, Math.max(LEAST_AROUND_MS, (about.endedAt ?? now) - begin))
  const from = begin - aroundMs
  const to = Math.min(now, about.endedAt === null ? now : about.endedAt + aroundMs, from + LONGEST_MS)
  const stepMs = Math.max(SHORTEST_STEP_MS, Math.ceil((to - from) / MOST_POINTS / 1_000) * 1_000)
  return { from, to, stepMs }
}
