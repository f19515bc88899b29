import { DEFAULT_THRESHOLDS, ruleFile } from '../../lib/core/rule-file.ts'
import type { AlertingRule } from '../../lib/core/signal.ts'

const MINUTE = 60_000

export const SIGNAL_NAMES = ['EdgeLinkHighErrorRate', 'EdgeLinkHighLatency', 'EdgeLinkPodCrashLooping'] as const
export type SignalName = (typeof SIGNAL_NAMES)[number]

/** A rule of the past, as Prometheus would tell of it. Shipped names and thresholds; ranges as teams shorten them. */
export function alertingSignal(name: SignalName): AlertingRule & { threshold: number } {
  const rule = ruleFile(DEFAULT_THRESHOLDS).groups[0]?.rules.find(({ alert }) => alert === name)
  if (rule === undefined) throw new Error(`there is no shipped rule ${name}`)
  const threshold = Number(/> ([\d.]+)\s*$/.exec(rule.expr)?.[1])
  return {
    name,
    expression: rule.expr,
    labels: rule.labels,
    forMs: MINUTE / 2,
    keepFiringForMs: 0,
    intervalMs: 15_000,
    longestRangeMs: 2 * MINUTE,
    threshold,
  }
}
