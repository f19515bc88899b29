import { expect, test } from 'vitest'
import { aFacts } from '../../testing/builders.ts'
import { noLoop } from './no-loop.ts'

test.each([
  ['passes a revision that nobody rolled to or away from', {}, 'pass', 'no_loop'],
  ['holds the revision that we rolled back to', { currentWasRolledBackTo: true }, 'hold', 'current_was_rolled_back_to'],
  ['holds what was rolled away from before', { currentCondemned: true }, 'hold', 'current_condemned'],
  ['asks nothing before the controller has made the ReplicaSet', { current: null }, 'not_applicable', 'not_reached'],
] as const)('%s', (_, workload, answer, reason) => {
  expect(noLoop.ask(aFacts({ workload }))).toMatchObject({ answer, reason })
})

test('asks nothing where no workload was found', () => {
  expect(noLoop.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})

test('shows the revision and what it runs', () => {
  expect(noLoop.ask(aFacts({ workload: { currentCondemned: true } })).values).toEqual({ current: 42, materialFingerprint: 'material-42' })
})
