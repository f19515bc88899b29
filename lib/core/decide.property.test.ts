import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { always } from '../testing/always.ts'
import { arbitraryFacts } from '../testing/arbitrary-facts.ts'
import { decide, stageOneHolds } from './decide.ts'
import type { Decision, Facts } from './decision.ts'
import { GATES } from './gates/gate-list.ts'
import { GATE_NAMES } from './gates/gate-name.ts'
import { ESCALATING, REASON_CODES } from './reason.ts'

function everyDecision(holds: (facts: Facts, decision: Decision) => void): void {
  always(arbitraryFacts, (facts) => holds(facts, decide(facts)))
}

test('a decision is made of any facts, with a check for every gate in the order of the list', () => {
  everyDecision((_, { checks, reason }) => {
    expect(checks.map(({ gate }) => gate)).toEqual(GATE_NAMES)
    expect(REASON_CODES).toContain(reason)
    for (const check of checks) expect(REASON_CODES).toContain(check.reason)
  })
})

test('the same facts give the same decision, and are not changed by it', () => {
  everyDecision((facts, first) => {
    const before = structuredClone(facts)
    expect(decide(facts)).toEqual(first)
    expect(facts).toEqual(before)
  })
})

test('facts that went through JSON give the same decision: a stored one can be replayed', () => {
  everyDecision((facts, decision) => {
    const stored = JSON.parse(JSON.stringify(facts)) as Facts
    expect(JSON.parse(JSON.stringify(decide(stored)))).toEqual(JSON.parse(JSON.stringify(decision)))
  })
})

test('nothing is done while a gate holds or a question is open that the policy does not let pass', () => {
  everyDecision(({ policy }, { effect, checks, verdict }) => {
    if (effect === 'none') return
    expect(verdict).toBe('roll_back')
    expect(checks.filter(({ answer }) => answer === 'hold')).toEqual([])
    if (policy.onInconclusive === 'hold') expect(checks.filter(({ answer }) => answer === 'inconclusive')).toEqual([])
  })
})

test('what is done has a target that is there and is not the current revision', () => {
  everyDecision(({ workload, trigger }, { effect, target }) => {
    if (effect === 'none') return
    expect(workload?.candidates.map(({ uid }) => uid)).toContain(target?.uid)
    expect(target?.uid).not.toBe(workload?.current?.uid)
    if (trigger.kind === 'alert') {
      expect(target?.condemned).toBe(false)
      expect(target?.materialFingerprint).not.toBe(workload?.current?.materialFingerprint)
    }
  })
})

test('nothing but a simulation is ever done in dry run', () => {
  everyDecision(({ control }, { effect }) => {
    if (control.dryRun) expect(['none', 'simulate']).toContain(effect)
  })
})

test('an alert does nothing while automation is disabled, paused or off, and acts only in mode auto', () => {
  everyDecision(({ control, trigger }, { effect }) => {
    if (trigger.kind !== 'alert') return
    if (!control.enabled || control.paused || control.mode === 'off') expect(effect).toBe('none')
    if (effect === 'act') expect(control.mode).toBe('auto')
  })
})

test('people are called exactly for reasons that no waiting mends', () => {
  everyDecision((_, { verdict, reason }) => {
    if (verdict === 'escalate') expect(ESCALATING).toContain(reason)
    if (verdict === 'hold') expect(ESCALATING).not.toContain(reason)
  })
})

test('the reason is that of a check, or says that all of them let it go on', () => {
  everyDecision((_, { verdict, effect, reason, checks }) => {
    if (verdict === 'roll_back' && effect !== 'none') expect(['asked', 'deploy_explains_it']).toContain(reason)
    else
      expect(checks.filter(({ answer }) => answer === 'hold' || answer === 'inconclusive').map((check) => check.reason)).toContain(reason)
  })
})

test('stage 2 is reached exactly when stage 1 holds nothing', () => {
  const stageTwo = new Set(GATES.filter(({ stage }) => stage === 2).map(({ name }) => name))
  everyDecision((facts, { checks }) => {
    const unreached = checks.filter(({ gate, reason }) => stageTwo.has(gate) && reason === 'not_reached')
    if (stageOneHolds(facts)) expect(unreached).toHaveLength(stageTwo.size)
    else if (facts.workload !== null) expect(unreached).toEqual([])
  })
})

test('a decision that time can change is asked again, later than now', () => {
  everyDecision((facts, { effect, checks, decideAgainAt }) => {
    if (decideAgainAt !== null) {
      expect(effect).toBe('none')
      expect(decideAgainAt).toBeGreaterThan(facts.at)
    }
    const isOpen = checks.some(({ answer }) => answer === 'inconclusive')
    const isTimed = checks.every(({ answer, endsAt }) => answer !== 'hold' || endsAt !== null)
    if (effect === 'none' && isTimed && !isOpen) expect(decideAgainAt).not.toBeNull()
  })
})

test('the arbitrary facts are not all of one kind: they reach every effect and every answer of every gate', () => {
  const seen = new Set<string>()
  for (const facts of fc.sample(arbitraryFacts, { numRuns: 4_000, seed: 1 })) {
    const { effect, checks } = decide(facts)
    seen.add(`${facts.trigger.kind} ${effect}`)
    for (const { gate, answer } of checks) seen.add(`${gate} ${answer}`)
  }
  const effects = ['act', 'propose', 'simulate', 'none'].map((effect) => `alert ${effect}`)
  const answers = GATE_NAMES.flatMap((gate) => [`${gate} pass`, `${gate} hold`])
  expect([...effects, 'person act', 'person simulate', ...answers].filter((one) => !seen.has(one))).toEqual([])
})
