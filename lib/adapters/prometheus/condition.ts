import type { Comparison } from '../../core/signal.ts'
import { constantOf } from './constant.ts'
import { selectorsOf } from './selector.ts'
import { asBinary, type Binary, descendants, type PromqlNode, parsePromql, unwrap } from './syntax.ts'
import { ALL_LABELS, type TravellingLabels, throughMatching } from './travelling-labels.ts'

/** What a rule's expression asks, as far as it can be asked again on another window. */
export type Condition =
  | {
      kind: 'comparison'
      left: PromqlNode
      comparison: Comparison
      threshold: number
      /** Labels by which its series can be told apart in the alert: `and on (service)` keeps only `service`. */
      labels: TravellingLabels
    }
  | { kind: 'all' | 'any'; parts: Condition[] }
  | { kind: 'unreadable'; expression: string; why: string }

const COMPARISONS: Record<string, Comparison> = { Gtr: '>', Gte: '>=', Lss: '<', Lte: '<=', Eql: '==', Neq: '!=' }
const FLIPPED: Record<Comparison, Comparison> = { '>': '<', '>=': '<=', '<': '>', '<=': '>=', '==': '==', '!=': '!=' }

export function readCondition(expression: string): Condition {
  const root = parsePromql(expression)
  return root === null ? { kind: 'unreadable', expression, why: 'it cannot be parsed' } : read(root, ALL_LABELS)
}

function read(wrapped: PromqlNode, labels: TravellingLabels): Condition {
  const node = unwrap(wrapped)
  const binary = asBinary(node)
  switch (binary?.operator) {
    case 'And':
      return join('all', read(binary.left, labels), read(binary.right, throughMatching(labels, binary.matching)))
    case 'Or':
      return join('any', read(binary.left, labels), read(binary.right, labels))
    case 'Unless':
      return unreadable(node, 'it has "unless"')
    default:
      return binary && COMPARISONS[binary.operator] ? readComparison(node, binary, labels) : unreadable(node, 'it compares with no number')
  }
}

/** `a and b and c` is one list. */
function join(kind: 'all' | 'any', left: Condition, right: Condition): Condition {
  return { kind, parts: [left, right].flatMap((part) => (part.kind === kind ? part.parts : [part])) }
}

function readComparison(node: PromqlNode, { left, operator, right, hasBool }: Binary, labels: TravellingLabels): Condition {
  const comparison = COMPARISONS[operator]
  const [onLeft, onRight] = [constantOf(left), constantOf(right)]
  if (hasBool || comparison === undefined) return unreadable(node, 'a comparison with "bool" always has an answer')
  if (onLeft !== null && onRight !== null) return unreadable(node, 'it compares numbers only')
  const side = onRight === null ? right : left
  const threshold = onRight ?? onLeft
  if (threshold === null || Number.isNaN(threshold)) return unreadable(node, 'it compares with no number')
  const why = obstacle(side)
  if (why !== null) return unreadable(node, why)
  return { kind: 'comparison', left: side, comparison: onRight === null ? FLIPPED[comparison] : comparison, threshold, labels }
}

/** Why a side cannot be read on a window of our own; null: it can. */
function obstacle(side: PromqlNode): string | null {
  const binary = asBinary(unwrap(side))
  if (binary && !binary.hasBool && (COMPARISONS[binary.operator] || SETS.has(binary.operator)))
    return 'it compares what another condition left over'
  for (const [kind, why] of UNREADABLE) {
    if (descendants(side, kind).length > 0) return why
  }
  const selectors = selectorsOf(side)
  if (selectors.length === 0) return 'it reads no series'
  const recorded = selectors.find(({ metric }) => metric !== null && (metric.includes(':') || metric.startsWith('ALERTS')))
  return recorded ? `it reads ${recorded.metric}, which holds a range of its own` : null
}

const SETS = new Set(['And', 'Or', 'Unless'])
const UNREADABLE = [
  ['OffsetExpr', 'it has "offset"'],
  ['StepInvariantExpr', 'it has "@"'],
  ['SubqueryExpr', 'a subquery reads further back than one window'],
  ['AnchoredExpr', 'it has "anchored"'],
  ['SmoothedExpr', 'it has "smoothed"'],
] as const

function unreadable(node: PromqlNode, why: string): Condition {
  return { kind: 'unreadable', expression: node.text, why }
}
