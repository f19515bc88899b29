import type { Instant } from '../../core/json.ts'
import type { PastRequest } from '../../core/metrics-request.ts'
import type { Series } from '../../ports.ts'
import { fits } from './fitting-series.ts'
import { duration, equals } from './promql.ts'
import type { TimeRange } from './query-range.ts'
import { ALL_LABELS } from './travelling-labels.ts'

type QueryRange = (expression: string, range: TimeRange) => Promise<Series[]>

const STEP_MS = 15_000

/**
 * When an alert was last pending or firing, from the series `ALERTS` that Prometheus writes of its own rules. It has the alert's own
 * labels and no external ones: each of them must be in the payload. A gap in Prometheus' record looks like an alert that was not there.
 * Each step looks back to the one before, the last one from `to`: an alert that was there for seconds is not missed. Up to a step late.
 */
export async function lastActive(queryRange: QueryRange, { labels, workload, from, to }: PastRequest): Promise<Instant | null> {
  const name = labels['alertname']
  const stepMs = Math.min(STEP_MS, to - from)
  if (name === undefined || stepMs <= 0) return null
  const steps = Math.floor((to - from) / stepMs)
  const expression = `max_over_time(ALERTS{${equals('alertname', name)}}[${duration(stepMs)}])`
  const series = await queryRange(expression, { from: to - (steps - 1) * stepMs, to, stepMs })
  const identity = { labels, pods: [], workload }
  const times = series.flatMap(({ labels: { alertstate: _, ...own }, points }) =>
    fits(own, identity, ALL_LABELS) ? points.filter(({ value }) => value > 0).map(({ at }) => at) : [],
  )
  return times.length === 0 ? null : times.reduce((last, at) => Math.max(last, at))
}
