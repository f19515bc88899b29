import type { Candidate } from './decision.ts'
import type { ReasonCode } from './reason.ts'
import type { RevisionRef } from './workload.ts'

export type TargetChoice = { target: Candidate; reason: 'target_good' } | { target: null; reason: ReasonCode }

/**
 * The newest revision that may be gone back to: not condemned and different in what runs. Not kubectl's
 * "previous": after an undo the previous one is the bad one.
 *
 * @param candidates revisions whose ReplicaSet is there, newest first
 * @param askedUid the revision a person named; null: choose
 */
export function pickTarget(current: RevisionRef, candidates: readonly Candidate[], askedUid: string | null): TargetChoice {
  if (askedUid !== null) return pickAsked(current, candidates, askedUid)
  const others = candidates.filter((candidate) => candidate.uid !== current.uid)
  if (others.length === 0) return { target: null, reason: 'no_target' }
  const different = others.filter((candidate) => candidate.materialFingerprint !== current.materialFingerprint)
  if (different.length === 0) return { target: null, reason: 'target_same' }
  const good = different.find((candidate) => !candidate.condemned)
  return good ? { target: good, reason: 'target_good' } : { target: null, reason: 'target_condemned' }
}

/** By hand any revision will do that exists and is not the current template already. */
function pickAsked(current: RevisionRef, candidates: readonly Candidate[], uid: string): TargetChoice {
  if (uid === current.uid) return { target: null, reason: 'target_same' }
  const asked = candidates.find((candidate) => candidate.uid === uid)
  if (!asked) return { target: null, reason: 'target_gone' }
  if (asked.templateFingerprint === current.templateFingerprint) return { target: null, reason: 'target_same' }
  return { target: asked, reason: 'target_good' }
}
