import { spentOf } from '../breaker.ts'
import { type Gate, hold, notApplicable, pass } from './gate.ts'

/**
 * 8. Alerts have not rolled back too much in the whole cluster: many at once are no single bad deploy. While the budget is spent the
 * breaker is open; it closes by itself as the window moves on, or by hand: what was let off then is not among the facts.
 */
export const budget: Gate = {
  name: 'budget',
  kind: 'control',
  stage: 1,
  byHand: false,
  ask({ at, acted, policy }) {
    if (acted === undefined) return notApplicable('not_built')
    const { count, windowMs } = policy.budget
    const { recent, closesAt } = spentOf(acted, policy.budget, at)
    const values = { spent: recent.length, count, windowMs }
    return closesAt === null ? pass('budget_left', values) : hold('budget_spent', { ...values, endsAt: closesAt }, closesAt)
  },
}
