import { equals } from './promql.ts'
import { child, descendants, type PromqlNode, unquote } from './syntax.ts'

/** A selector of series: its matchers as text, the metric's name as one of them. */
export interface Selector {
  text: string
  /** Null: it is chosen by labels alone. */
  metric: string | null
  matchers: readonly string[]
}

export function selectorsOf(node: PromqlNode): Selector[] {
  return descendants(node, 'VectorSelector').map(toSelector)
}

export function toSelector(node: PromqlNode): Selector {
  const inBraces = child(node, 'LabelMatchers')?.children ?? []
  const named = child(node, 'Identifier')?.text ?? quotedName(inBraces)
  const labels = inBraces.filter((one) => one.kind !== 'QuotedLabelName').map(normalised)
  const matchers = [...new Set(named === null ? labels : [equals('__name__', named), ...labels])]
  const metric = named ?? matchers.map((matcher) => /^__name__="(.*)"$/s.exec(matcher)?.[1] ?? null).find((name) => name !== null) ?? null
  return { text: node.text, metric, matchers }
}

/** `{"a metric's name"}`, as newer versions of Prometheus write it. */
function quotedName(inBraces: readonly PromqlNode[]): string | null {
  const quoted = inBraces.find((one) => one.kind === 'QuotedLabelName')
  return quoted ? unquote(quoted.text) : null
}

function normalised(matcher: PromqlNode): string {
  return matcher.children.map((part) => part.text).join('')
}

/** Whether the first asks for the same series as the second, with more matchers. */
export function isNarrower(narrow: Selector, wide: Selector): boolean {
  return narrow.matchers.length > wide.matchers.length && wide.matchers.every((matcher) => narrow.matchers.includes(matcher))
}

/** The selector with one matcher more. */
export function narrowed({ matchers }: Selector, matcher: string): string {
  return `{${[...matchers, matcher].join(', ')}}`
}
