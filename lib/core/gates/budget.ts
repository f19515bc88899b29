import { type Gate, hold, notApplicable, pass } from './gate.ts'

/**
 * 8. Alerts have not rolled back too much in the whole cluster: many at once are no single bad deploy. While the budget is spent the
 * breaker is open; it closes by itself as the window moves on.
 */
export const budget: Gate = {
  name: 'budget',
  kind: 'control',
  stage: 1,
  byHand: false,
  ask({ at, acted, policy }) {
    if (acted === undefined) return notApplicable('not_built')
    const { count, windowMs } = policy.budget
    const recent = acted.filter((one) => one.at > at - windowMs).sort((a, b) => a.at - b.at)
    const values = { spent: recent.length, count, windowMs }
    // The one that has to leave the window before another fits in.
    const last = recent[recent.length - count]
    if (last === undefined) return pass('budget_left', values)
    return hold('budget_spent', { ...values, endsAt: last.at + windowMs }, last.at + windowMs)
  },
}
