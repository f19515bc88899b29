import { constantOf } from './constant.ts'
import { countExpression } from './count.ts'
import { equals } from './promql.ts'
import { asRatio } from './ratio.ts'
import { selectorsOf } from './selector.ts'
import { asBinary, asCall, type Call, type PromqlNode } from './syntax.ts'
import { type TravellingLabels, travellingFrom } from './travelling-labels.ts'

export interface Traffic {
  /** Counts the requests that the value is made from, in the window. */
  expression: string
  labels: TravellingLabels
}

/**
 * How many requests stand behind a ratio or a quantile: the events of `b` in `a / b`, the bucket that holds all in
 * `histogram_quantile`. Null: the expression is neither.
 */
export function trafficOf(side: PromqlNode, labels: TravellingLabels, windowMs: number): Traffic | null {
  const source = findSource(side)
  if (source === null) return null
  const isClassic = source.isHistogram && selectorsOf(source.node).every(({ metric }) => metric?.endsWith('_bucket'))
  const count = countExpression(source.node, { windowMs, matcher: isClassic ? equals('le', '+Inf') : null })
  if (count === null) return null
  const expression = source.isHistogram && !isClassic ? `histogram_count(${count})` : count
  return { expression, labels: travellingFrom(source.node, side, labels) }
}

interface Source {
  node: PromqlNode
  isHistogram: boolean
}

/** Looks through what changes a value but not what it is made from: `100 * a / b`, `1 - a / b`, `max by (x) (a / b)`. */
function findSource(node: PromqlNode): Source | null {
  const ratio = asRatio(node)
  if (ratio && constantOf(ratio.whole) === null) return { node: ratio.whole, isHistogram: false }
  const call = asCall(node)
  if (call?.name === 'HistogramQuantile') return call.arguments[1] ? { node: call.arguments[1], isHistogram: true } : null
  const inner = call ? throughCall(call) : (throughBinary(node) ?? throughSign(node))
  return inner ? findSource(inner) : null
}

const TRANSPARENT = new Set(['Abs', 'Avg', 'Clamp', 'ClampMax', 'ClampMin', 'Max', 'Min', 'Round', 'Sum', 'Topk', 'Bottomk'])
function throughCall({ name, arguments: parameters }: Call): PromqlNode | undefined {
  return TRANSPARENT.has(name) ? parameters.find((one) => constantOf(one) === null) : undefined
}

function throughBinary(node: PromqlNode): PromqlNode | undefined {
  const binary = asBinary(node)
  if (!binary) return undefined
  if (constantOf(binary.left) !== null) return binary.right
  return constantOf(binary.right) !== null ? binary.left : undefined
}

function throughSign(node: PromqlNode): PromqlNode | undefined {
  return node.kind === 'ParenExpr' || node.kind === 'UnaryExpr' ? node.children.at(-1) : undefined
}
