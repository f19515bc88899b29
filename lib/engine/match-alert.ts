import type { Labels } from '../core/alert.ts'
import type { AlertingRule } from '../core/signal.ts'
import type { ActiveAlert } from '../ports.ts'

/**
 * The alert in Prometheus that a payload speaks of. Prometheus shows an alert's own labels; the payload has
 * external labels besides: every label of the alert must be in the payload, and the fullest match wins.
 */
export function matchingAlert(alerts: readonly ActiveAlert[], labels: Labels): ActiveAlert | null {
  const matches = alerts.filter((alert) => isSubset(alert.labels, labels))
  return matches.sort((a, b) => Object.keys(b.labels).length - Object.keys(a.labels).length)[0] ?? null
}

/** The rule of a payload's alert: same name, and the labels that it adds are there. */
export function matchingRule(rules: readonly AlertingRule[], labels: Labels): AlertingRule | null {
  return rules.find((rule) => rule.name === labels['alertname'] && isSubset(staticLabels(rule), labels)) ?? null
}

/** Labels with a template in them have a value that only Prometheus knows. */
function staticLabels(rule: AlertingRule): Labels {
  return Object.fromEntries(Object.entries(rule.labels).filter(([, value]) => !value.includes('{{')))
}

/** Whether every label of the one is in the other. */
export function isSubset(part: Labels, whole: Labels): boolean {
  return Object.entries(part).every(([name, value]) => whole[name] === value)
}
