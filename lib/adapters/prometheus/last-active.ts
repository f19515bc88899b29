import type { Instant } from '../../core/json.ts'
import type { PastRequest } from '../../core/metrics-request.ts'
import type { Series } from '../../ports.ts'
import { fits } from './fitting-series.ts'
import { equals } from './promql.ts'
import type { TimeRange } from './query-range.ts'
import { ALL_LABELS } from './travelling-labels.ts'

type QueryRange = (expression: string, range: TimeRange) => Promise<Series[]>

/** Finer than rules are evaluated, so that no evaluation is missed. */
const STEP_MS = 15_000

/**
 * When an alert was last pending or firing, from the series `ALERTS` that Prometheus writes of its own rules. It has the alert's own
 * labels and no external ones: each of them must be in the payload. A gap in Prometheus' record looks like an alert that was not there.
 */
export async function lastActive(queryRange: QueryRange, { labels, workload, from, to }: PastRequest): Promise<Instant | null> {
  const name = labels['alertname']
  if (name === undefined) return null
  const series = await queryRange(`ALERTS{${equals('alertname', name)}}`, { from, to, stepMs: STEP_MS })
  const identity = { labels, pods: [], workload }
  const times = series.flatMap(({ labels: { alertstate: _, ...own }, points }) =>
    fits(own, identity, ALL_LABELS) ? points.filter(({ value }) => value > 0).map(({ at }) => at) : [],
  )
  return times.length === 0 ? null : times.reduce((last, at) => Math.max(last, at))
}
