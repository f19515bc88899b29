import { describe, expect, test } from 'vitest'
import { aSpentRollback, MINUTE, T0 } from '../testing/builders.ts'
import { breakerOf, closingOf, clusterBudget, spendsBudget, spentOf } from './breaker.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { PHASES } from './rollback.ts'

const BUDGET = { count: 2, windowMs: 30 * MINUTE }
const HOUR = 60 * MINUTE
const ADA = { kind: 'user', id: 'u1', name: 'ada@example.test' } as const
const ago = (...minutes: number[]) => minutes.map((one) => ({ at: T0 - one * MINUTE }))

describe('how much is spent', () => {
  test.each<[string, { at: number }[], number, number | null, number | null]>([
    ['nothing', [], 0, null, null],
    ['less than the budget', ago(5), 1, null, null],
    ['as much: since the last one, until the first leaves the window', ago(20, 5), 2, -5, 10],
    ['more, of a time when the budget was larger: until one fits in', ago(25, 20, 5), 3, -20, 10],
    ['behind the window', ago(30, 31, 5), 1, null, null],
  ])('%s', (_, acted, spent, openSince, closesAt) => {
    const at = (minutes: number | null) => (minutes === null ? null : T0 + minutes * MINUTE)
    const seen = spentOf(acted, BUDGET, T0)
    expect([seen.recent.length, seen.openSince, seen.closesAt]).toEqual([spent, at(openSince), at(closesAt)])
  })

  test('it is open up to the instant at which it closes, and not at it', () => {
    const { closesAt } = spentOf(ago(20, 5), BUDGET, T0)
    expect(spentOf(ago(20, 5), BUDGET, (closesAt ?? 0) - 1).closesAt).toBe(closesAt)
    expect(spentOf(ago(20, 5), BUDGET, closesAt ?? 0).closesAt).toBeNull()
  })
})

test.each(PHASES)('%s by an alert spends budget if it acts; by hand or in dry run it never does', (phase) => {
  const acts = !['proposed', 'aborted', 'declined', 'expired', 'simulated'].includes(phase)
  expect(spendsBudget({ trigger: 'alert', dryRun: false, phase })).toBe(acts)
  expect(spendsBudget({ trigger: 'person', dryRun: false, phase })).toBe(false)
  expect(spendsBudget({ trigger: 'alert', dryRun: true, phase })).toBe(false)
})

test("the budget is the cluster's, or the default", () => {
  const own = { scope: { level: 'namespace', namespace: 'shop' }, fields: { budget: { count: 99, windowMs: HOUR } }, version: 1 } as const
  expect(clusterBudget([own])).toEqual(DEFAULT_POLICY.budget)
  expect(clusterBudget([own, { scope: { level: 'cluster' }, fields: { budget: BUDGET }, version: 1 }])).toEqual(BUDGET)
})

test('an open breaker names what spent it, oldest first, and who closed it last', () => {
  const acted = [aSpentRollback({ id: 'late', at: T0 - MINUTE }), aSpentRollback({ id: 'early', at: T0 - 5 * MINUTE })]
  const closing = { at: T0 - HOUR, actor: ADA, reason: 'looked at all', letOff: 2, rollbacks: [] }
  expect(breakerOf({ acted, budget: BUDGET, closing, version: 7, at: T0 })).toMatchObject({
    state: 'open',
    spent: 2,
    count: 2,
    rollbacks: [{ id: 'early' }, { id: 'late' }],
    openSince: T0 - MINUTE,
    closesAt: T0 + 25 * MINUTE,
    lastClosed: { at: T0 - HOUR, actor: ADA, reason: 'looked at all', letOff: 2 },
    version: 7,
  })
})

test('a closing lets off what counts, and what earlier ones let off for as long as any window reaches', () => {
  const before = {
    at: T0 - HOUR,
    actor: ADA,
    reason: 'x',
    letOff: 2,
    rollbacks: [
      { id: 'forgotten', at: T0 - 24 * HOUR },
      { id: 'before', at: T0 - 2 * HOUR },
    ],
  }
  const closing = closingOf({ at: T0, actor: ADA, reason: 'again', counting: [{ id: 'now', at: T0 - 1 }], before })
  expect(closing).toMatchObject({ at: T0, reason: 'again', letOff: 1 })
  expect(closing.rollbacks.map(({ id }) => id)).toEqual(['before', 'now'])
})
