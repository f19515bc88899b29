import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** A node of PromQL's syntax tree. `kind` is the grammar's name for it, `text` its source, comments aside. */
export interface PromqlNode {
  kind: string
  text: string
  /** Offset in the whole expression: what stands between two children is found by it. */
  from: number
  to: number
  children: PromqlNode[]
}

/** The expression's tree; null: it is no PromQL that this grammar knows. */
export function parsePromql(expression: string): PromqlNode | null {
  const top = parser.parse(expression).topNode
  const root = top.firstChild && toNode(top.firstChild, expression)
  return root === null || top.firstChild?.nextSibling || hasError(root) ? null : root
}

function toNode(syntax: SyntaxNode, source: string): PromqlNode {
  const children: PromqlNode[] = []
  for (let child = syntax.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(toNode(child, source))
  }
  const kind = syntax.type.isError ? ERROR : syntax.name
  return { kind, text: source.slice(syntax.from, syntax.to), from: syntax.from, to: syntax.to, children }
}

const ERROR = 'error'
function hasError(node: PromqlNode): boolean {
  return node.kind === ERROR || node.children.some(hasError)
}

export function child(node: PromqlNode, kind: string): PromqlNode | null {
  return node.children.find((one) => one.kind === kind) ?? null
}

/** Every node of a kind, itself included, in the order of the source. */
export function descendants(node: PromqlNode, kind: string): PromqlNode[] {
  const below = node.children.flatMap((one) => descendants(one, kind))
  return node.kind === kind ? [node, ...below] : below
}

/** The same expression without the parentheses around it. */
export function unwrap(node: PromqlNode): PromqlNode {
  const inner = node.kind === 'ParenExpr' ? node.children[0] : undefined
  return inner ? unwrap(inner) : node
}

export interface Binary {
  left: PromqlNode
  /** `And`, `Gtr`, `Div` … */
  operator: string
  right: PromqlNode
  /** `on (…)` or `ignoring (…)` with what follows; null: none. */
  matching: PromqlNode | null
  hasBool: boolean
  /** `fill (…)`: missing series get a value. */
  hasFill: boolean
}

export function asBinary(node: PromqlNode): Binary | null {
  const [left, operator] = node.children
  const right = node.children.at(-1)
  if (node.kind !== 'BinaryExpr' || !left || !operator || !right) return null
  return {
    left,
    operator: operator.kind,
    right,
    matching: child(node, 'MatchingModifierClause'),
    hasBool: child(node, 'BoolModifier') !== null,
    hasFill: child(node, 'FillModifier') !== null,
  }
}

export interface Call {
  /** `Rate`, `HistogramQuantile`, `Sum` … */
  name: string
  arguments: PromqlNode[]
  /** `by (…)` or `without (…)` of an aggregation. */
  modifier: PromqlNode | null
}

/** A function call or an aggregation. */
export function asCall(node: PromqlNode): Call | null {
  const name = (child(node, 'FunctionIdentifier') ?? child(node, 'AggregateOp'))?.children[0]
  const body = child(node, 'FunctionCallBody')
  return name && body ? { name: name.kind, arguments: body.children, modifier: child(node, 'AggregateModifier') } : null
}

/** Label names in the first pair of parentheses of `by`, `without`, `on` or `ignoring`. */
export function groupingLabels(clause: PromqlNode): string[] {
  return child(clause, 'GroupingLabels')?.children.map(labelName) ?? []
}

export function labelName(name: PromqlNode): string {
  return name.kind === 'QuotedLabelName' ? unquote(name.text) : name.text
}

/** What a string literal says, as far as names and matchers need it. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1)
  if (literal.startsWith('`')) return inner
  return inner.replaceAll(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t', r: '\r' })[escaped] ?? escaped)
}
