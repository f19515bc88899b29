import { unsupported } from './value.ts'

const ARITHMETIC: Record<string, (left: number, right: number) => number> = {
  Add: (left, right) => left + right,
  Sub: (left, right) => left - right,
  Mul: (left, right) => left * right,
  Div: (left, right) => left / right,
  Mod: (left, right) => left % right,
  Pow: (left, right) => left ** right,
}

const COMPARISONS: Record<string, (left: number, right: number) => boolean> = {
  Eql: (left, right) => left === right,
  Neq: (left, right) => left !== right,
  Gtr: (left, right) => left > right,
  Lss: (left, right) => left < right,
  Gte: (left, right) => left >= right,
  Lte: (left, right) => left <= right,
}

export function isComparison(operator: string): boolean {
  return COMPARISONS[operator] !== undefined
}

/** The operator on two numbers; a comparison gives 1 or 0. */
export function calculate(operator: string, left: number, right: number): number {
  const compare = COMPARISONS[operator]
  if (compare) return compare(left, right) ? 1 : 0
  const arithmetic = ARITHMETIC[operator]
  if (!arithmetic) throw unsupported(`the operator ${operator.toLowerCase()}`)
  return arithmetic(left, right)
}
