import { parse as parseYaml } from 'yaml'
import { constantOf } from '../../lib/adapters/prometheus/constant.ts'
import type { PromqlNode } from '../../lib/adapters/prometheus/syntax.ts'
import type { Labels } from '../../lib/core/alert.ts'
import { parse } from './promql/evaluate.ts'

export interface AlertingRule {
  type: 'alerting'
  name: string
  query: string
  node: PromqlNode
  forMs: number
  keepFiringForMs: number
  labels: Labels
  annotations: Labels
}

export interface RecordingRule {
  type: 'recording'
  name: string
  query: string
  node: PromqlNode
  labels: Labels
}

export interface RuleGroup {
  name: string
  intervalMs: number
  rules: (AlertingRule | RecordingRule)[]
}

/** A rule file as Prometheus writes it. */
interface RuleFile {
  groups?: { name: string; interval?: string; rules: WrittenRule[] }[]
}
interface WrittenRule {
  alert?: string
  record?: string
  expr: string | number
  for?: string
  keep_firing_for?: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
}

/** Reads a rule file. Throws for an expression that is no PromQL. */
export function readRuleGroups(yaml: string, byDefault: { intervalMs: number }): RuleGroup[] {
  const { groups = [] } = (parseYaml(yaml) ?? {}) as RuleFile
  return groups.map(({ name, interval, rules }) => ({
    name,
    intervalMs: interval === undefined ? byDefault.intervalMs : durationMs(interval),
    rules: rules.map(readRule),
  }))
}

function readRule(written: WrittenRule): AlertingRule | RecordingRule {
  // Prometheus shows an expression on one line, in its own spelling; here only the white space is its.
  const query = String(written.expr).trim().replaceAll(/\s+/g, ' ')
  const common = { query, node: parse(query), labels: written.labels ?? {} }
  if (written.alert === undefined) return { type: 'recording', name: written.record ?? '', ...common }
  return {
    type: 'alerting',
    name: written.alert,
    ...common,
    forMs: durationMs(written.for ?? '0s'),
    keepFiringForMs: durationMs(written.keep_firing_for ?? '0s'),
    annotations: written.annotations ?? {},
  }
}

/** `1m30s` */
export function durationMs(text: string): number {
  const seconds = constantOf(parse(text))
  if (seconds === null) throw new Error(`not a duration: ${text}`)
  return seconds * 1_000
}
