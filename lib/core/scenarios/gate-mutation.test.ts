import { describe, expect, test } from 'vitest'
import { type Gate, hold, notApplicable, pass } from '../gates/gate.ts'
import { GATES } from '../gates/gate-list.ts'
import { decideMoment } from '../story/play.ts'
import { SCENARIOS } from './scenario-list.ts'

const GATE_CASES = GATES.map((gate) => [gate.name, gate] as const)

/** The titles of the stories that are not decided as they must be, with this list of gates. */
function failing(gates: readonly Gate[]): string[] {
  return SCENARIOS.filter(({ story, moments }) =>
    moments.some((moment) => JSON.stringify(decideMoment(story, moment, gates)) !== JSON.stringify(moment)),
  ).map(({ title }) => title)
}

/** Stories in which something is done at a time when nothing may be. */
function actingFalsely(gates: readonly Gate[]): string[] {
  return SCENARIOS.filter(({ story, moments }) =>
    moments.some((moment) => moment.effect === 'none' && decideMoment(story, moment, gates).effect !== 'none'),
  ).map(({ title }) => title)
}

function withInstead(gate: Gate, ask: Gate['ask']): Gate[] {
  return GATES.map((one) => (one === gate ? { ...gate, ask } : one))
}

test('with the list as it is no story fails', () => {
  expect(failing(GATES)).toEqual([])
})

describe.each(GATE_CASES)('%s', (_, gate) => {
  test('cannot be taken out', () => {
    expect(failing(GATES.filter((one) => one !== gate))).not.toEqual([])
  })

  test('cannot answer that it does not apply', () => {
    expect(failing(withInstead(gate, () => notApplicable('not_built')))).not.toEqual([])
  })

  test('cannot let everything pass', () => {
    const blind = withInstead(gate, (facts) => pass(gate.ask(facts).reason))
    expect(failing(blind)).not.toEqual([])
    if (!NEEDED_TO_ACT.includes(gate.name)) expect(actingFalsely(blind)).not.toEqual([])
  })

  test('cannot hold everything', () => {
    expect(failing(withInstead(gate, (facts) => hold(gate.ask(facts).reason)))).not.toEqual([])
  })

  test('cannot take an open question for a hold, or a hold for an open question', () => {
    const swapped = withInstead(gate, (facts) => {
      const answer = gate.ask(facts)
      if (answer.answer === 'hold') return { ...answer, answer: 'inconclusive', endsAt: null }
      return answer.answer === 'inconclusive' ? { ...answer, answer: 'hold' } : answer
    })
    expect(failing(swapped)).not.toEqual([])
  })

  test('cannot forget when its hold ends, if time ends it', () => {
    const ends = SCENARIOS.some(({ moments }) => moments.some((moment) => moment.gate === gate.name && moment.again !== null))
    const forgetful = failing(withInstead(gate, (facts) => ({ ...gate.ask(facts), endsAt: null })))
    const isTimed = TIMED.includes(gate.name)
    expect(forgetful.length > 0).toBe(isTimed)
    if (isTimed) expect(ends).toBe(true)
  })

  test('cannot be of the other kind', () => {
    const otherKind = GATES.map((one): Gate => (one === gate ? { ...gate, kind: gate.kind === 'evidence' ? 'control' : 'evidence' } : one))
    expect(failing(otherKind)).not.toEqual([])
  })
})

/** Without a workload or a target there is no patch to send, whatever these gates say. */
const NEEDED_TO_ACT: readonly string[] = ['workload_found', 'target']
/** Gates with a hold that time alone ends. */
const TIMED: readonly string[] = ['deploy_explains', 'cooldown', 'budget', 'allowed', 'confirmed', 'new_pods', 'control']
