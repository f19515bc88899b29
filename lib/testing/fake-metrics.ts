import { upstreamError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { MeasureRequest, PastRequest, SignalRequest, TrafficRequest } from '../core/metrics-request.ts'
import type { AlertingRule, Measurement } from '../core/signal.ts'
import type { SignalRange } from '../core/signal-range.ts'
import type { TrafficReading } from '../core/traffic.ts'
import { matchingAlert } from '../engine/match-alert.ts'
import type { ActiveAlert, Metrics, Sample, Series } from '../ports.ts'

/** A rule with the fields that a test does not care about filled in. */
export function aRule(overrides: Partial<AlertingRule> = {}): AlertingRule {
  return {
    name: 'EdgeLinkHighErrorRate',
    expression: 'error_ratio > 0.05',
    labels: { severity: 'critical', auto_rollback: 'true' },
    forMs: 120_000,
    keepFiringForMs: 0,
    intervalMs: 15_000,
    longestRangeMs: 300_000,
    ...overrides,
  }
}

/** What a healthy workload measures; overrides make it ill, thin or empty. */
export function aMeasurement(overrides: Partial<Extract<Measurement, { kind: 'comparison' }>> = {}): Measurement {
  return {
    kind: 'comparison',
    expression: 'error_ratio',
    comparison: '>',
    threshold: 0.05,
    value: 0,
    samples: 8,
    requests: 500,
    ...overrides,
  }
}

/** Prometheus in memory for the engine's tests. Without an address it refuses every call, as the adapter does. */
export class FakeMetrics implements Metrics {
  isConfigured = true
  /** True: every call throws, as when Prometheus does not answer. */
  down = false
  skewMs: number | null = 0
  readonly loadedRules: AlertingRule[] = []
  readonly activeAlerts: ActiveAlert[] = []
  /** As of when alerts were asked for, each time. */
  readonly alertsAskedAsOf: (Instant | undefined)[] = []
  /** Every measurement that was asked for. */
  readonly measured: MeasureRequest[] = []
  /** Answers of `query` and `queryRange`, by expression. */
  readonly samples = new Map<string, Sample[]>()
  readonly series = new Map<string, Series[]>()

  /** Answers of `signal`, by expression, and what was asked. */
  readonly signals = new Map<string, SignalRange>()
  readonly signalsAsked: SignalRequest[] = []

  /** When an alert was last active before a deploy, by its name; the others never were. */
  readonly pastActive = new Map<string, Instant>()
  /** What a rule measured before a deploy, by its name. Nothing was wrong then where a test says nothing. */
  readonly measuredBefore = new Map<string, Measurement>()
  /** What a rule measures over its own range while it is decided, by its name. */
  readonly measuredNow = new Map<string, Measurement>()

  /** Requests a second at a moment, by the name of a rule; without one it cannot be derived. */
  readonly traffics = new Map<string, (at: Instant) => number | null>()

  readonly #measurements = new Map<string, Measurement | ((request: MeasureRequest) => Measurement)>()

  /** Loads a rule and, if given, what it measures from now on. */
  load(rule: AlertingRule, measurement?: Measurement | ((request: MeasureRequest) => Measurement)): void {
    this.loadedRules.push(rule)
    if (measurement !== undefined) this.measures(rule.name, measurement)
  }

  /** What a loaded rule's expression measures from now on. */
  measures(ruleName: string, measurement: Measurement | ((request: MeasureRequest) => Measurement)): void {
    this.#measurements.set(ruleName, measurement)
  }

  /** Prometheus has this alert, firing since `activeAt`. Replaces one of the same labels. */
  fires(labels: ActiveAlert['labels'], activeAt: Instant, state: ActiveAlert['state'] = 'firing'): void {
    this.clears(labels)
    this.activeAlerts.push({ labels, state, activeAt })
  }

  /** Unless there is one of which the payload speaks. Returns what takes it away again. */
  addAlert(alert: ActiveAlert): () => void {
    if (matchingAlert(this.activeAlerts, alert.labels) !== null) return () => {}
    this.activeAlerts.push(alert)
    return () => this.#remove(this.activeAlerts, alert)
  }

  /** Unless one of that name is loaded. Returns what takes it away again. */
  addRule(rule: AlertingRule): () => void {
    if (this.loadedRules.some(({ name }) => name === rule.name)) return () => {}
    this.loadedRules.push(rule)
    return () => this.#remove(this.loadedRules, rule)
  }

  #remove<T>(list: T[], item: T): void {
    const at = list.indexOf(item)
    if (at >= 0) list.splice(at, 1)
  }

  clears(labels: ActiveAlert['labels']): void {
    const index = this.activeAlerts.findIndex((alert) => sameLabels(alert.labels, labels))
    if (index >= 0) this.activeAlerts.splice(index, 1)
  }

  async alerts(asOf?: Instant): Promise<ActiveAlert[]> {
    this.#reach()
    this.alertsAskedAsOf.push(asOf)
    return this.activeAlerts.map((alert) => ({ ...alert }))
  }

  async rules(): Promise<AlertingRule[]> {
    this.#reach()
    return this.loadedRules.map((rule) => ({ ...rule }))
  }

  async measure(request: MeasureRequest): Promise<Measurement> {
    this.#reach()
    this.measured.push(request)
    const name = this.loadedRules.find(({ expression }) => expression === request.expression)?.name
    // Before a deploy it is asked on a minute, now on the rule's own range.
    const decided = request.windowMs > 60_000 ? this.measuredNow : this.measuredBefore
    if (request.workload !== undefined) return decided.get(name ?? '') ?? aMeasurement()
    const measurement = name === undefined ? undefined : this.#measurements.get(name)
    if (typeof measurement === 'function') return measurement(request)
    return measurement ?? { kind: 'unreadable', expression: request.expression, why: 'the test gave no measurement' }
  }

  async query(expression: string): Promise<Sample[]> {
    this.#reach()
    return this.samples.get(expression) ?? []
  }

  async queryRange(expression: string): Promise<Series[]> {
    this.#reach()
    return this.series.get(expression) ?? []
  }

  async signal(request: SignalRequest): Promise<SignalRange> {
    this.#reach()
    this.signalsAsked.push(request)
    return this.signals.get(request.expression) ?? { kind: 'unreadable', why: 'the test gave no signal' }
  }

  async lastActive({ labels, from, to }: PastRequest): Promise<Instant | null> {
    this.#reach()
    const at = this.pastActive.get(labels['alertname'] ?? '') ?? null
    return at !== null && at >= from && at <= to ? at : null
  }

  async traffic({ expression, at }: TrafficRequest): Promise<TrafficReading> {
    this.#reach()
    const name = this.loadedRules.find((rule) => rule.expression === expression)?.name ?? ''
    const perSecond = this.traffics.get(name)
    return perSecond === undefined ? { kind: 'not_derivable' } : { kind: 'read', expression: 'requests', perSecond: perSecond(at) }
  }

  async ping(): Promise<void> {
    this.#reach()
  }

  clockSkewMs(): number | null {
    return this.skewMs
  }

  #reach(): void {
    if (!this.isConfigured) throw upstreamError('prometheus', 'no address is configured')
    if (this.down) throw upstreamError('prometheus', 'no answer within 2000 ms')
  }
}

function sameLabels(a: ActiveAlert['labels'], b: ActiveAlert['labels']): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
