import { asksForRollback } from '../alert.ts'
import { type Gate, hold, pass } from './gate.ts'

/** 1. The episode fires and carries `auto_rollback="true"`, or a person asks. */
export const asked: Gate = {
  name: 'asked',
  kind: 'evidence',
  stage: 1,
  byHand: true,
  ask({ trigger }) {
    if (trigger.kind === 'person') return pass('asked', { by: 'person' })
    if (!asksForRollback(trigger.labels)) return hold('not_asked', { alert: trigger.alertName })
    if (!trigger.firing) return hold('recovered_by_itself', { alert: trigger.alertName })
    return pass('asked', { alert: trigger.alertName })
  },
}
