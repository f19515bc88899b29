/** Thresholds of the rules that ask for a rollback. */
export interface Thresholds {
  /** Share of requests answered with 5xx, above 0 and below 1. */
  errorRate: number
  /** Seconds. */
  p95LatencySeconds: number
}

/** The numbers of ADR-0011. */
export const DEFAULT_THRESHOLDS: Thresholds = { errorRate: 0.05, p95LatencySeconds: 0.5 }

export interface PrometheusRule {
  alert: string
  expr: string
  for: string
  labels: Record<string, string>
  annotations?: Record<string, string>
}

export interface RuleFile {
  groups: { name: string; rules: PrometheusRule[] }[]
}

/** Prometheus' rule file: the three rules of ADR-0011 as they stand there, with these thresholds. */
export function ruleFile({ errorRate, p95LatencySeconds }: Thresholds): RuleFile {
  return { groups: [{ name: 'edgelink-auto-rollback', rules: [highErrorRate(errorRate), highLatency(p95LatencySeconds), crashLooping()] }] }
}

const ASKS_FOR_ROLLBACK = { severity: 'critical', auto_rollback: 'true' }

function highErrorRate(threshold: number): PrometheusRule {
  return {
    alert: 'EdgeLinkHighErrorRate',
    expr: [
      '(sum(rate(http_requests_total{status=~"5.."}[5m])) by (service)',
      ` / sum(rate(http_requests_total[5m])) by (service)) > ${threshold}`,
      '',
    ].join('\n'),
    for: '2m',
    labels: { ...ASKS_FOR_ROLLBACK },
    annotations: { summary: 'High error rate in {{ $labels.service }}' },
  }
}

function highLatency(thresholdSeconds: number): PrometheusRule {
  return {
    alert: 'EdgeLinkHighLatency',
    expr: [
      'histogram_quantile(0.95,',
      '  sum(rate(http_request_duration_seconds_bucket[5m])) by (service, le)',
      `) > ${thresholdSeconds}`,
      '',
    ].join('\n'),
    for: '3m',
    labels: { ...ASKS_FOR_ROLLBACK },
  }
}

function crashLooping(): PrometheusRule {
  return {
    alert: 'EdgeLinkPodCrashLooping',
    expr: 'rate(kube_pod_container_status_restarts_total{pod=~"edgelink-.*"}[15m]) > 0\n',
    for: '1m',
    labels: { ...ASKS_FOR_ROLLBACK },
  }
}
