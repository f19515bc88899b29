import type { Node } from './syntax.ts'

/** Text for a node that is to be replaced; null: it stays, but what is inside may be replaced. */
export type Replace = (node: Node) => string | null

/** The source of a node with some nodes replaced. */
export function render(node: Node, replace: Replace): string {
  return replace(node) ?? renderInside(node, replace)
}

/** The same, but the node itself stays. */
export function renderInside(node: Node, replace: Replace): string {
  let text = ''
  let position = node.from
  for (const one of node.children) {
    text += node.text.slice(position - node.from, one.from - node.from) + render(one, replace)
    position = one.to
  }
  return text + node.text.slice(position - node.from)
}
