import { expect, test } from 'vitest'
import { aPod } from '../testing/builders.ts'
import { podsSeen } from './pods-seen.ts'

const isOlder = (name: string) => name.startsWith('checkout-old-')

test.each([
  ['CrashLoopBackOff', false, 'crash'],
  ['Error', false, 'crash'],
  ['OOMKilled', false, 'crash'],
  ['ImagePullBackOff', false, 'image'],
  ['ErrImagePull', false, 'image'],
  ['CreateContainerConfigError', false, 'config'],
  ['ContainerCreating', false, null],
  ['Unknown', false, 'other'],
  [null, false, null],
  [null, true, null],
])('a pod with reason %s fails by: %s, %s', (reason, ready, failure) => {
  const { current } = podsSeen({ current: [aPod({ name: 'n', reason, ready })], older: [], alerting: [], isOlder })
  expect(current.failing[0]?.failure ?? null).toBe(failure)
})

test('one that has crashed and is not ready again fails; one that only starts does not', () => {
  const pods = [aPod({ name: 'crashed', ready: false, restarts: 1 }), aPod({ name: 'starting', ready: false })]
  expect(podsSeen({ current: pods, older: [], alerting: [], isOlder }).current.failing).toEqual([
    { name: 'crashed', node: 'node-0', failure: 'crash' },
  ])
})

test('well are the ready ones that nothing speaks of', () => {
  const current = [
    aPod({ name: 'a', node: 'n1' }),
    aPod({ name: 'b', node: 'n2' }),
    aPod({ name: 'c', node: 'n2' }),
    aPod({ name: 'd', ready: false }),
  ]
  const seen = podsSeen({ current, older: [], alerting: ['a'], isOlder })
  expect(seen.current).toEqual({ count: 4, failing: [{ name: 'a', node: 'n1', failure: 'alert' }], wellNodes: ['n2'] })
})

test('a pod of an older revision that the alert names fails, although it is gone', () => {
  const seen = podsSeen({
    current: [],
    older: [aPod({ name: 'checkout-old-1' })],
    alerting: ['checkout-old-1', 'checkout-old-2', 'x'],
    isOlder,
  })
  expect(seen.older.failing.map(({ name }) => name)).toEqual(['checkout-old-1', 'checkout-old-2'])
})

test('of many failing pods some are recorded', () => {
  const current = Array.from({ length: 200 }, (_, index) => aPod({ name: `p${index}`, reason: 'Error', ready: false }))
  expect(podsSeen({ current, older: [], alerting: [], isOlder }).current).toMatchObject({ count: 200, failing: { length: 20 } })
})
