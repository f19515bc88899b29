import { expect, test } from 'vitest'
import { BAD, GOOD, T0 } from '../testing/builders.ts'
import { type Evidence, mergeEvidence, type PodEvidence, pickPods } from './evidence.ts'

function aPod(overrides: Partial<PodEvidence> = {}): PodEvidence {
  return {
    name: 'checkout-1',
    node: 'node-1',
    ready: false,
    restarts: 3,
    reason: 'CrashLoopBackOff',
    events: [],
    logs: 'silent',
    ...overrides,
  }
}

const WELL = { ready: true, restarts: 0, reason: null }
const LOG = { container: 'main', previous: true, lines: ['panic: no pool'] }
const EVENT = { type: 'Warning', reason: 'BackOff', message: 'restarting failed container', count: 7, lastSeenAt: T0 }
const CHANGE = {
  ...{ path: 'spec.containers[main].image', kind: 'image' as const, container: 'main' },
  ...{ before: 'shop:2', after: 'shop:1', masked: false, volatile: false },
}

function someEvidence(overrides: Partial<Evidence> = {}): Evidence {
  return { revision: BAD, target: GOOD, seenAt: T0, podCount: 3, readyCount: 2, pods: [aPod()], diff: [CHANGE], ...overrides }
}

test('failing pods come first, those that are not ready before those that restarted, and no well ones beside them', () => {
  const pods = [aPod({ name: 'well', ...WELL }), aPod({ name: 'restarted', ready: true }), aPod({ name: 'down' })]
  expect(pickPods(pods).map(({ name }) => name)).toEqual(['down', 'restarted'])
})

test('where none fails, some that serve are looked at: errors are in their logs', () => {
  expect(pickPods(['a', 'b', 'c'].map((name) => aPod({ name, ...WELL }))).map(({ name }) => name)).toEqual(['a', 'b'])
})

test('no more than five pods are looked at', () => {
  expect(pickPods(Array.from({ length: 40 }, (_, index) => aPod({ name: `p${index}` })))).toHaveLength(5)
})

test('the first look is kept as it is', () => {
  expect(mergeEvidence(null, someEvidence())).toEqual(someEvidence())
})

test('a later look holds, and keeps the log that is silent now', () => {
  const before = someEvidence({ pods: [aPod({ logs: LOG, events: [EVENT] })] })
  const after = someEvidence({ seenAt: T0 + 9, pods: [aPod({ restarts: 4 })] })
  const merged = mergeEvidence(before, after)
  expect(merged.seenAt).toBe(T0 + 9)
  expect(merged.pods).toEqual([aPod({ restarts: 4, logs: LOG, events: [EVENT] })])
})

test.each([
  ['silent', 'silent' as const],
  ['that they are gone', []],
])('a look that finds pods %s takes away nothing that was seen', (_, pods) => {
  const before = someEvidence()
  expect(mergeEvidence(before, someEvidence({ seenAt: T0 + 9, podCount: null, pods }))).toEqual(before)
})

test('a failing pod that was replaced meanwhile stays beside the new one', () => {
  const merged = mergeEvidence(someEvidence(), someEvidence({ pods: [aPod({ name: 'checkout-2' })] }))
  expect(merged.pods).toMatchObject([{ name: 'checkout-2' }, { name: 'checkout-1' }])
})

test('a well pod makes place for the first one that fails', () => {
  const merged = mergeEvidence(someEvidence({ pods: [aPod({ ...WELL })] }), someEvidence({ pods: [aPod({ name: 'checkout-2' })] }))
  expect(merged.pods).toMatchObject([{ name: 'checkout-2' }])
})

test('what else changed outlives a look that could not tell, and stays absent where nobody ever looked', () => {
  const configs = { since: T0, of: [], leftOut: 0 }
  const merged = mergeEvidence(someEvidence({ configs, traffic: { state: 'no_rule' } }), someEvidence({ configs: null }))
  expect(merged).toMatchObject({ configs, traffic: { state: 'no_rule' } })
  expect(Object.keys(mergeEvidence(someEvidence(), someEvidence()))).toEqual(Object.keys(someEvidence()))
})

test('the diff outlives a ReplicaSet that was pruned, with the revision that it was made with', () => {
  const merged = mergeEvidence(someEvidence(), someEvidence({ target: null, diff: null }))
  expect(merged).toMatchObject({ target: { number: 41 }, diff: [CHANGE] })
})
