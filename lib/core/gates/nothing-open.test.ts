import { expect, test } from 'vitest'
import { aFacts, aPerson } from '../../testing/builders.ts'
import { nothingOpen } from './nothing-open.ts'

test('passes while no rollback of the workload is open', () => {
  expect(nothingOpen.ask(aFacts())).toMatchObject({ answer: 'pass', reason: 'nothing_open' })
})

test.each([
  ['an alert', {}],
  ['a person', { trigger: aPerson() }],
])('holds %s while one is open, and names it', (_, trigger) => {
  const facts = aFacts({ ...trigger, workload: { openRollbackId: 'rollback-9' } })
  expect(nothingOpen.ask(facts)).toMatchObject({
    answer: 'hold',
    reason: 'rollback_open',
    values: { rollbackId: 'rollback-9' },
    endsAt: null,
  })
})

test('asks nothing where no workload was found', () => {
  expect(nothingOpen.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})
