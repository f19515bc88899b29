import { type Gate, hold, notApplicable, pass } from './gate.ts'

/** 6. The current revision is not one that we rolled back to, and what it runs was not rolled away from before. */
export const noLoop: Gate = {
  name: 'no_loop',
  kind: 'evidence',
  stage: 1,
  byHand: false,
  ask({ workload }) {
    if (workload === null || workload.current === null) return notApplicable('not_reached')
    const values = { current: workload.current.number, materialFingerprint: workload.current.materialFingerprint }
    if (workload.currentWasRolledBackTo) return hold('current_was_rolled_back_to', values)
    if (workload.currentCondemned) return hold('current_condemned', values)
    return pass('no_loop', values)
  },
}
