import { isSameAsBefore, pickTarget, targetAsked } from '../target-revision.ts'
import { type Gate, type GateAnswer, hold, inconclusive, notApplicable, pass } from './gate.ts'

/** 5. There is a revision to go back to: it exists, differs, is not condemned, has served for long enough, and its ReplicaSet is there. */
export const target: Gate = {
  name: 'target',
  kind: 'evidence',
  stage: 1,
  byHand: true,
  ask(facts) {
    const { workload } = facts
    if (workload === null) return notApplicable('not_reached')
    // A template whose ReplicaSet is not there yet: the controller is about to make it.
    if (workload.current === null) return inconclusive('source_silent', { source: 'kubernetes' })
    const { current, candidates } = workload
    const asked = targetAsked(facts)
    const values = { current: current.number, revisions: candidates.map((candidate) => candidate.number) }
    if (facts.trigger.kind === 'alert' && isSameAsBefore(current, candidates)) return hold('target_same', values)
    const { target: chosen, reason } = pickTarget(current, candidates, asked)
    if (chosen === null) return hold(reason, reason === 'target_unproven' ? { ...values, goodAfterMs: asked.goodAfterMs } : values)
    const served: GateAnswer['values'] =
      chosen.served === undefined ? {} : { servedMs: chosen.served.ms, servedSource: chosen.served.source }
    return pass('target_good', { ...values, target: chosen.number, targetUid: chosen.uid, images: chosen.images, ...served })
  },
}
