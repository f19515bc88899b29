import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import { ActiveAlerts, type RuleAlert } from './active-alerts.ts'
import { evaluate } from './promql/evaluate.ts'
import { type Context, PromqlError, type VectorSample } from './promql/value.ts'
import { type RecordingRule, type RuleGroup, readRuleGroups } from './rule-groups.ts'
import { Scraper, type Target } from './scraper.ts'
import { SeriesStore } from './series-store.ts'

export interface PrometheusOptions {
  targets: readonly Target[]
  /** A rule file, as YAML. */
  rules: string
  /** Between scrapes, and between evaluations of groups that name no interval. */
  intervalMs?: number
  /** What Alertmanager's alerts carry beside their own labels. */
  externalLabels?: Labels
  /** Where people find it: in alerts' links. */
  url: string
  /** Takes alerts as Alertmanager's `POST /api/v2/alerts` does; rejects while it cannot. */
  send(alerts: PostedAlert[]): Promise<void>
}

/** An alert on its way to Alertmanager. Instants are ISO 8601. */
export interface PostedAlert {
  labels: Labels
  annotations: Labels
  startsAt: string
  endsAt: string
  generatorURL: string
}

export interface EvaluatedGroup extends Omit<RuleGroup, 'rules'> {
  rules: EvaluatedRule[]
  lastEvaluatedAt: Instant | null
  evaluationMs: number
}
export type EvaluatedRule = (ActiveAlerts | RecordingRule) & { lastError?: string }

/** Prometheus sends an alert that still fires again so often (its own default: 1 min); Alertmanager ends it after four times that. */
const RESEND_MS = 10_000
const RETENTION_MS = 2 * 60 * 60_000

/** Scrapes, evaluates and tells, each time `tick` is called. */
export class SandboxPrometheus {
  readonly store = new SeriesStore()
  readonly groups: EvaluatedGroup[]
  readonly intervalMs: number
  readonly #options: PrometheusOptions
  readonly #scrapers: Scraper[]
  /** Series that rules wrote the last time: those that a rule no longer gives end there. */
  readonly #written = new Map<EvaluatedRule, Map<string, Labels>>()

  constructor(options: PrometheusOptions) {
    this.#options = options
    this.intervalMs = options.intervalMs ?? 1_000
    this.groups = readRuleGroups(options.rules, { intervalMs: this.intervalMs }).map((group) => ({
      ...group,
      rules: group.rules.map((rule) => (rule.type === 'alerting' ? new ActiveAlerts(rule) : rule)),
      lastEvaluatedAt: null,
      evaluationMs: 0,
    }))
    this.#scrapers = options.targets.map((target) => new Scraper(target, this.store))
  }

  alerts(): RuleAlert[] {
    return this.groups.flatMap(({ rules }) => rules.flatMap((rule) => (rule instanceof ActiveAlerts ? rule.active() : [])))
  }

  async tick(at: Instant): Promise<void> {
    await Promise.all(this.#scrapers.map((scraper) => scraper.scrape(at)))
    for (const group of this.groups) {
      if (group.lastEvaluatedAt !== null && at - group.lastEvaluatedAt < group.intervalMs) continue
      this.#evaluateGroup(group, at)
    }
    this.store.prune(at - RETENTION_MS)
    await this.#tell(at)
  }

  #evaluateGroup(group: EvaluatedGroup, at: Instant): void {
    const startedAt = performance.now()
    for (const rule of group.rules) {
      try {
        this.#write(
          rule,
          at,
          rule instanceof ActiveAlerts ? seriesOf(rule, { store: this.store, at }) : record(rule, { store: this.store, at }),
        )
        delete rule.lastError
      } catch (error) {
        if (!(error instanceof PromqlError)) throw error
        rule.lastError = error.message
      }
    }
    group.lastEvaluatedAt = at
    group.evaluationMs = performance.now() - startedAt
  }

  #write(rule: EvaluatedRule, at: Instant, samples: readonly VectorSample[]): void {
    const written = new Map(samples.map(({ labels, value }) => [this.store.append(labels, at, value), labels]))
    for (const [key, labels] of this.#written.get(rule) ?? []) if (!written.has(key)) this.store.append(labels, at, null)
    this.#written.set(rule, written)
  }

  async #tell(at: Instant): Promise<void> {
    const due = this.groups.flatMap(({ rules, intervalMs }) =>
      rules.flatMap((rule) => (rule instanceof ActiveAlerts ? rule.all().map((alert) => ({ alert, rule, intervalMs })) : [])),
    )
    const posts = due.flatMap(({ alert, rule, intervalMs }) => {
      if (!isDue(alert, at)) return []
      alert.lastSentAt = at
      return [this.#post(alert, rule.rule.query, at + 4 * Math.max(intervalMs, RESEND_MS))]
    })
    // What cannot be sent is lost, and sent again when it is due again: as with Prometheus.
    if (posts.length > 0) await this.#options.send(posts).catch(() => {})
  }

  #post({ labels, annotations, firedAt, activeAt, resolvedAt }: RuleAlert, query: string, validUntil: Instant): PostedAlert {
    return {
      labels: { ...this.#options.externalLabels, ...labels },
      annotations,
      startsAt: new Date(firedAt ?? activeAt).toISOString(),
      endsAt: new Date(resolvedAt ?? validUntil).toISOString(),
      generatorURL: `${this.#options.url}/graph?${new URLSearchParams({ 'g0.expr': query, 'g0.tab': '1' })}`,
    }
  }
}

function isDue({ state, resolvedAt, lastSentAt }: RuleAlert, at: Instant): boolean {
  if (state === 'pending') return false
  return lastSentAt === null || (resolvedAt !== null && resolvedAt > lastSentAt) || at - lastSentAt >= RESEND_MS
}

/** `ALERTS`, and since when each is active. */
function seriesOf(rule: ActiveAlerts, context: Context): VectorSample[] {
  rule.evaluate(context)
  return rule.active().flatMap(({ labels, state, activeAt }) => [
    { labels: { ...labels, __name__: 'ALERTS', alertstate: state }, value: 1 },
    { labels: { ...labels, __name__: 'ALERTS_FOR_STATE' }, value: activeAt / 1_000 },
  ])
}

function record({ node, name, labels }: RecordingRule, context: Context): VectorSample[] {
  const value = evaluate(node, context)
  const samples = value.kind === 'vector' ? value.samples : []
  const scalar = value.kind === 'scalar' ? [{ labels: {}, value: value.value }] : []
  return [...samples, ...scalar].map((one) => ({ labels: { ...one.labels, ...labels, __name__: name }, value: one.value }))
}
