import { type Gate, hold, notApplicable, pass } from './gate.ts'

/** 10. Nothing about the workload forbids it: the Deployment is not paused. */
export const allowed: Gate = {
  name: 'allowed',
  kind: 'control',
  stage: 1,
  byHand: true,
  ask({ workload }) {
    if (workload === null) return notApplicable('not_reached')
    return workload.paused ? hold('deployment_paused') : pass('allowed')
  },
}
