import { durationMs } from './constant.ts'
import { duration, effectiveMs } from './promql.ts'
import { withZeros } from './ratio.ts'
import { render, renderInside } from './render.ts'
import { asCall, child, type PromqlNode } from './syntax.ts'

/**
 * An expression with every range rewritten to the window, so that it holds nothing from before it.
 *
 * - `increase(x[10m])` on 60 s counts a tenth: it is scaled, as if it went on at that pace for 10 min.
 * - In `a / b`, where a is b with more matchers (`status=~"5.."`), a may not exist yet on fresh pods: that is 0, as
 *   long as b has data. `0 / 0` stays NaN.
 */
export function onWindow(node: PromqlNode, windowMs: number): string {
  return render(node, (one) => readOn(one, windowMs))
}

function readOn(node: PromqlNode, windowMs: number): string | null {
  switch (node.kind) {
    case 'MatrixSelector':
      return `${node.children[0]?.text ?? ''}[${duration(windowMs)}]`
    case 'FunctionCall':
      return scaled(node, windowMs)
    case 'BinaryExpr':
      return withZeros(node, (side) => onWindow(side, windowMs))
    default:
      return null
  }
}

/** Functions whose result grows with their range. */
const GROWING = new Set(['Increase', 'Delta', 'SumOverTime', 'CountOverTime', 'Changes', 'Resets'])

function scaled(node: PromqlNode, windowMs: number): string | null {
  const call = asCall(node)
  const range = call?.arguments[0] && child(call.arguments[0], 'DurationExpr')
  const rangeMs = range && durationMs(range)
  if (!call || !GROWING.has(call.name) || !rangeMs) return null
  const factor = Number((rangeMs / effectiveMs(windowMs)).toPrecision(6))
  return `(${renderInside(node, (one) => readOn(one, windowMs))} * ${factor})`
}
