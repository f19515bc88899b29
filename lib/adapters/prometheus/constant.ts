import { asBinary, type PromqlNode } from './syntax.ts'

/** Value of an expression made of numbers only (`14.4 * 0.001`), durations in seconds; null: it is not one. */
export function constantOf(node: PromqlNode): number | null {
  const [first, operator, second] = node.children
  switch (node.kind) {
    case 'NumberDurationLiteral':
    case 'NumberDurationLiteralInDurationContext':
      return parseNumber(node.text)
    case 'ParenExpr':
      return first ? constantOf(first) : null
    case 'UnaryExpr':
      return operator ? signed(first, constantOf(operator)) : null
    case 'BinaryExpr': {
      const binary = asBinary(node)
      return binary && !binary.matching ? calculate(constantOf(binary.left), binary.operator, constantOf(binary.right)) : null
    }
    case 'DurationExpr':
    case 'OffsetDurationExpr':
      if (first && operator && second) return calculate(constantOf(first), operator.kind, constantOf(second))
      if (first && operator) return signed(first, constantOf(operator))
      return first ? constantOf(first) : null
    default:
      return null
  }
}

/** Milliseconds of a range or an offset; null: it depends on the query (`step()`). */
export function durationMs(node: PromqlNode): number | null {
  const seconds = constantOf(node)
  return seconds === null ? null : seconds * 1_000
}

function signed(sign: PromqlNode | undefined, value: number | null): number | null {
  return value !== null && sign?.text === '-' ? -value : value
}

function calculate(left: number | null, operator: string, right: number | null): number | null {
  if (left === null || right === null) return null
  switch (operator) {
    case 'Add':
      return left + right
    case 'Sub':
      return left - right
    case 'Mul':
      return left * right
    case 'Div':
      return left / right
    case 'Mod':
      return left % right
    case 'Pow':
      return left ** right
    default:
      return null
  }
}

const UNIT_SECONDS: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 }

function parseNumber(text: string): number {
  const bare = text.replaceAll(/[\s_+]/g, (sign) => (sign === '+' && /e\+/i.test(text) ? sign : '')).toLowerCase()
  const sign = bare.startsWith('-') ? -1 : 1
  const digits = bare.replace(/^[-+]/, '')
  if (digits === 'inf') return sign * Number.POSITIVE_INFINITY
  if (digits.startsWith('0x')) return sign * Number(digits)
  const parts = [...digits.matchAll(/(\d+)(ms|[smhdwy])/g)]
  if (parts.length === 0) return sign * Number(digits)
  return sign * parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0), 0)
}
