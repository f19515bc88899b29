import type { Actor } from './actor.ts'
import type { Instant } from './json.ts'

export const JUDGEMENTS = ['right', 'wrong', 'unsure'] as const
export type JudgementWord = (typeof JUDGEMENTS)[number]

/** What people say afterwards of a decision. Of `roll_back`: whether the deploy was to blame; of a hold: whether it was right to hold. */
export interface Judgement {
  /** Send it back to judge anew; a decision that nobody has judged has 0. */
  version: number
  judgement: JudgementWord
  note: string | null
  actor: Actor
  judgedAt: Instant
}

/** Why a decision is not judged. */
export type Unjudgeable = 'by_hand' | 'ignored'

/** Null: it can be judged: what an alert led to, or was held for. What a person asked for is that person's own. */
export function whyNotJudgeable({ trigger, verdict }: { trigger: 'alert' | 'person'; verdict: string }): Unjudgeable | null {
  if (trigger === 'person') return 'by_hand'
  return verdict === 'ignore' ? 'ignored' : null
}

/** How many of some decisions were judged, and how. */
export type JudgedCounts = Record<JudgementWord | 'none', number>

export const NONE_JUDGED: JudgedCounts = { right: 0, wrong: 0, unsure: 0, none: 0 }

export function countJudged(counts: JudgedCounts, judgement: Judgement | null): JudgedCounts {
  const word = judgement?.judgement ?? 'none'
  return { ...counts, [word]: counts[word] + 1 }
}
