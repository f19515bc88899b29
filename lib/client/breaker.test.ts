import { expect, test } from 'vitest'
import { aSpentRollback, MINUTE, T0 } from '../testing/builders.ts'
import { type BreakerNow, openBreaker } from './breaker.ts'

const OPEN: BreakerNow = {
  ...{ state: 'open', spent: 1, count: 1, windowMs: 30 * MINUTE, rollbacks: [aSpentRollback()], openSince: T0, closesAt: T0 + 30 * MINUTE },
  ...{ lastClosed: null, version: 1 },
}

test('a breaker is open up to the instant at which it closes by itself, though the page was told nothing since', () => {
  expect(openBreaker(OPEN, T0 + 30 * MINUTE - 1)).toMatchObject({ closesAt: T0 + 30 * MINUTE })
  expect(openBreaker(OPEN, T0 + 30 * MINUTE)).toBeNull()
})

test('a closed one, and one that is not known, is not open', () => {
  expect(openBreaker({ ...OPEN, state: 'closed', openSince: null, closesAt: null }, T0)).toBeNull()
  expect(openBreaker(undefined, T0)).toBeNull()
})
