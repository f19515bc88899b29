import { isCount } from './count.ts'
import { isNarrower, selectorsOf } from './selector.ts'
import { asBinary, child, groupingLabels, type PromqlNode } from './syntax.ts'

/** `part / whole`. */
export interface Ratio {
  part: PromqlNode
  whole: PromqlNode
  matching: PromqlNode | null
}

export function asRatio(node: PromqlNode): Ratio | null {
  const binary = asBinary(node)
  return binary?.operator === 'Div' ? { part: binary.left, whole: binary.right, matching: binary.matching } : null
}

/**
 * The ratio with zeros where the part has no series and the whole has; null: it is not one of events among all
 * events, that is rates of the same counters, the part's with more matchers.
 */
export function withZeros(node: PromqlNode, read: (node: PromqlNode) => string): string | null {
  const ratio = asRatio(node)
  if (ratio === null || !isPartOfWhole(ratio) || child(node, 'FillModifier') !== null) return null
  const { part, whole, matching } = ratio
  // With `group_right` the whole has many series for one of the part: none of them stands for a missing one.
  if (matching && child(matching, 'GroupRight') !== null) return null
  const match = matching ? `${child(matching, 'On') ? 'on' : 'ignoring'} (${groupingLabels(matching).join(', ')}) ` : ''
  return `((${read(part)}) or ${match}(${read(whole)} * 0)) / ${matching ? `${matching.text} ` : ''}${read(whole)}`
}

function isPartOfWhole({ part, whole }: Ratio): boolean {
  const wide = selectorsOf(whole)
  return isCount(part) && isCount(whole) && selectorsOf(part).every((narrow) => wide.some((other) => isNarrower(narrow, other)))
}
