import type { Check, DecisionRecord, Facts } from './decision.ts'
import type { GateName } from './gates/gate-name.ts'
import type { JsonValue } from './json.ts'
import { ledBy, mappedTo } from './led-by.ts'
import type { Policy } from './policy.ts'
import { pickTarget, targetAsked } from './target-revision.ts'
import { workloadKey } from './workload.ts'

/** Why a gate cannot be answered from a record. */
export const OPEN_REASONS = ['other_workload', 'wider_window', 'not_asked_then', 'other_target'] as const
export type OpenReason = (typeof OPEN_REASONS)[number]

/** A gate that the recorded facts do not answer under another policy. */
export interface OpenQuestion {
  gate: GateName
  /**
   * `other_workload`: the mapping of services leads elsewhere. `wider_window`: only a narrower one was looked at. `not_asked_then`: a gate before it
   * held. `other_target`: the API server was asked about another revision.
   */
  why: OpenReason
  values: Record<string, JsonValue>
}

interface Replaying {
  record: Pick<DecisionRecord, 'checks'>
  /** As recorded, every field there. */
  recorded: Facts
  /** The same with the other policy. */
  facts: Facts
  /** What the gates make of those. */
  checks: readonly Check[]
}

/** Gates whose answer among `checks` is made of what was not gathered. */
export function openQuestions(replaying: Replaying): OpenQuestion[] {
  return [workloadQuestion(replaying), budgetQuestion(replaying), othersQuestion(replaying), ...stageTwoQuestions(replaying)].flatMap(
    (one) => one ?? [],
  )
}

/** Another mapping may lead to another workload, of which nothing was gathered. */
function workloadQuestion({ recorded, facts: { trigger, policy, resolution } }: Replaying): OpenQuestion | null {
  if (trigger.kind !== 'alert') return null
  const led = ledBy(trigger.labels)
  if (led.by !== 'service') return null
  const mapped = (services: Policy['services']) => [...new Set(mappedTo(services, led.name, led.namespace).map(workloadKey))].sort()
  const [before, after] = [mapped(recorded.policy.services), mapped(policy.services)]
  if (JSON.stringify(before) === JSON.stringify(after)) return null
  const found = resolution?.kind === 'found' ? workloadKey(resolution.workload) : null
  if (after.length === 1 && after[0] === found) return null
  return { gate: 'workload_found', why: 'other_workload', values: { service: led.name, workloads: after } }
}

/** What was found in the narrower window may be enough to hold; it is never enough to pass. */
function budgetQuestion({ recorded, facts, checks }: Replaying): OpenQuestion | null {
  const [gatheredMs, askedMs] = [recorded.policy.budget.windowMs, facts.policy.budget.windowMs]
  if (facts.trigger.kind !== 'alert' || facts.acted === undefined || askedMs <= gatheredMs || holds(checks, 'budget')) return null
  return { gate: 'budget', why: 'wider_window', values: { gatheredMs, askedMs } }
}

function othersQuestion({ recorded, facts, checks }: Replaying): OpenQuestion | null {
  const [gatheredMs, askedMs] = [recorded.policy.commonCause.withinMs, facts.policy.commonCause.withinMs]
  if (facts.trigger.kind !== 'alert' || facts.others === undefined || askedMs <= gatheredMs || holds(checks, 'not_everyone')) return null
  return { gate: 'not_everyone', why: 'wider_window', values: { gatheredMs, askedMs } }
}

/** Stage 2 asks other systems about one moment and one target, and only where stage 1 held nothing. */
function stageTwoQuestions({ record, recorded, facts, checks }: Replaying): OpenQuestion[] {
  const heldBy = record.checks.filter(({ answer }) => answer === 'hold' || answer === 'inconclusive').map(({ gate }) => gate)
  const unasked = (gate: GateName): OpenQuestion[] =>
    wasReached(record.checks, gate) || !wasReached(checks, gate) ? [] : [{ gate, why: 'not_asked_then', values: { heldBy } }]
  const { workload, outside } = facts
  const questions = outside === null ? OUTSIDE.flatMap(unasked) : []
  if (workload === null) return questions
  if (workload.dryRun === null) return [...questions, ...unasked('accepted')]
  const [asked, target] = [targetOf(recorded), targetOf(facts)]
  if (!wasReached(checks, 'accepted') || asked?.uid === target?.uid) return questions
  const values = { asked: asked?.number ?? null, target: target?.number ?? null }
  return [...questions, { gate: 'accepted', why: 'other_target', values }]
}

const OUTSIDE: readonly GateName[] = ['confirmed', 'not_older', 'new_pods']

function wasReached(checks: readonly Check[], gate: GateName): boolean {
  const check = checks.find((one) => one.gate === gate)
  return check !== undefined && check.reason !== 'not_reached' && check.reason !== 'not_asked_by_hand'
}

function holds(checks: readonly Check[], gate: GateName): boolean {
  return checks.some((one) => one.gate === gate && one.answer === 'hold')
}

function targetOf(facts: Facts) {
  const { workload } = facts
  return workload?.current == null ? null : pickTarget(workload.current, workload.candidates, targetAsked(facts)).target
}
