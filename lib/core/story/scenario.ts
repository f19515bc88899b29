import type { Effect, Verdict } from '../decision.ts'
import type { GateName } from '../gates/gate-name.ts'
import type { ReasonCode } from '../reason.ts'
import type { Story } from './story.ts'
import type { Time } from './story-time.ts'

/** A story with what must be decided in it, and what was true, which nobody knew then. */
export interface Scenario {
  /** As one would tell it on the phone. */
  title: string
  /** What it stands for, where it is one of those that have to be there. */
  topic?: Topic
  /** The truth: the last deploy was to blame, and to go back would have helped. */
  shouldGoBack: boolean
  story: Story
  /** Decisions in the order of time. */
  moments: readonly Moment[]
  /** Where the decision must be what the truth would not have: what was missing to tell. */
  limit?: string
}

/** What must be decided at one time. */
export interface Moment {
  at: Time
  verdict: Verdict
  effect: Effect
  reason: ReasonCode
  /** The gate that must say so. */
  gate: GateName
  /** Image of the revision to go back to; null: none is named or it does not matter. */
  target: string | null
  /** When it is decided again by itself; null: only news can change it. */
  again: Time | null
}

/** A story's kind, each of which at least one scenario must tell. */
export const TOPICS = [
  'dependency outage',
  'node failure',
  'traffic surge',
  'older than the deploy',
  'flapping',
  'old pods failing during a rollout',
  'config change',
  'database down for all',
  'one error in two requests',
  'clock skew',
  'resolved before decided',
  'two deploys in a row',
  'deploy during a rollback',
  'HPA scaling',
  'paused',
  'self-healing owner',
  'renamed service',
  'deleted Deployment',
  'kubectl restart',
  'slow leak',
  'EdgeLink: memory leak',
  'EdgeLink: wrong database pool',
  'EdgeLink: library upgrade',
] as const
export type Topic = (typeof TOPICS)[number]

interface Said {
  at: Time
  gate: GateName
  reason: ReasonCode
  again?: Time | null
}

/** It is put back, at once and by itself. */
export function rollsBack(at: Time, to: string): Moment {
  return goesOn(at, to, 'act')
}

/** A person is asked whether to put it back. */
export function proposes(at: Time, to: string): Moment {
  return goesOn(at, to, 'propose')
}

/** All but the change itself is done. */
export function simulates(at: Time, to: string): Moment {
  return goesOn(at, to, 'simulate')
}

/** The evidence does not say that the deploy is to blame, or not yet. */
export function holds({ at, gate, reason, again = null }: Said): Moment {
  return { at, verdict: 'hold', effect: 'none', reason, gate, target: null, again }
}

/** No waiting mends it: people are called. */
export function callsPeople({ at, gate, reason, again = null }: Said): Moment {
  return { at, verdict: 'escalate', effect: 'none', reason, gate, target: null, again }
}

/** The evidence is there, but people, the cluster or a limit forbid to act, or do not allow it yet. */
export function isForbidden({ at, gate, reason, again = null }: Said): Moment {
  return { at, verdict: 'roll_back', effect: 'none', reason, gate, target: null, again }
}

/** An alert that does not ask for a rollback. */
export function ignores({ at, gate, reason, again = null }: Said): Moment {
  return { at, verdict: 'ignore', effect: 'none', reason, gate, target: null, again }
}

function goesOn(at: Time, target: string, effect: Effect): Moment {
  return { at, verdict: 'roll_back', effect, reason: 'deploy_explains_it', gate: 'deploy_explains', target, again: null }
}
