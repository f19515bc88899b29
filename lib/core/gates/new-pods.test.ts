import { describe, expect, test } from 'vitest'
import { aFacts, anAlertTrigger, SECOND, someOutside } from '../../testing/builders.ts'
import type { FailingPod, PodFailure, PodsSeen } from '../pods-seen.ts'
import { newPods } from './new-pods.ts'

const RECEIVED = anAlertTrigger().receivedAt
const fails = (name: string, node: string | null, failure: PodFailure = 'crash'): FailingPod => ({ name, node, failure })

interface Seen {
  failing?: FailingPod[]
  wellNodes?: string[]
  older?: FailingPod[]
}

function ask({ failing = [], wellNodes = [], older = [] }: Seen, at = RECEIVED + SECOND) {
  const pods: PodsSeen = { current: { count: 4, failing, wellNodes }, older: { count: older.length, failing: older } }
  return newPods.ask(aFacts({ at, outside: someOutside({ pods }) }))
}

describe('pods', () => {
  test.each<[string, Seen, string, string]>([
    ['none is seen to fail', {}, 'pass', 'new_pods_alone'],
    ['the new ones fail everywhere', { failing: [fails('n1', 'a'), fails('n2', 'b')], wellNodes: ['c'] }, 'pass', 'new_pods_alone'],
    ['an older one fails in the same way', { failing: [fails('n1', 'a')], older: [fails('o1', 'b')] }, 'hold', 'older_pods_fail'],
    ['an older one fails in another way', { failing: [fails('n1', 'a')], older: [fails('o1', 'b', 'image')] }, 'pass', 'new_pods_alone'],
    ['an older one fails, and no new one is seen to', { older: [fails('o1', 'b', 'alert')] }, 'hold', 'older_pods_fail'],
    [
      'one node fails and the others are well',
      { failing: [fails('n1', 'a'), fails('n2', 'a')], wellNodes: ['b'] },
      'hold',
      'one_node_fails',
    ],
    ['one node fails, and there the others are well too', { failing: [fails('n1', 'a')], wellNodes: ['a'] }, 'pass', 'new_pods_alone'],
    ['one node fails, and no other has pods of the revision', { failing: [fails('n1', 'a')] }, 'pass', 'new_pods_alone'],
    ['the failing ones have no node yet', { failing: [fails('n1', null)], wellNodes: ['b'] }, 'pass', 'new_pods_alone'],
  ])('%s', (_, seen, answer, reason) => {
    expect(ask(seen)).toMatchObject({ answer, reason })
  })
})

test('one node is looked at again: the next pod may fail a moment later', () => {
  const seen = { failing: [fails('n1', 'a')], wellNodes: ['b'] }
  expect(ask(seen).endsAt).toBe(RECEIVED + 15 * SECOND)
  expect(ask(seen, RECEIVED + 120 * SECOND).endsAt).toBeNull()
})

test('names the older pods and the node', () => {
  expect(ask({ older: [fails('o1', 'b')] }).values).toMatchObject({ olderFailing: 1, names: ['o1'] })
  expect(ask({ failing: [fails('n1', 'a')], wellNodes: ['b'] }).values).toMatchObject({ node: 'a', failing: 1 })
})

test('is open while the API server is silent, and says of a record of before it that it was not asked', () => {
  const { outside: _, ...old } = aFacts()
  expect(newPods.ask(aFacts({ outside: someOutside({ pods: null }) }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
  expect(newPods.ask(aFacts({ outside: null }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
  expect(newPods.ask(old)).toMatchObject({ answer: 'not_applicable', reason: 'not_built' })
})
