import type { TrafficRequest } from '../../core/metrics-request.ts'
import type { TrafficReading } from '../../core/traffic.ts'
import { type Condition, readCondition } from './condition.ts'
import { fits } from './fitting-series.ts'
import { PrometheusRefusal } from './http-client.ts'
import type { Query } from './measure.ts'
import { effectiveMs } from './promql.ts'
import { type Traffic, trafficOf } from './traffic.ts'

/**
 * Requests a second in a window, by the counter that the rule itself divides by. Of several parts the first that has one. No series, or
 * a sum that is no number, is null and never zero.
 */
export async function countTraffic(query: Query, { expression, windowMs, at, ...alert }: TrafficRequest): Promise<TrafficReading> {
  const traffic = findTraffic(readCondition(expression), windowMs)
  if (traffic === null) return { kind: 'not_derivable' }
  try {
    const samples = await query(traffic.expression, at)
    const counted = samples.filter(({ labels }) => fits(labels, { ...alert, pods: [] }, traffic.labels))
    const sum = counted.reduce((total, { value }) => total + value, 0)
    const perSecond = counted.length === 0 || !Number.isFinite(sum) ? null : sum / (effectiveMs(windowMs) / 1_000)
    return { kind: 'read', expression: traffic.expression, perSecond }
  } catch (error) {
    if (error instanceof PrometheusRefusal) return { kind: 'not_derivable' }
    throw error
  }
}

function findTraffic(condition: Condition, windowMs: number): Traffic | null {
  switch (condition.kind) {
    case 'unreadable':
      return null
    case 'comparison':
      return trafficOf(condition.left, condition.labels, windowMs)
    default:
      return condition.parts.map((part) => findTraffic(part, windowMs)).find((one) => one !== null) ?? null
  }
}
