import { type Gate, hold, notApplicable, pass } from './gate.ts'

/**
 * 9. Not everyone has the same trouble: so many other workloads whose trouble began at the same time have a cause that they share, and
 * that no rollback of one of them mends.
 */
export const notEveryone: Gate = {
  name: 'not_everyone',
  kind: 'evidence',
  stage: 1,
  byHand: false,
  ask({ trigger, others, policy }) {
    if (trigger.kind !== 'alert') return notApplicable('not_asked_by_hand')
    if (others === undefined) return notApplicable('not_built')
    const { workloads, withinMs } = policy.commonCause
    const near = others.filter((other) => Math.abs(other.onsetAt - trigger.onset.at) <= withinMs)
    const names = [...new Set(near.map(({ workload }) => workload))].sort()
    const values = { others: names, count: names.length, limit: workloads, withinMs }
    return names.length >= workloads ? hold('common_cause', values) : pass('nobody_else', values)
  },
}
