import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

/** A node of PromQL's syntax tree. `kind` is the grammar's name for it, `text` its source, comments aside. */
export interface Node {
  kind: string
  text: string
  /** Offset in the whole expression: what stands between two children is found by it. */
  from: number
  to: number
  children: Node[]
}

/** The expression's tree; null: it is no PromQL that this grammar knows. */
export function parsePromql(expression: string): Node | null {
  const top = parser.parse(expression).topNode
  const root = top.firstChild && toNode(top.firstChild, expression)
  return root === null || top.firstChild?.nextSibling || hasError(root) ? null : root
}

function toNode(syntax: SyntaxNode, source: string): Node {
  const children: Node[] = []
  for (let child = syntax.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(toNode(child, source))
  }
  const kind = syntax.type.isError ? ERROR : syntax.name
  return { kind, text: source.slice(syntax.from, syntax.to), from: syntax.from, to: syntax.to, children }
}

const ERROR = 'error'
function hasError(node: Node): boolean {
  return node.kind === ERROR || node.children.some(hasError)
}

export function child(node: Node, kind: string): Node | null {
  return node.children.find((one) => one.kind === kind) ?? null
}

/** Every node of a kind, itself included, in the order of the source. */
export function descendants(node: Node, kind: string): Node[] {
  const below = node.children.flatMap((one) => descendants(one, kind))
  return node.kind === kind ? [node, ...below] : below
}

/** The same expression without the parentheses around it. */
export function unwrap(node: Node): Node {
  const inner = node.kind === 'ParenExpr' ? node.children[0] : undefined
  return inner ? unwrap(inner) : node
}

export interface Binary {
  left: Node
  /** `And`, `Gtr`, `Div` … */
  operator: string
  right: Node
  /** `on (…)` or `ignoring (…)` with what follows; null: none. */
  matching: Node | null
  hasBool: boolean
  /** `fill (…)`: missing series get a value. */
  hasFill: boolean
}

export function asBinary(node: Node): Binary | null {
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
  arguments: Node[]
  /** `by (…)` or `without (…)` of an aggregation. */
  modifier: Node | null
}

/** A function call or an aggregation. */
export function asCall(node: Node): Call | null {
  const name = (child(node, 'FunctionIdentifier') ?? child(node, 'AggregateOp'))?.children[0]
  const body = child(node, 'FunctionCallBody')
  return name && body ? { name: name.kind, arguments: body.children, modifier: child(node, 'AggregateModifier') } : null
}

/** Label names in the first pair of parentheses of `by`, `without`, `on` or `ignoring`. */
export function groupingLabels(clause: Node): string[] {
  return child(clause, 'GroupingLabels')?.children.map(labelName) ?? []
}

export function labelName(name: Node): string {
  return name.kind === 'QuotedLabelName' ? unquote(name.text) : name.text
}

/** What a string literal says, as far as names and matchers need it. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, -1)
  if (literal.startsWith('`')) return inner
  return inner.replaceAll(/\\(.)/g, (_, escaped: string) => ({ n: '\n', t: '\t', r: '\r' })[escaped] ?? escaped)
}
