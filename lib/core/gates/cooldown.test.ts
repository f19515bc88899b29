import { expect, test } from 'vitest'
import { aFacts, MINUTE, SECOND } from '../../testing/builders.ts'
import { cooldown } from './cooldown.ts'

const NOW = aFacts().at
const policy = { cooldownMs: 15 * MINUTE }

test.each([
  ['passes a workload that was never rolled back', null, 'pass'],
  ['holds right after a rollback', NOW, 'hold'],
  ['holds to the last millisecond of the cooldown', NOW - 15 * MINUTE + 1, 'hold'],
  ['passes at the very end of the cooldown', NOW - 15 * MINUTE, 'pass'],
  ['passes long after it', NOW - 60 * MINUTE, 'pass'],
] as const)('%s', (_, lastRollbackEndedAt, answer) => {
  expect(cooldown.ask(aFacts({ policy, workload: { lastRollbackEndedAt } })).answer).toBe(answer)
})

test('says when the hold ends by itself', () => {
  const lastRollbackEndedAt = NOW - 5 * SECOND
  expect(cooldown.ask(aFacts({ policy, workload: { lastRollbackEndedAt } }))).toMatchObject({
    reason: 'cooling_down',
    endsAt: lastRollbackEndedAt + 15 * MINUTE,
  })
})

test('a cooldown of nothing never holds', () => {
  expect(cooldown.ask(aFacts({ policy: { cooldownMs: 0 }, workload: { lastRollbackEndedAt: NOW } })).answer).toBe('pass')
})

test('asks nothing where no workload was found', () => {
  expect(cooldown.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})
