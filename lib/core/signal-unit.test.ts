import { expect, test } from 'vitest'
import { DEFAULT_THRESHOLDS, ruleFile } from './rule-file.ts'
import { guessUnit } from './signal-unit.ts'

test.each([
  ['sum(rate(http_requests_total{status=~"5.."}[5m])) by (service) / sum(rate(http_requests_total[5m])) by (service)', 0.05, 'ratio'],
  ['histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket[5m])) by (le))', 0.5, 'seconds'],
  ['rate(http_request_duration_seconds_sum[5m]) / rate(http_request_duration_seconds_count[5m])', 0.5, 'seconds'],
  ['container_memory_working_set_bytes / container_spec_memory_limit_bytes', 0.95, 'ratio'],
  ['predict_linear(container_memory_working_set_bytes[3m], 900)', 5e8, 'bytes'],
  ['rate(kube_pod_container_status_restarts_total{pod=~"a/b.*"}[15m])', 0, 'count'],
  ['job:errors:ratio_rate5m', 0.02, 'ratio'],
  ['queue_depth', 1_000, 'count'],
] as const)('%s beyond %d: %s', (expression, threshold, unit) => {
  expect(guessUnit(expression, threshold)).toBe(unit)
})

test('our own rules are shown in what people say: a share, seconds, restarts', () => {
  const rules = ruleFile(DEFAULT_THRESHOLDS).groups.flatMap((group) => group.rules)
  expect(rules.map(({ expr }) => guessUnit(expr, 0.05))).toEqual(['ratio', 'seconds', 'count'])
})
