import type { PromqlNode } from './syntax.ts'

/** Text for a node that is to be replaced; null: it stays, but what is inside may be replaced. */
export type Replace = (node: PromqlNode) => string | null

/** The source of a node with some nodes replaced. */
export function render(node: PromqlNode, replace: Replace): string {
  return replace(node) ?? renderInside(node, replace)
}

/** The same, but the node itself stays. */
export function renderInside(node: PromqlNode, replace: Replace): string {
  let text = ''
  let position = node.from
  for (const one of node.children) {
    text += node.text.slice(position - node.from, one.from - node.from) + render(one, replace)
    position = one.to
  }
  return text + node.text.slice(position - node.from)
}
