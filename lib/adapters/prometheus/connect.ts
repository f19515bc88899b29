import type { z } from 'zod'
import { upstreamError } from '../../core/errors.ts'
import type { Instant } from '../../core/json.ts'
import type { MeasureRequest } from '../../core/metrics-request.ts'
import type { AlertingRule } from '../../core/signal.ts'
import type { ActiveAlert, Log, Metrics, Sample, Series } from '../../ports.ts'
import { countTraffic } from './count-traffic.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { lastActive } from './last-active.ts'
import { longestRangeMs } from './longest-range.ts'
import { measure } from './measure.ts'
import { joinSeries, splitRange, type TimeRange } from './query-range.ts'
import { alertsData, queryData, rangeData, rulesData } from './responses.ts'
import { signalRange } from './signal-range.ts'

export interface PrometheusOptions {
  /** With a password and a path, if need be; null: there is none. */
  url: string | null
  log: Log
  now(): Instant
  /** For every call; default: 2 s, and 5 s for rules and ranges, whose answers are long. */
  timeoutMs?: number
}

/** Prometheus as the port wants it. Connects to nothing yet; calls are independent of each other. */
export function connectPrometheus({ url, log, now, timeoutMs }: PrometheusOptions): Metrics {
  if (url === null) return notConfigured()
  const http = createHttpClient({ url, log, now })
  const quickMs = timeoutMs ?? 2_000
  const longMs = timeoutMs ?? 5_000
  const query = (expression: string, at: Instant) => queryAt(http, expression, at, quickMs)
  return {
    isConfigured: true,
    async alerts() {
      return toActiveAlerts(await http.data({ path: 'api/v1/alerts', timeoutMs: quickMs }, alertsData))
    },
    async rules() {
      // Recording rules too: an alerting rule that reads one reaches as far back as it does.
      return toRules(await http.data({ path: 'api/v1/rules', timeoutMs: longMs }, rulesData))
    },
    measure: (request: MeasureRequest) => measure(query, request),
    query,
    queryRange: (expression, range) => queryRange(http, expression, range, longMs),
    signal: (request) => signalRange((expression, range) => queryRange(http, expression, range, longMs), request),
    traffic: (request) => countTraffic(query, request),
    lastActive: (request) => lastActive((expression, range) => queryRange(http, expression, range, longMs), request),
    ping: () => http.reach({ path: '-/ready', timeoutMs: quickMs }),
    clockSkewMs: () => http.clockSkewMs(),
  }
}

/** Only what is pending or fires: a state that a newer version may add is neither. */
function toActiveAlerts({ alerts }: z.infer<typeof alertsData>): ActiveAlert[] {
  return alerts.flatMap(({ labels, state, activeAt }) => (state === 'pending' || state === 'firing' ? [{ labels, state, activeAt }] : []))
}

function toRules({ groups }: z.infer<typeof rulesData>): AlertingRule[] {
  const rules = groups.flatMap(({ interval, rules }) => rules.map((rule) => ({ ...rule, intervalMs: interval * 1_000 })))
  const recorded = rules
    .filter(({ type }) => type === 'recording')
    .map(({ name, query, intervalMs }) => ({ name, expression: query, intervalMs }))
  return rules.flatMap((rule) => {
    if (rule.type === 'recording') return []
    const { name, query: expression, duration, keepFiringFor, labels = {}, intervalMs } = rule
    const times = { forMs: duration * 1_000, keepFiringForMs: keepFiringFor * 1_000, intervalMs }
    return [{ name, expression, labels, ...times, longestRangeMs: longestRangeMs(expression, recorded) }]
  })
}

async function queryAt(http: HttpClient, expression: string, at: Instant, timeoutMs: number): Promise<Sample[]> {
  const form = { query: expression, time: seconds(at) }
  const data = await http.data({ path: 'api/v1/query', form, timeoutMs }, queryData)
  if (data.resultType === 'scalar') return [{ labels: {}, ...data.result }]
  return data.result.map(({ metric, value }) => ({ labels: metric, ...(value ?? { at, value: Number.NaN }) }))
}

async function queryRange(http: HttpClient, expression: string, range: TimeRange, timeoutMs: number): Promise<Series[]> {
  const answers: Series[][] = []
  for (const { from, to, stepMs } of splitRange(range)) {
    const form = { query: expression, start: seconds(from), end: seconds(to), step: seconds(stepMs) }
    const { result } = await http.data({ path: 'api/v1/query_range', form, timeoutMs }, rangeData)
    answers.push(result.map(({ metric, values }) => ({ labels: metric, points: values })))
  }
  return joinSeries(answers)
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3)
}

function notConfigured(): Metrics {
  const refuse = () => Promise.reject(upstreamError('prometheus', 'no address is configured'))
  return {
    isConfigured: false,
    alerts: refuse,
    rules: refuse,
    measure: refuse,
    query: refuse,
    queryRange: refuse,
    signal: refuse,
    traffic: refuse,
    lastActive: refuse,
    ping: refuse,
    clockSkewMs: () => null,
  }
}
