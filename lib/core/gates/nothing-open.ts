import { type Gate, hold, notApplicable, pass } from './gate.ts'

/** 4. No rollback of the workload is open. A further alert joins its incident; a proposal is not open. */
export const nothingOpen: Gate = {
  name: 'nothing_open',
  kind: 'control',
  stage: 1,
  byHand: true,
  ask({ workload }) {
    if (workload === null) return notApplicable('not_reached')
    return workload.openRollbackId === null ? pass('nothing_open') : hold('rollback_open', { rollbackId: workload.openRollbackId })
  },
}
