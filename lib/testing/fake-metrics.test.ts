import { aMeasurement, aRule, FakeMetrics } from './fake-metrics.ts'
import { describeMetrics } from './metrics-contract.ts'

describeMetrics('Prometheus in memory', () => {
  const [metrics, silent, unconfigured] = [new FakeMetrics(), new FakeMetrics(), new FakeMetrics()]
  silent.down = true
  unconfigured.isConfigured = false
  const rule = aRule()
  const request = { expression: rule.expression, labels: {}, pods: [], at: Date.now() }
  metrics.load(rule, ({ windowMs }) => aMeasurement({ value: windowMs > 60_000 ? 0.12 : 0 }))
  metrics.fires({ alertname: rule.name }, Date.now() - 1_000)
  return {
    ...{ metrics, silent, unconfigured, rule },
    firing: { alertname: rule.name },
    healthy: { ...request, windowMs: 60_000 },
    unhealthy: { ...request, windowMs: 120_000 },
  }
})
