import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import { expandTemplate } from './expand-template.ts'
import { evaluate } from './promql/evaluate.ts'
import { type Context, expectKind, PromqlError, withoutName } from './promql/value.ts'
import type { AlertingRule } from './rule-groups.ts'
import { keyOf } from './series-store.ts'

export interface RuleAlert {
  labels: Labels
  annotations: Labels
  /** `inactive`: it fired, and is over since `resolvedAt`. */
  state: 'pending' | 'firing' | 'inactive'
  activeAt: Instant
  firedAt: Instant | null
  resolvedAt: Instant | null
  keepFiringSince: Instant | null
  value: number
  /** When Alertmanager was told last. */
  lastSentAt: Instant | null
}

/** How long an alert that is over is still told to Alertmanager, which may have missed it. */
const RESOLVED_RETENTION_MS = 15 * 60_000

/** The alerts of one rule over time: Prometheus' `rules/alerting.go`. */
export class ActiveAlerts {
  readonly rule: AlertingRule
  readonly #alerts = new Map<string, RuleAlert>()

  constructor(rule: AlertingRule) {
    this.rule = rule
  }

  /** Pending and firing ones. */
  active(): RuleAlert[] {
    return this.all().filter(({ state }) => state !== 'inactive')
  }

  /** Those that are over too, for a while. */
  all(): RuleAlert[] {
    return [...this.#alerts.values()]
  }

  /** Asks the rule's expression. Throws a PromqlError; the alerts then stay as they are. */
  evaluate(context: Context): void {
    const { at } = context
    const found = this.#find(context)
    for (const [key, one] of found) {
      const known = this.#alerts.get(key)
      if (known && known.state !== 'inactive') Object.assign(known, { value: one.value, annotations: one.annotations })
      else this.#alerts.set(key, one)
    }
    for (const [key, alert] of this.#alerts) {
      if (found.has(key)) alert.keepFiringSince = null
      else this.#endOne(key, alert, at)
      if (alert.state === 'pending' && at - alert.activeAt >= this.rule.forMs) Object.assign(alert, { state: 'firing', firedAt: at })
    }
  }

  #find(context: Context): Map<string, RuleAlert> {
    const value = evaluate(this.rule.node, context)
    const samples = value.kind === 'scalar' ? [{ labels: {}, value: value.value }] : expectKind(value, 'vector', 'rule').samples
    const found = new Map<string, RuleAlert>()
    for (const sample of samples) {
      const alert = this.#begin(sample, context.at)
      const key = keyOf(alert.labels)
      if (found.has(key)) throw new PromqlError('execution', 'vector contains metrics with the same labelset after applying alert labels')
      found.set(key, alert)
    }
    return found
  }

  #begin(sample: { labels: Labels; value: number }, at: Instant): RuleAlert {
    const expanded = (texts: Labels) =>
      Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, expandTemplate(text, sample)]))
    return {
      labels: { ...withoutName(sample.labels), ...expanded(this.rule.labels), alertname: this.rule.name },
      annotations: expanded(this.rule.annotations),
      state: 'pending',
      activeAt: at,
      firedAt: null,
      resolvedAt: null,
      keepFiringSince: null,
      value: sample.value,
      lastSentAt: null,
    }
  }

  /** Its condition does not hold any more. */
  #endOne(key: string, alert: RuleAlert, at: Instant): void {
    if (alert.state === 'firing' && this.rule.keepFiringForMs > 0) {
      alert.keepFiringSince ??= at
      if (at - alert.keepFiringSince < this.rule.keepFiringForMs) return
    }
    const isOld = alert.resolvedAt !== null && at - alert.resolvedAt > RESOLVED_RETENTION_MS
    if (alert.state === 'pending' || isOld) this.#alerts.delete(key)
    else if (alert.state === 'firing') Object.assign(alert, { state: 'inactive', resolvedAt: at })
  }
}
