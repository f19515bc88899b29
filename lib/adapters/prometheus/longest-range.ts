import { LONGEST_ECHO_MS } from '../../core/verification.ts'
import { durationMs } from './constant.ts'
import { toSelector } from './selector.ts'
import { type PromqlNode, parsePromql } from './syntax.ts'

/** A recording rule: it carries its own range into whatever reads it. */
export interface RecordingRule {
  name: string
  expression: string
  intervalMs: number
}

/**
 * How far back an expression reads, in ms: its ranges, subqueries around them, offsets, and what the recording rules
 * that it reads add. An expression that cannot be parsed may read anything: the longest echo that verification allows.
 */
export function longestRangeMs(expression: string, recorded: readonly RecordingRule[]): number {
  const root = parsePromql(expression)
  return root === null ? LONGEST_ECHO_MS : reach(root, recorded)
}

function reach(node: PromqlNode, recorded: readonly RecordingRule[]): number {
  const below = Math.max(0, ...node.children.map((one) => reach(one, recorded)))
  switch (node.kind) {
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
      return Math.max(0, below + ownReach(node))
    case 'VectorSelector':
      return reachOfRecorded(toSelector(node).metric, recorded)
    default:
      return below
  }
}

/** A negative offset reads the future and shortens the reach. */
function ownReach(node: PromqlNode): number {
  const length = node.children.find(({ kind }) => kind === 'DurationExpr' || kind === 'OffsetDurationExpr')
  return (length && durationMs(length)) ?? 0
}

function reachOfRecorded(metric: string | null, recorded: readonly RecordingRule[]): number {
  const rules = recorded.filter(({ name }) => name === metric)
  // A recording rule may read itself: it is left out below itself.
  const others = recorded.filter(({ name }) => name !== metric)
  return Math.max(0, ...rules.map((rule) => rule.intervalMs + longestRangeMs(rule.expression, others)))
}
