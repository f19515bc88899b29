import { constantOf } from '../../../lib/adapters/prometheus/constant.ts'
import { asBinary, asCall, type Binary, type PromqlNode, parsePromql, unquote } from '../../../lib/adapters/prometheus/syntax.ts'
import { aggregate } from './aggregate.ts'
import { callFunction } from './functions.ts'
import { combineSets, combineVectors } from './match-vectors.ts'
import { calculate, isComparison } from './operators.ts'
import { readOffset, selectInstant, selectRange } from './select.ts'
import { type Context, expectKind, PromqlError, unsupported, type Value, type VectorSample, withoutName } from './value.ts'

/** The expression's tree. Throws `bad_data` for what is no PromQL. */
export function parse(expression: string): PromqlNode {
  const root = parsePromql(expression)
  if (root === null) throw new PromqlError('bad_data', `parse error: unexpected input in ${JSON.stringify(expression)}`)
  return root
}

/**
 * An expression's value at an instant, for the part of PromQL that alerting rules are commonly made of. Throws
 * `execution` for the rest.
 */
export function evaluate(node: PromqlNode, context: Context): Value {
  const [first, second] = node.children
  switch (node.kind) {
    case 'NumberDurationLiteral':
      return { kind: 'scalar', value: constantOf(node) ?? Number.NaN }
    case 'StringLiteral':
      return { kind: 'string', text: unquote(node.text) }
    case 'ParenExpr':
      if (first) return evaluate(first, context)
      break
    case 'UnaryExpr':
      if (first && second) return signed(first.text, evaluate(second, context))
      break
    case 'VectorSelector':
      return selectInstant(node, context)
    case 'MatrixSelector':
      return selectRange(node, context)
    case 'OffsetExpr': {
      const { inner, offsetMs } = readOffset(node)
      return evaluate(inner, { ...context, at: context.at - offsetMs })
    }
    case 'FunctionCall':
    case 'AggregateExpr':
      return evaluateCall(node, context)
    case 'BinaryExpr': {
      const binary = asBinary(node)
      if (binary && !binary.hasFill) return evaluateBinary(binary, context)
    }
  }
  throw unsupported(node.text)
}

function evaluateCall(node: PromqlNode, context: Context): Value {
  const call = asCall(node)
  const [first] = call?.arguments ?? []
  if (!call) throw unsupported(node.text)
  if (node.kind === 'FunctionCall') return callFunction(call, (one) => evaluate(one, context), context)
  if (!first || call.arguments.length !== 1) throw unsupported(`the aggregation ${call.name.toLowerCase()}`)
  const { samples } = expectKind(evaluate(first, context), 'vector', `aggregation expression`)
  return { kind: 'vector', samples: aggregate(call, samples) }
}

function signed(sign: string, value: Value): Value {
  if (sign !== '-') return value
  if (value.kind === 'scalar') return { kind: 'scalar', value: -value.value }
  const { samples } = expectKind(value, 'vector', 'unary expression')
  return { kind: 'vector', samples: samples.map((one) => ({ labels: withoutName(one.labels), value: -one.value })) }
}

const SETS = new Set(['And', 'Or', 'Unless'])

function evaluateBinary(binary: Binary, context: Context): Value {
  const { operator } = binary
  const [left, right] = [evaluate(binary.left, context), evaluate(binary.right, context)]
  if (SETS.has(operator)) {
    if (left.kind !== 'vector' || right.kind !== 'vector')
      throw new PromqlError('bad_data', `parse error: set operator "${operator.toLowerCase()}" not allowed in binary scalar expression`)
    return { kind: 'vector', samples: combineSets(operator, left.samples, right.samples, binary.matching) }
  }
  if (left.kind === 'scalar' && right.kind === 'scalar') {
    if (isComparison(operator) && !binary.hasBool)
      throw new PromqlError('bad_data', 'parse error: comparisons between scalars must use BOOL modifier')
    return { kind: 'scalar', value: calculate(operator, left.value, right.value) }
  }
  if (left.kind === 'vector' && right.kind === 'vector')
    return { kind: 'vector', samples: combineVectors(binary, left.samples, right.samples) }
  if (left.kind === 'vector' && right.kind === 'scalar') return withScalar(binary, left.samples, (value) => [value, right.value])
  if (left.kind === 'scalar' && right.kind === 'vector') return withScalar(binary, right.samples, (value) => [left.value, value])
  throw new PromqlError('bad_data', 'parse error: binary expression must contain only scalar and instant vector types')
}

/** A vector with a number; a comparison without `bool` keeps the series for which it holds, as they are. */
function withScalar({ operator, hasBool }: Binary, samples: readonly VectorSample[], sides: (value: number) => [number, number]): Value {
  const isFilter = isComparison(operator) && !hasBool
  if (isFilter) return { kind: 'vector', samples: samples.filter(({ value }) => calculate(operator, ...sides(value)) === 1) }
  return {
    kind: 'vector',
    samples: samples.map(({ labels, value }) => ({ labels: withoutName(labels), value: calculate(operator, ...sides(value)) })),
  }
}
