import { checksOf, conclude, stops } from './decide.ts'
import type { Check, Decision, DecisionRecord, Facts } from './decision.ts'
import { hold, notApplicable, pass } from './gates/gate.ts'
import { GATES } from './gates/gate-list.ts'
import type { GateName } from './gates/gate-name.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import type { ReasonCode } from './reason.ts'
import { type OpenQuestion, openQuestions } from './replay-questions.ts'

/** What a decision comes to. */
export type Outcome = Pick<Decision, 'verdict' | 'effect' | 'reason' | 'target'>

/** A gate that answers otherwise. */
export interface GateDifference {
  gate: GateName
  /** As recorded; null: the gate did not exist then. */
  before: Check | null
  after: Check
  /** Whether the answer kept it from being done, and does: an open question may be let pass. */
  stoppedBefore: boolean
  stops: boolean
  /** `program`: with the recorded policy it would answer the same today, so that not the policy but a newer Snapback makes the difference. */
  because: 'policy' | 'program'
}

export interface Replay {
  /** `same`: verdict, effect and, where something is done, target. `cannot_tell`: it depends on what the record does not hold. */
  answer: 'same' | 'changed' | 'cannot_tell'
  before: Outcome
  /** Null: cannot be told. */
  after: Outcome | null
  /** Where it cannot be told: what it would be if every open question were answered in favour. Null: nothing is known of it. */
  ifPassed: Outcome | null
  /** The gates that make the difference; empty unless changed. */
  madeBy: GateName[]
  differences: GateDifference[]
  /** What the record does not answer, also where the outcome does not depend on it. */
  open: OpenQuestion[]
  /** Gates that the record knows nothing for, since it is older than they are: left out of both sides. */
  notRecorded: GateName[]
}

type Recorded = Pick<DecisionRecord, 'verdict' | 'effect' | 'reason' | 'checks' | 'target' | 'facts'>

/**
 * What another policy would have decided on the facts of a decision. Pure. Only the policy is another one: what had happened by then, pauses
 * and dry run are as recorded. What the record cannot answer is said so and never made up.
 */
export function replay(record: Recorded, policy: Policy): Replay {
  const recorded = withPolicy(record.facts, { ...DEFAULT_POLICY, ...record.facts.policy })
  const facts = withPolicy(record.facts, policy)
  const found = checksOf(facts)
  const open = openQuestions({ record, recorded, facts, checks: found })
  const checks = found.map((one) => (isOpen(open, one.gate) ? assumed(one.gate, 'pass') : one))
  const before = outcomeOf(record)
  const passed = outcomeOf(conclude(checks, facts))
  const isTold = isSettled({ checks, facts, open, passed })
  const differences = differencesOf({ before: record.checks, baseline: checksOf(recorded), after: checks, open, recorded, facts })
  const told = isSame(before, passed) ? 'same' : 'changed'
  const answer = isTold ? told : 'cannot_tell'
  const isElsewhere = isOpen(open, 'workload_found')
  return {
    answer,
    before,
    after: isTold ? passed : null,
    ifPassed: isTold || isElsewhere ? null : passed,
    madeBy: answer === 'changed' ? madeBy(differences) : [],
    differences: isElsewhere ? [] : differences,
    open,
    notRecorded: checks.filter(({ reason }) => reason === 'not_built').map(({ gate }) => gate),
  }
}

function withPolicy(facts: Facts, policy: Policy): Facts {
  return { ...facts, policy, control: { ...facts.control, mode: policy.mode } }
}

function outcomeOf({ verdict, effect, reason, target }: Outcome): Outcome {
  return { verdict, effect, reason, target }
}

function isSame(a: Outcome, b: Outcome): boolean {
  if (a.verdict !== b.verdict || a.effect !== b.effect) return false
  return a.effect === 'none' || a.target?.uid === b.target?.uid
}

