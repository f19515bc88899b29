import { askLaterAt } from './ask-later.ts'
import { type Gate, hold, inconclusive, notApplicable, pass } from './gate.ts'

/**
 * 13. It is the new pods that fail: no pod of an older revision fails in the same way, and the failing ones do not share one node while pods
 * of the same revision on other nodes are well. Where no pod is seen to fail, as with a rate of a whole service, nothing speaks against it.
 */
export const newPods: Gate = {
  name: 'new_pods',
  kind: 'evidence',
  stage: 2,
  byHand: false,
  ask(facts) {
    const { outside } = facts
    if (outside === undefined) return notApplicable('not_built')
    if (outside === null || outside.pods === null) return inconclusive('source_silent', { source: 'kubernetes' })
    const { current, older } = outside.pods
    const ways = new Set(current.failing.map(({ failure }) => failure))
    const alike = older.failing.filter(({ failure }) => ways.size === 0 || ways.has(failure))
    const nodes = [...new Set(current.failing.map(({ node }) => node ?? ''))]
    const values = {
      failing: current.failing.length,
      pods: current.count,
      olderFailing: alike.length,
      olderPods: older.count,
      names: alike.map(({ name }) => name),
    }
    if (alike.length > 0) return hold('older_pods_fail', values)
    const [node] = nodes
    const isOneNode = nodes.length === 1 && node !== undefined && node !== '' && current.wellNodes.some((one) => one !== node)
    if (isOneNode) return hold('one_node_fails', { ...values, node }, askLaterAt(facts, 'one_node_fails'))
    return pass('new_pods_alone', values)
  },
}
