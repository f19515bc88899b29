import type { Check, Facts } from '../decision.ts'
import type { Instant, JsonValue } from '../json.ts'
import type { ReasonCode } from '../reason.ts'
import type { GateName } from './gate-name.ts'

/** One question. Pure: what it may look at is in the facts. */
export interface Gate {
  name: GateName
  /** Evidence makes the verdict; control leaves it and sets the effect. */
  kind: 'evidence' | 'control'
  /** Stage 2 asks other systems, and only if stage 1 holds nothing. */
  stage: 1 | 2
  /** Whether a rollback by hand is asked this too. */
  byHand: boolean
  ask(facts: Facts): GateAnswer
}

export type GateAnswer = Omit<Check, 'gate'>

type Values = Record<string, JsonValue>

export function pass(reason: ReasonCode, values: Values = {}): GateAnswer {
  return { answer: 'pass', reason, values, endsAt: null }
}

/** @param endsAt when time alone ends the hold */
export function hold(reason: ReasonCode, values: Values = {}, endsAt: Instant | null = null): GateAnswer {
  return { answer: 'hold', reason, values, endsAt }
}

export function inconclusive(reason: ReasonCode, values: Values = {}): GateAnswer {
  return { answer: 'inconclusive', reason, values, endsAt: null }
}

export function notApplicable(reason: ReasonCode, values: Values = {}): GateAnswer {
  return { answer: 'not_applicable', reason, values, endsAt: null }
}
