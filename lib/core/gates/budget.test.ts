import { describe, expect, test } from 'vitest'
import { aFacts, MINUTE } from '../../testing/builders.ts'
import { budget } from './budget.ts'

const NOW = aFacts().at
const policy = { budget: { count: 2, windowMs: 30 * MINUTE } }
const ago = (...minutes: number[]) => minutes.map((one) => ({ at: NOW - one * MINUTE }))

describe('rollbacks by alerts in the whole cluster', () => {
  test.each<[string, { at: number }[], string, number | null]>([
    ['none', [], 'pass', null],
    ['one less than the budget', ago(5), 'pass', null],
    ['as many as the budget: until the oldest leaves the window', ago(20, 5), 'hold', NOW + 10 * MINUTE],
    ['more than the budget: until one fits in', ago(25, 20, 5), 'hold', NOW + 10 * MINUTE],
    ['in any order', ago(5, 20), 'hold', NOW + 10 * MINUTE],
    ['that lie behind the window', ago(30, 31, 40), 'pass', null],
    ['at the edge of it', ago(30, 1), 'pass', null],
  ])('%s', (_, acted, answer, endsAt) => {
    expect(budget.ask(aFacts({ policy, acted }))).toMatchObject({ answer, endsAt })
  })
})

test('shows what was spent and of how much', () => {
  expect(budget.ask(aFacts({ policy, acted: ago(20, 5) }))).toMatchObject({
    reason: 'budget_spent',
    values: { spent: 2, count: 2, windowMs: 30 * MINUTE, endsAt: NOW + 10 * MINUTE },
  })
})

test('a record of before it says that it was not asked', () => {
  const { acted: _, ...old } = aFacts()
  expect(budget.ask(old)).toMatchObject({ answer: 'not_applicable', reason: 'not_built' })
})