function isOpen(open: readonly OpenQuestion[], gate: GateName): boolean {
  return open.some((one) => one.gate === gate)
}

/** How an open question could be answered. Every hold of a gate means the same for verdict and effect. */
const ASSUMED: Partial<Record<GateName, { pass: ReasonCode; hold: ReasonCode }>> = {
  workload_found: { pass: 'workload_found', hold: 'workload_not_found' },
  budget: { pass: 'budget_left', hold: 'budget_spent' },
  not_everyone: { pass: 'nobody_else', hold: 'common_cause' },
  confirmed: { pass: 'confirmed', hold: 'not_confirmed' },
  not_older: { pass: 'not_older', hold: 'condition_before_deploy' },
  new_pods: { pass: 'new_pods_alone', hold: 'older_pods_fail' },
  accepted: { pass: 'accepted', hold: 'patch_refused' },
}

function assumed(gate: GateName, answer: 'pass' | 'hold'): Check {
  const reason = ASSUMED[gate]?.[answer] ?? 'not_built'
  return { gate, ...(answer === 'pass' ? pass(reason) : hold(reason)) }
}

interface Settling {
  checks: Check[]
  facts: Facts
  open: readonly OpenQuestion[]
  passed: Outcome
}

/**
 * Whether the outcome is the same however the open questions are answered. Of several holds the first one of the evidence counts, so that
 * each of them alone shows all that can come of them.
 */
function isSettled({ checks, facts, open, passed }: Settling): boolean {
  if (isOpen(open, 'workload_found')) {
    // Of another workload nothing is known but whether the alert asks at all.
    return passed.verdict === 'ignore' || passed.reason === 'recovered_by_itself'
  }
  return open.every(({ gate }) => {
    const isFirst = STAGES.get(gate) === 1
    const held = checks.map((one): Check => {
      if (one.gate === gate) return assumed(gate, 'hold')
      return isFirst && STAGES.get(one.gate) === 2 ? { gate: one.gate, ...notApplicable('not_reached') } : one
    })
    return isSame(passed, outcomeOf(conclude(held, facts)))
  })
}

const STAGES = new Map(GATES.map(({ name, stage }) => [name, stage]))

interface Comparing {
  before: readonly Check[]
  /** Today's gates with the recorded policy. */
  baseline: readonly Check[]
  after: readonly Check[]
  open: readonly OpenQuestion[]
  recorded: Facts
  facts: Facts
}

function differencesOf({ before, baseline, after, open, recorded, facts }: Comparing): GateDifference[] {
  const of = (checks: readonly Check[], gate: GateName) => checks.find((one) => one.gate === gate) ?? null
  return after.flatMap((check): GateDifference[] => {
    const { gate } = check
    const [was, same] = [of(before, gate), of(baseline, gate)]
    const [saidBefore, said] = [saying(was, recorded), saying(check, facts)]
    if (isOpen(open, gate) || saidBefore === said) return []
    const because = saying(same, recorded) === said ? 'program' : 'policy'
    return [{ gate, before: was, after: check, stoppedBefore: was !== null && stops(was, recorded), stops: stops(check, facts), because }]
  })
}

/** Gate 5 passes with another target, gate 15 with another mode, and an open question may be let pass: those are answers too. */
function saying(check: Check | null, facts: Facts): string | null {
  if (check === null) return null
  const { answer, reason, values } = check
  return JSON.stringify([answer, reason, values['targetUid'] ?? null, values['mode'] ?? null, stops(check, facts)])
}

/** Those that stopped it and no longer do, or the other way round; else all that answer otherwise. */
function madeBy(differences: readonly GateDifference[]): GateName[] {
  const asked = differences.filter(({ before, after }) => before?.reason !== 'not_reached' && after.reason !== 'not_reached')
  const turned = asked.filter((one) => one.stoppedBefore !== one.stops)
  return (turned.length > 0 ? turned : asked).map(({ gate }) => gate)
}
