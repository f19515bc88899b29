import { constantOf } from './constant.ts'
import { duration } from './promql.ts'
import { renderInside } from './render.ts'
import { narrowed, toSelector } from './selector.ts'
import { asBinary, asCall, type PromqlNode } from './syntax.ts'

interface Counting {
  windowMs: number
  /** One more matcher for every selector, e.g. the bucket that holds all. */
  matcher: string | null
}

/**
 * How many events a rate counts in the window: `sum by (x) (rate(y[5m]))` becomes `sum by (x) (increase(y[60s]))`.
 * Null: it is no sum of rates of a counter of events (seconds and bytes are counted too, but are no events).
 */
export function countExpression(node: PromqlNode, counting: Counting): string | null {
  const call = asCall(node)
  const [first] = call?.arguments ?? []
  if (node.kind === 'ParenExpr') return countInside(node, node.children[0], counting)
  if (call && first) {
    if (RATES.has(call.name)) return increaseOf(first, counting)
    if (call.name === 'Sum' || call.name === 'HistogramCount') return countInside(node, first, counting)
    return call.name === 'ClampMin' ? countExpression(first, counting) : null
  }
  const binary = asBinary(node)
  if (binary?.operator === 'Add') {
    const [left, right] = [countExpression(binary.left, counting), countExpression(binary.right, counting)]
    return (
      left &&
      right &&
      renderInside(node, (one) =>
        replacement(one, [
          [binary.left, left],
          [binary.right, right],
        ]),
      )
    )
  }
  // `x > 0` keeps a division from being one by zero.
  const isFilter = binary && FILTERS.has(binary.operator) && !binary.hasBool && constantOf(binary.right) !== null
  return isFilter ? countExpression(binary.left, counting) : null
}

/** Whether it is such a sum of rates, or one times a number. */
export function isCount(node: PromqlNode): boolean {
  const binary = asBinary(node)
  if (binary?.operator === 'Mul' || binary?.operator === 'Div') {
    if (constantOf(binary.right) !== null) return isCount(binary.left)
    if (binary.operator === 'Mul' && constantOf(binary.left) !== null) return isCount(binary.right)
  }
  return countExpression(node, { windowMs: 1_000, matcher: null }) !== null
}

const RATES = new Set(['Rate', 'Irate', 'Increase'])
const FILTERS = new Set(['Gtr', 'Gte', 'Neq'])
const QUANTITY = /_(seconds|milliseconds|microseconds|bytes|joules|watts|celsius|meters)(_total)?$|_sum$/

function countInside(node: PromqlNode, inner: PromqlNode | undefined, counting: Counting): string | null {
  const count = inner ? countExpression(inner, counting) : null
  return inner === undefined || count === null ? null : renderInside(node, (one) => replacement(one, [[inner, count]]))
}

function increaseOf(matrix: PromqlNode, { windowMs, matcher }: Counting): string | null {
  const vector = matrix.kind === 'MatrixSelector' ? matrix.children[0] : undefined
  if (vector?.kind !== 'VectorSelector') return null
  const selector = toSelector(vector)
  if (selector.metric !== null && QUANTITY.test(selector.metric)) return null
  const asked = matcher === null ? selector.text : narrowed(selector, matcher)
  return `increase(${asked}[${duration(windowMs)}])`
}

function replacement(node: PromqlNode, texts: [PromqlNode, string][]): string | null {
  return texts.find(([replaced]) => replaced === node)?.[1] ?? null
}
