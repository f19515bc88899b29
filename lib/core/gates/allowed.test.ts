import { expect, test } from 'vitest'
import { aFacts, aPerson } from '../../testing/builders.ts'
import { allowed } from './allowed.ts'

test('passes a Deployment whose rollouts go on', () => {
  expect(allowed.ask(aFacts())).toMatchObject({ answer: 'pass', reason: 'allowed' })
})

test.each([
  ['an alert', {}],
  ['a person', { trigger: aPerson() }],
])('holds %s while the Deployment is paused: an undo would be refused', (_, trigger) => {
  expect(allowed.ask(aFacts({ ...trigger, workload: { paused: true } }))).toMatchObject({ answer: 'hold', reason: 'deployment_paused' })
})

test('asks nothing where no workload was found', () => {
  expect(allowed.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})
