import { conditionBefore } from '../condition-before.ts'
import { type Gate, hold, inconclusive, notApplicable, pass } from './gate.ts'

/**
 * 12. The condition is not older than the deploy: in the hour before it the alert was neither pending nor firing, and at the deploy the rule's
 * left side, read on a short window, was under half its threshold. A long range begins to fire late what began early.
 */
export const notOlder: Gate = {
  name: 'not_older',
  kind: 'evidence',
  stage: 2,
  byHand: false,
  ask({ outside, policy }) {
    if (outside === undefined) return notApplicable('not_built')
    if (outside === null) return inconclusive('source_silent', { source: 'prometheus' })
    const { before } = outside
    switch (before.state) {
      case 'not_configured':
        return notApplicable('source_not_configured', { source: 'prometheus' })
      case 'silent':
        return policy.whenBlind === 'go_on'
          ? notApplicable('source_silent', { source: 'prometheus' })
          : inconclusive('source_silent', { source: 'prometheus' })
      case 'read': {
        const { since, lastActiveAt, measurement } = before
        const was =
          measurement === null
            ? { state: 'unknown' as const, value: null, threshold: null }
            : conditionBefore(measurement, policy.minRequests)
        const values = { since, lastActiveAt, value: was.value, threshold: was.threshold, hasRule: measurement !== null }
        if (lastActiveAt !== null || was.state === 'there') return hold('condition_before_deploy', values)
        return was.state === 'absent' ? pass('not_older', values) : inconclusive('condition_before_unknown', values)
      }
    }
  },
}
