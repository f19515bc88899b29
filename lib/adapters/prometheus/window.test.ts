import { describe, expect, it } from 'vitest'
import { parsePromql } from './syntax.ts'
import { onWindow } from './window.ts'

function on(windowMs: number, expression: string): string {
  const node = parsePromql(expression)
  if (!node) throw new Error(`no PromQL: ${expression}`)
  return onWindow(node, windowMs)
}

describe('an expression on a window', () => {
  it.each([
    ['rate(x[5m])', 'rate(x[47s])'],
    ['rate(x{a="b", c!~"d|e"}[1h])', 'rate(x{a="b", c!~"d|e"}[47s])'],
    ['rate(x{a="[5m]", b="设备\\n\\"q\\""}[5m])', 'rate(x{a="[5m]", b="设备\\n\\"q\\""}[47s])'],
    ['rate(x[30s])', 'rate(x[47s])'],
    ['x', 'x'],
    ['100 * max by (pod) (irate(x[5m])) - avg_over_time(y[1h])', '100 * max by (pod) (irate(x[47s])) - avg_over_time(y[47s])'],
    ['predict_linear(x[3m], 900)', 'predict_linear(x[47s], 900)'],
    ['sum(rate(x[5m]) > 0) by (a)', 'sum(rate(x[47s]) > 0) by (a)'],
    [
      'histogram_quantile(0.95, sum(rate(x_bucket[5m])) by (service, le))',
      'histogram_quantile(0.95, sum(rate(x_bucket[47s])) by (service, le))',
    ],
  ])('has every range rewritten: %s', (expression, expected) => {
    expect(on(47_900, expression)).toBe(expected)
  })

  it.each([
    [60_000, 'increase(x[10m])', '(increase(x[60s]) * 10)'],
    [120_000, 'increase(x[1m])', '(increase(x[120s]) * 0.5)'],
    [60_000, 'changes(x[1h])', '(changes(x[60s]) * 60)'],
    [60_000, 'sum(sum_over_time(x[2m])) by (a)', 'sum((sum_over_time(x[60s]) * 2)) by (a)'],
    [47_000, 'delta(x[5m])', '(delta(x[47s]) * 6.38298)'],
  ])('on %i ms scales what grows with its range: %s', (windowMs, expression, expected) => {
    expect(on(windowMs, expression)).toBe(expected)
  })

  it.each([
    [999, 'rate(x[999ms])'],
    [0, 'rate(x[1ms])'],
    [-5, 'rate(x[1ms])'],
    [1_999, 'rate(x[1s])'],
    [3_600_000, 'rate(x[3600s])'],
  ])('never reaches further back than %i ms', (windowMs, expected) => {
    expect(on(windowMs, 'rate(x[5m])')).toBe(expected)
  })
})

describe('a ratio of events among all events', () => {
  it.each([
    [
      'sum(rate(x{status=~"5.."}[5m])) by (s) / sum(rate(x[5m])) by (s)',
      '((sum(rate(x{status=~"5.."}[60s])) by (s)) or (sum(rate(x[60s])) by (s) * 0)) / sum(rate(x[60s])) by (s)',
    ],
    [
      '1 - rate(x{a="1", b="2"}[5m]) / rate(x{b="2"}[5m])',
      '1 - ((rate(x{a="1", b="2"}[60s])) or (rate(x{b="2"}[60s]) * 0)) / rate(x{b="2"}[60s])',
    ],
    [
      'rate(x{a="1"}[5m]) / on (s) group_left (v) rate(x[5m])',
      '((rate(x{a="1"}[60s])) or on (s) (rate(x[60s]) * 0)) / on (s) group_left (v) rate(x[60s])',
    ],
    [
      'increase(x{a="1"}[60s]) / increase(x[60s])',
      '(((increase(x{a="1"}[60s]) * 1)) or ((increase(x[60s]) * 1) * 0)) / (increase(x[60s]) * 1)',
    ],
  ])('is 0 where the part has no series and the whole has: %s', (expression, expected) => {
    expect(on(60_000, expression)).toBe(expected)
  })

  it.each([
    ['another metric', 'rate(errors[5m]) / rate(requests[5m])'],
    ['other series', 'rate(x{a="1"}[5m]) / rate(x{a="2"}[5m])'],
    ['the same series', 'rate(x{a="1"}[5m]) / rate(x{a="1"}[5m])'],
    ['no counters', 'x{a="1"} / x'],
    ['many for one', 'rate(x{a="1"}[5m]) / on (s) group_right () rate(x[5m])'],
  ])('is left alone with %s', (_, expression) => {
    expect(on(300_000, expression)).toBe(expression.replaceAll('5m', '300s'))
  })
})
