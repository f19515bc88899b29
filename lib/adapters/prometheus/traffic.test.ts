import { describe, expect, it } from 'vitest'
import { parsePromql } from './syntax.ts'
import { trafficOf } from './traffic.ts'
import { ALL_LABELS } from './travelling-labels.ts'

function traffic(expression: string): string | null {
  const node = parsePromql(expression)
  if (!node) throw new Error(`no PromQL: ${expression}`)
  return trafficOf(node, ALL_LABELS, 60_000)?.expression ?? null
}

describe('the requests behind a value', () => {
  it.each([
    ['a ratio', '(sum(rate(x{status=~"5.."}[5m])) by (s) / sum(rate(x[5m])) by (s))', 'sum(increase(x[60s])) by (s)'],
    ['a ratio of increases', 'increase(a[5m]) / increase(b[5m])', 'increase(b[60s])'],
    ['a percentage', '100 * (rate(a[5m]) / rate(b[5m]))', 'increase(b[60s])'],
    ['what is left of a ratio', '1 - rate(a[5m]) / rate(b[5m])', 'increase(b[60s])'],
    ['the worst of ratios', 'max by (s) (rate(a[5m]) / rate(b[5m]))', 'increase(b[60s])'],
    ['a guarded ratio', 'rate(a[5m]) / (rate(b[5m]) > 0)', '(increase(b[60s]))'],
    ['a clamped ratio', 'rate(a[5m]) / clamp_min(rate(b[5m]), 1)', 'increase(b[60s])'],
    ['a ratio of a sum', 'rate(a[5m]) / (rate(a[5m]) + rate(b[5m]))', '(increase(a[60s]) + increase(b[60s]))'],
    ['a mean latency', 'rate(x_sum[5m]) / rate(x_count[5m])', 'increase(x_count[60s])'],
    [
      'a quantile',
      'histogram_quantile(0.95, sum(rate(x_bucket{a="1"}[5m])) by (s, le))',
      'sum(increase({__name__="x_bucket", a="1", le="+Inf"}[60s])) by (s, le)',
    ],
    ['a quantile of native histograms', 'histogram_quantile(0.95, sum(rate(x[5m])))', 'histogram_count(sum(increase(x[60s])))'],
  ])('are counted for %s', (_, expression, expected) => {
    expect(traffic(expression)).toBe(expected)
  })

  it.each([
    ['a rate', 'sum(rate(x[5m]))'],
    ['a gauge', 'x'],
    ['a difference', 'rate(a[5m]) - rate(b[5m])'],
    ['a ratio of gauges', 'a / b'],
    ['a ratio to seconds', 'rate(a[5m]) / rate(cpu_seconds_total[5m])'],
    ['a mean of bytes', 'rate(a_count[5m]) / rate(a_sum[5m])'],
    ['a rate in minutes', 'rate(a[5m]) / 60'],
  ])('are unknown for %s', (_, expression) => {
    expect(traffic(expression)).toBeNull()
  })
})
