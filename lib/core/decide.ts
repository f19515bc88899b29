import type { Check, Decision, Effect, Facts, Verdict } from './decision.ts'
import { type Gate, notApplicable } from './gates/gate.ts'
import { GATES } from './gates/gate-list.ts'
import type { Instant } from './json.ts'
import { ESCALATING, type ReasonCode } from './reason.ts'
import { pickTarget, targetAsked } from './target-revision.ts'

/** How soon an inconclusive answer is asked again while the alert fires. */
export const ASK_AGAIN_MS = 15_000
/** For how long it is asked again. */
export const ASK_AGAIN_FOR_MS = 10 * 60_000

/** Whether stage 1 holds anything: then stage 2 need not be gathered. */
export function stageOneHolds(facts: Facts, gates: readonly Gate[] = GATES): boolean {
  return gates.some((gate) => gate.stage === 1 && stops(check(gate, facts), facts))
}

/**
 * Verdict, effect and every check. Total, and the same facts give the same decision.
 *
 * @param gates the list, but for a test that takes one out of it
 */
export function decide(facts: Facts, gates: readonly Gate[] = GATES): Decision {
  return conclude(checksOf(facts, gates), facts, gates)
}

/** What every gate answers. */
export function checksOf(facts: Facts, gates: readonly Gate[] = GATES): Check[] {
  const reached = !stageOneHolds(facts, gates)
  return gates.map((gate) => (gate.stage === 2 && !reached ? { gate: gate.name, ...notApplicable('not_reached') } : check(gate, facts)))
}

/** What the answers come to. */
export function conclude(checks: Check[], facts: Facts, gates: readonly Gate[] = GATES): Decision {
  const evidence = checks.filter((_, index) => gates[index]?.kind === 'evidence')
  const control = checks.filter((_, index) => gates[index]?.kind === 'control')
  const settled = settle(evidence, facts)
  const blocking = lastToEnd(control.filter((one) => stops(one, facts)))
  const effect = settled.verdict === 'roll_back' && blocking === null ? allowedEffect(facts) : 'none'
  const reason = settled.verdict === 'roll_back' && blocking !== null ? blocking.reason : settled.reason
  return {
    verdict: settled.verdict,
    effect,
    reason,
    checks,
    target: chosenTarget(checks, facts),
    decideAgainAt: decideAgainAt({ checks, evidence, facts }),
  }
}

/** Of several holds the one that stands longest is the reason: when it ends, there is something to decide again. */
function lastToEnd(holds: readonly Check[]): Check | null {
  const end = (one: Check) => (one.answer === 'hold' ? (one.endsAt ?? Number.POSITIVE_INFINITY) : 0)
  return holds.reduce<Check | null>((last, one) => (last === null || end(one) > end(last) ? one : last), null)
}

function check(gate: Gate, facts: Facts): Check {
  const answer = facts.trigger.kind === 'person' && !gate.byHand ? notApplicable('not_asked_by_hand') : gate.ask(facts)
  return { gate: gate.name, ...answer }
}

/** Gates that ask for what stage 2 found outside. */
const ASKED_OUTSIDE: ReadonlySet<string> = new Set(['confirmed', 'not_older', 'new_pods'])

/**
 * An open question stops as a hold does, unless the policy lets it pass. What has not been asked yet never
 * passes: without a current revision there is nothing to act on, and a dry run that was not sent, or was about a
 * Deployment that is not like that any more, is sent next time.
 */
export function stops(one: Check, { policy, workload, outside }: Facts): boolean {
  if (one.answer !== 'inconclusive') return one.answer === 'hold'
  const isUnasked =
    workload === null ||
    workload.current === null ||
    (outside === null && ASKED_OUTSIDE.has(one.gate)) ||
    (one.gate === 'accepted' && (workload.dryRun === null || workload.dryRun.kind === 'outdated'))
  return isUnasked || policy.onInconclusive === 'hold'
}

/**
 * The verdict that the evidence gives: a hold before an open question, in the order of the list. Only a deploy while the alert fires is not
 * waited for when it brought back what was rolled away from: that is no fix.
 */
function settle(evidence: readonly Check[], facts: Facts): { verdict: Verdict; reason: ReasonCode } {
  const first = evidence.find((one) => one.answer === 'hold')
  const isWaitedFor = first?.reason === 'new_deploy_while_firing'
  const held = (isWaitedFor && evidence.find((one) => one.reason === 'current_condemned')) || first
  if (held) {
    if (held.reason === 'not_asked') return { verdict: 'ignore', reason: held.reason }
    return { verdict: ESCALATING.has(held.reason) ? 'escalate' : 'hold', reason: held.reason }
  }
  const open = evidence.find((one) => stops(one, facts))
  if (open) return { verdict: 'hold', reason: open.reason }
  return { verdict: 'roll_back', reason: facts.trigger.kind === 'person' ? 'asked' : 'deploy_explains_it' }
}

function allowedEffect({ control, trigger }: Facts): Effect {
  if (trigger.kind === 'person') return control.dryRun ? 'simulate' : 'act'
  if (control.dryRun || control.mode === 'observe') return 'simulate'
  return control.mode === 'suggest' ? 'propose' : 'act'
}

/** Null unless the gate passed: a decision names no target that it would not go back to. */
function chosenTarget(checks: readonly Check[], facts: Facts): Decision['target'] {
  const { workload } = facts
  const isGood = checks.some((one) => one.gate === 'target' && one.answer === 'pass')
  if (!isGood || workload === null || workload.current === null) return null
  return pickTarget(workload.current, workload.candidates, targetAsked(facts)).target
}

/** Holds that a person ends. Their end asks again whatever has one of these reasons. */
const ENDED_BY_PEOPLE: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['paused', 'automation_disabled', 'mode_off'])

interface Settled {
  checks: readonly Check[]
  evidence: readonly Check[]
  facts: Facts
}

/** When the last of the timed holds ends, or soon if a question stayed open; null if a hold without an end is in the way. */
function decideAgainAt({ checks, evidence, facts }: Settled): Instant | null {
  const isOpen = checks.some((one) => one.answer === 'inconclusive' && stops(one, facts))
  const held = checks.filter((one) => one.answer === 'hold')
  const byEvidence = evidence.filter((one) => one.answer === 'hold')
  // What the evidence says when its hold ends may be that people are called: no cooldown and no pause puts that off.
  const waited = byEvidence.length > 0 && !isOpen ? byEvidence : held
  // An open question is the reason then, so that no resume would find it: it is asked again through a pause.
  const holds = waited.filter((one) => !(isOpen && ENDED_BY_PEOPLE.has(one.reason)))
  if (holds.some((one) => one.endsAt === null)) return null
  const ends = holds.flatMap((one) => one.endsAt ?? [])
  if (isOpen) ends.push(facts.at + ASK_AGAIN_MS)
  return ends.length === 0 ? null : Math.max(...ends)
}
