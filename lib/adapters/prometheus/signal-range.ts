import type { SignalRequest } from '../../core/metrics-request.ts'
import { isBeyond } from '../../core/signal.ts'
import type { SignalRange } from '../../core/signal-range.ts'
import type { Series } from '../../ports.ts'
import { type Condition, readCondition } from './condition.ts'
import { fits, isPodOf, podNameOf } from './fitting-series.ts'
import { PrometheusRefusal } from './http-client.ts'
import type { TimeRange } from './query-range.ts'
import { withZeros } from './ratio.ts'
import { render } from './render.ts'
import type { PromqlNode } from './syntax.ts'

type QueryRange = (expression: string, range: TimeRange) => Promise<Series[]>
type Comparing = Extract<Condition, { kind: 'comparison' }>

/**
 * A rule's left side over a time, as the rule itself would have read it. Of `a and b` the first part that compares is
 * shown. What cannot be read or is refused is `unreadable` and says why.
 */
export async function signalRange(queryRange: QueryRange, request: SignalRequest): Promise<SignalRange> {
  const condition = firstComparison(readCondition(request.expression))
  if (condition.kind === 'unreadable') return { kind: 'unreadable', why: condition.why }
  const { left, comparison, threshold } = condition
  const expression = zeroFilled(left)
  try {
    const series = await queryRange(expression, request)
    return { kind: 'read', expression, comparison, threshold, points: worstOf(fitting(series, request, condition), condition) }
  } catch (error) {
    if (error instanceof PrometheusRefusal) return { kind: 'unreadable', why: error.message }
    throw error
  }
}

function firstComparison(condition: Condition): Comparing | Extract<Condition, { kind: 'unreadable' }> {
  if (condition.kind === 'comparison' || condition.kind === 'unreadable') return condition
  const parts = condition.parts.map(firstComparison)
  return parts.find((part) => part.kind === 'comparison') ?? parts[0] ?? { kind: 'unreadable', expression: '', why: 'it compares nothing' }
}

/** A share of errors before the first error is 0, not a gap. */
function zeroFilled(node: PromqlNode): string {
  return render(node, (one) => (one.kind === 'BinaryExpr' ? withZeros(one, zeroFilled) : null))
}

/** The alert's series. Where it names a pod, those of every pod of the workload: the alert's own is gone after an undo. */
function fitting(series: readonly Series[], { labels, workload }: SignalRequest, condition: Comparing): Series[] {
  const podName = podNameOf(labels)
  const pods = podName === null ? [] : series.flatMap((one) => one.labels[podName] ?? []).filter((pod) => isPodOf(workload, pod))
  return series.filter((one) => fits(one.labels, { labels, pods }, condition.labels))
}

function worstOf(series: readonly Series[], { comparison, threshold }: Comparing): { at: number; value: number }[] {
  const wantsLess = comparison === '<' || comparison === '<='
  const worst = new Map<number, number>()
  for (const { at, value } of series.flatMap(({ points }) => points)) {
    if (!Number.isFinite(value)) continue
    const known = worst.get(at)
    if (known === undefined || isWorse(value, known)) worst.set(at, value)
  }
  return [...worst].map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at)

  function isWorse(value: number, known: number): boolean {
    const [is, was] = [isBeyond(value, comparison, threshold), isBeyond(known, comparison, threshold)]
    if (is !== was) return is
    return wantsLess ? value < known : value > known
  }
}
