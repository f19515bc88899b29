import type { Instant } from '../../core/json.ts'
import type { MeasureRequest } from '../../core/metrics-request.ts'
import { type Comparison, isBeyond, type Measurement } from '../../core/signal.ts'
import type { Sample } from '../../ports.ts'
import { type Condition, readCondition } from './condition.ts'
import { type AlertIdentity, agree, fits } from './fitting-series.ts'
import { PrometheusRefusal } from './http-client.ts'
import { scrapeCounts, scrapesIn } from './scrapes.ts'
import { trafficOf } from './traffic.ts'
import { onWindow } from './window.ts'

export type Query = (expression: string, at: Instant) => Promise<Sample[]>

/**
 * Reads a rule's condition on a window of our own. What cannot be read that way, or Prometheus refuses, is
 * `unreadable` and says why. Throws `upstream_unavailable` when Prometheus does not answer.
 */
export function measure(query: Query, request: MeasureRequest): Promise<Measurement> {
  return measureCondition(query, readCondition(request.expression), request)
}

async function measureCondition(query: Query, condition: Condition, request: MeasureRequest): Promise<Measurement> {
  switch (condition.kind) {
    case 'unreadable':
      return condition
    case 'comparison':
      return measureComparison(query, condition, request)
    default:
      return { kind: condition.kind, parts: await Promise.all(condition.parts.map((part) => measureCondition(query, part, request))) }
  }
}

type ComparisonCondition = Extract<Condition, { kind: 'comparison' }>

async function measureComparison(query: Query, condition: ComparisonCondition, request: MeasureRequest): Promise<Measurement> {
  const { left, comparison, threshold, labels } = condition
  const { windowMs, at } = request
  const expression = onWindow(left, windowMs)
  const traffic = trafficOf(left, labels, windowMs)
  const scrapes = scrapeCounts(left, labels, request, windowMs)
  try {
    const [results, counted, ...scraped] = await Promise.all([
      query(expression, at),
      traffic ? query(traffic.expression, at) : [],
      ...scrapes.map((scrape) => query(scrape.expression, at)),
    ])
    const worst = worstOf(fitting(results, request, labels), comparison, threshold)
    return {
      kind: 'comparison',
      expression,
      comparison,
      threshold,
      value: worst?.value ?? null,
      samples: scrapesIn(
        scrapes.map((scrape, index) => ({ labels: scrape.labels, samples: scraped[index] ?? [] })),
        request,
      ),
      requests: traffic && sumOf(fitting(counted, request, traffic.labels), worst),
    }
  } catch (error) {
    if (error instanceof PrometheusRefusal) return { kind: 'unreadable', expression, why: error.message }
    throw error
  }
}

function fitting(samples: readonly Sample[], alert: AlertIdentity, labels: ComparisonCondition['labels']): Sample[] {
  return samples.filter((sample) => fits(sample.labels, alert, labels))
}

/** The series that is nearest to the condition. Beyond the threshold comes first, then NaN: it may be anything. */
function worstOf(samples: readonly Sample[], comparison: Comparison, threshold: number): Sample | null {
  const numbers = samples.filter(({ value }) => !Number.isNaN(value))
  const wantsLess = comparison === '<' || comparison === '<='
  const ordered = numbers.sort((a, b) => (wantsLess ? a.value - b.value : b.value - a.value))
  const beyond = ordered.find(({ value }) => isBeyond(value, comparison, threshold))
  return beyond ?? samples.find(({ value }) => Number.isNaN(value)) ?? ordered[0] ?? null
}

/** Requests behind the worst series: a ratio of 1 in 2 is not made better by another pod's thousands. */
function sumOf(counts: readonly Sample[], worst: Sample | null): number {
  const behind = worst === null ? counts : counts.filter((count) => agree(count.labels, worst.labels))
  return behind.reduce((sum, { value }) => sum + value, 0)
}
