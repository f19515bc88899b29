import { pickTarget } from '../target-revision.ts'
import type { RevisionRef } from '../workload.ts'
import { type Gate, hold, inconclusive, notApplicable, pass } from './gate.ts'

/** 5. There is a revision to go back to: it exists, differs, is not condemned, and its ReplicaSet is there. */
export const target: Gate = {
  name: 'target',
  kind: 'evidence',
  stage: 1,
  byHand: true,
  ask({ workload, trigger }) {
    if (workload === null) return notApplicable('not_reached')
    // A template whose ReplicaSet is not there yet: the controller is about to make it.
    if (workload.current === null) return inconclusive('source_silent', { source: 'kubernetes' })
    const { current, candidates } = workload
    const values = { current: current.number, revisions: candidates.map((candidate) => candidate.number) }
    // A restart is no change: to go further back would undo an earlier deploy that nobody blames.
    if (trigger.kind === 'alert' && isSameAsBefore(current, candidates)) return hold('target_same', values)
    const choice = pickTarget(current, candidates, trigger.kind === 'person' ? trigger.toRevisionUid : null)
    if (choice.target === null) return hold(choice.reason, values)
    return pass('target_good', { ...values, target: choice.target.number, targetUid: choice.target.uid, images: choice.target.images })
  },
}

function isSameAsBefore(current: RevisionRef, [before]: readonly RevisionRef[]): boolean {
  return before !== undefined && before.materialFingerprint === current.materialFingerprint
}
