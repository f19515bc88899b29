import type { Candidate, Facts } from './decision.ts'
import type { ReasonCode } from './reason.ts'
import type { RevisionRef } from './workload.ts'

export type TargetChoice = { target: Candidate; reason: 'target_good' } | { target: null; reason: ReasonCode }

/**
 * The newest revision that may be gone back to: not condemned, different in what runs, and proven: it served for long enough without
 * an alert that was laid to its charge. So an older good one, when the last one was bad too. Not kubectl's "previous": after an undo
 * the previous one is the bad one.
 *
 * @param candidates revisions whose ReplicaSet is there, newest first
 */
export function pickTarget(
  current: RevisionRef,
  candidates: readonly Candidate[],
  { askedUid, goodAfterMs, mustBeProven }: Asked,
): TargetChoice {
  if (askedUid !== null) return pickAsked(current, candidates, askedUid)
  const others = candidates.filter((candidate) => candidate.uid !== current.uid)
  if (others.length === 0) return { target: null, reason: 'no_target' }
  const different = others.filter((candidate) => candidate.materialFingerprint !== current.materialFingerprint)
  if (different.length === 0) return { target: null, reason: 'target_same' }
  const free = different.filter((candidate) => !candidate.condemned)
  if (free.length === 0) return { target: null, reason: 'target_condemned' }
  const proven = free.find((one) => isProven(one, goodAfterMs))
  const good = mustBeProven ? proven : (proven ?? free.find((one) => isProven(one, 0)) ?? free[0])
  return good ? { target: good, reason: 'target_good' } : { target: null, reason: 'target_unproven' }
}

interface Asked {
  /** The revision that a person named; null: choose. */
  askedUid: string | null
  /** How long a revision has to have served. */
  goodAfterMs: number
  /** False: a person asks, who may go back to one that is not proven when there is no better one. */
  mustBeProven: boolean
}

/** What a trigger asks of a target. */
export function targetAsked({ trigger, policy }: Pick<Facts, 'trigger' | 'policy'>): Asked {
  const { goodAfterMs } = policy
  if (trigger.kind === 'person') return { askedUid: trigger.toRevisionUid, goodAfterMs, mustBeProven: false }
  return { askedUid: null, goodAfterMs, mustBeProven: true }
}

/** Records of before it was asked do not say. */
function isProven({ served, blamed = false }: Candidate, goodAfterMs: number): boolean {
  return served === undefined || (!blamed && served.ms >= goodAfterMs)
}

/** By hand any revision will do that exists and is not the current template already. */
function pickAsked(current: RevisionRef, candidates: readonly Candidate[], uid: string): TargetChoice {
  if (uid === current.uid) return { target: null, reason: 'target_same' }
  const asked = candidates.find((candidate) => candidate.uid === uid)
  if (!asked) return { target: null, reason: 'target_gone' }
  if (asked.templateFingerprint === current.templateFingerprint) return { target: null, reason: 'target_same' }
  return { target: asked, reason: 'target_good' }
}

/** Whether the last deploy changed nothing that runs. To go further back would undo an earlier deploy that nobody blames. */
export function isSameAsBefore(current: RevisionRef, [before]: readonly RevisionRef[]): boolean {
  return before !== undefined && before.materialFingerprint === current.materialFingerprint
}
