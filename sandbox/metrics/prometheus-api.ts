import type { Instant } from '../../lib/core/json.ts'
import { type Call, jsonReply, type Reply, textReply } from '../panel/breakable-server.ts'
import { ActiveAlerts, type RuleAlert } from './active-alerts.ts'
import { numberText } from './exposition.ts'
import { graphPage } from './graph-page.ts'
import type { EvaluatedGroup, EvaluatedRule, SandboxPrometheus } from './prometheus.ts'
import { evaluate, parse } from './promql/evaluate.ts'
import { nameOfKind, PromqlError, type Value } from './promql/value.ts'
import { durationMs } from './rule-groups.ts'
import { keyOf } from './series-store.ts'

const MOST_POINTS = 11_000

/** Prometheus' HTTP API, as far as it is asked here; the rest is 404. */
export function answerPrometheus(prometheus: SandboxPrometheus, call: Call, now: Instant): Reply {
  try {
    switch (call.path) {
      case '/-/ready':
        return textReply(200, 'Prometheus Server is Ready.\n')
      case '/-/healthy':
        return textReply(200, 'Prometheus Server is Healthy.\n')
      case '/graph':
        return htmlReply(graphPage(prometheus, call.parameters.get('g0.expr') ?? '', now))
      case '/api/v1/query':
        return success(query(prometheus, call.parameters, now))
      case '/api/v1/query_range':
        return success(queryRange(prometheus, call.parameters))
      case '/api/v1/rules':
        return success({ groups: prometheus.groups.map(groupOf) })
      case '/api/v1/alerts':
        return success({ alerts: prometheus.alerts().map(alertOf) })
      case '/api/v1/status/buildinfo':
        return success({ version: 'sandbox', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' })
      case '/api/v1/status/runtimeinfo':
        return success({ storageRetention: '2h', reloadConfigSuccess: true })
      default:
        return textReply(404, '404 page not found\n')
    }
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error
    const { errorType, message } = error
    const named = message.startsWith('parse error') ? `invalid parameter "query": ${message}` : message
    return jsonReply(errorType === 'execution' ? 422 : 400, { status: 'error', errorType, error: named })
  }
}

function htmlReply(body: string): Reply {
  const headers = { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }
  return { status: 200, body, contentType: 'text/html; charset=utf-8', headers }
}

function success(data: unknown): Reply {
  return jsonReply(200, { status: 'success', data })
}

function query({ store }: SandboxPrometheus, parameters: URLSearchParams, now: Instant): object {
  const at = parameters.has('time') ? instant(parameters, 'time') : now
  const value = evaluate(expression(parameters), { store, at })
  switch (value.kind) {
    case 'scalar':
      return { resultType: 'scalar', result: point(at, value.value) }
    case 'string':
      return { resultType: 'string', result: [at / 1_000, value.text] }
    case 'vector':
      return { resultType: 'vector', result: value.samples.map((one) => ({ metric: one.labels, value: point(at, one.value) })) }
    case 'matrix':
      return {
        resultType: 'matrix',
        result: value.series.map((one) => ({
          metric: one.labels,
          values: one.at.map((sampledAt, i) => point(sampledAt, one.values[i] ?? 0)),
        })),
      }
  }
}

function queryRange({ store }: SandboxPrometheus, parameters: URLSearchParams): object {
  const [start, end, stepMs] = [instant(parameters, 'start'), instant(parameters, 'end'), step(parameters)]
  if (end < start) throw invalid('end', 'end timestamp must not be before start time')
  if ((end - start) / stepMs > MOST_POINTS) {
    const limit = 'exceeded maximum resolution of 11,000 points per timeseries'
    throw new PromqlError('bad_data', `${limit}. Try decreasing the query resolution (?step=XX)`)
  }
  const node = expression(parameters)
  const series = new Map<string, { metric: object; values: [number, string][] }>()
  for (let at = start; at <= end; at += stepMs) {
    for (const { labels, value } of vectorOf(evaluate(node, { store, at }))) {
      const key = keyOf(labels)
      const one = series.get(key) ?? { metric: labels, values: [] }
      one.values.push(point(at, value))
      series.set(key, one)
    }
  }
  return { resultType: 'matrix', result: [...series.values()] }
}

function vectorOf(value: Value) {
  if (value.kind === 'vector') return value.samples
  if (value.kind === 'scalar') return [{ labels: {}, value: value.value }]
  throw new PromqlError('bad_data', `invalid expression type "${nameOfKind(value.kind)}" for range query, must be Scalar or instant Vector`)
}

function expression(parameters: URLSearchParams) {
  return parse(parameters.get('query') ?? '')
}

function invalid(parameter: string, why: string): PromqlError {
  return new PromqlError('bad_data', `invalid parameter "${parameter}": ${why}`)
}

/** Seconds, or RFC 3339. */
function instant(parameters: URLSearchParams, name: string): Instant {
  const text = parameters.get(name) ?? ''
  const at = text === '' || Number.isNaN(Number(text)) ? Date.parse(text) : Math.round(Number(text) * 1_000)
  if (Number.isNaN(at)) throw invalid(name, `cannot parse "${text}" to a valid timestamp`)
  return at
}

function step(parameters: URLSearchParams): number {
  const text = parameters.get('step') ?? ''
  const ms = Math.round(Number(text) * 1_000) || durationOrNaN(text)
  if (Number.isNaN(ms)) throw invalid('step', `cannot parse "${text}" to a valid duration`)
  if (ms <= 0) throw invalid('step', 'zero or negative query resolution step widths are not accepted. Try a positive integer')
  return ms
}

function durationOrNaN(text: string): number {
  return /^(\d+(ms|[smhdwy]))+$/.test(text) ? durationMs(text) : Number.NaN
}

function point(at: Instant, value: number): [number, string] {
  return [at / 1_000, numberText(value)]
}

function groupOf({ name, intervalMs, rules, lastEvaluatedAt, evaluationMs }: EvaluatedGroup): object {
  const evaluated = { evaluationTime: evaluationMs / 1_000, lastEvaluation: iso(lastEvaluatedAt) }
  return {
    name,
    file: 'rules.yml',
    rules: rules.map((rule) => ({ ...ruleOf(rule), ...healthOf(rule, lastEvaluatedAt), ...evaluated })),
    interval: intervalMs / 1_000,
    limit: 0,
    ...evaluated,
  }
}

function healthOf({ lastError }: EvaluatedRule, lastEvaluatedAt: Instant | null): object {
  if (lastError !== undefined) return { health: 'err', lastError }
  return { health: lastEvaluatedAt === null ? 'unknown' : 'ok' }
}

function ruleOf(rule: EvaluatedRule): object {
  if (!(rule instanceof ActiveAlerts)) return { type: 'recording', name: rule.name, query: rule.query, labels: rule.labels }
  const { name, query, forMs, keepFiringForMs, labels, annotations } = rule.rule
  const alerts = rule.active().map(alertOf)
  const state = ['firing', 'pending'].find((one) => rule.active().some((alert) => alert.state === one)) ?? 'inactive'
  const times = { duration: forMs / 1_000, keepFiringFor: keepFiringForMs / 1_000 }
  return { state, name, query, ...times, labels, annotations, alerts, type: 'alerting' }
}

function alertOf({ labels, annotations, state, activeAt, keepFiringSince, value }: RuleAlert): object {
  const since = keepFiringSince === null ? {} : { keepFiringSince: iso(keepFiringSince) }
  return { labels, annotations, state, activeAt: iso(activeAt), ...since, value: exponential(value) }
}

/** As Go writes it: two digits at least in the exponent. */
function exponential(value: number): string {
  return Number.isFinite(value) ? value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2') : numberText(value)
}

function iso(at: Instant | null): string {
  return at === null ? '0001-01-01T00:00:00Z' : new Date(at).toISOString()
}
