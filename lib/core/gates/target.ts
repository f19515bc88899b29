import { pickTarget } from '../target-revision.ts'
import { type Gate, hold, notApplicable, pass } from './gate.ts'

/** 5. There is a revision to go back to: it exists, differs, is not condemned, and its ReplicaSet is there. */
export const target: Gate = {
  name: 'target',
  kind: 'evidence',
  stage: 1,
  byHand: true,
  ask({ workload, trigger }) {
    if (workload === null || workload.current === null) return notApplicable('not_reached')
    const choice = pickTarget(workload.current, workload.candidates, trigger.kind === 'person' ? trigger.toRevisionUid : null)
    const values = { current: workload.current.number, revisions: workload.candidates.map((candidate) => candidate.number) }
    if (choice.target === null) return hold(choice.reason, values)
    return pass('target_good', { ...values, target: choice.target.number, targetUid: choice.target.uid, images: choice.target.images })
  },
}
