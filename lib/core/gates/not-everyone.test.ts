import { describe, expect, test } from 'vitest'
import { aFacts, anAlertTrigger, aPerson, MINUTE, T0 } from '../../testing/builders.ts'
import type { OtherTrouble } from '../decision.ts'
import { notEveryone } from './not-everyone.ts'

const ONSET = T0 + MINUTE
const trigger = anAlertTrigger({ onset: { at: ONSET, source: 'active_at' } })
const policy = { commonCause: { workloads: 3, withinMs: 2 * MINUTE } }
const other = (workload: string, minutes = 0): OtherTrouble => ({ workload, onsetAt: ONSET + minutes * MINUTE })

describe('other workloads whose trouble began', () => {
  test.each<[string, OtherTrouble[], string]>([
    ['nowhere', [], 'pass'],
    ['at the same time, fewer than the limit', [other('a'), other('b')], 'pass'],
    ['at the same time, as many as the limit', [other('a'), other('b'), other('c')], 'hold'],
    ['two minutes before or after', [other('a', -2), other('b', 2), other('c')], 'hold'],
    ['earlier than that', [other('a', -2.1), other('b'), other('c')], 'pass'],
    ['later than that', [other('a', 2.1), other('b'), other('c')], 'pass'],
    ['once, with several alerts', [other('a'), other('a', 1), other('b')], 'pass'],
  ])('%s', (_, others, answer) => {
    expect(notEveryone.ask(aFacts({ trigger, policy, others })).answer).toBe(answer)
  })
})

test('names them', () => {
  const others = [other('c'), other('a'), other('b')]
  expect(notEveryone.ask(aFacts({ trigger, policy, others }))).toMatchObject({
    reason: 'common_cause',
    values: { others: ['a', 'b', 'c'], count: 3, limit: 3 },
  })
})

test('is not asked of a person, and was not before it was built', () => {
  const { others: _, ...old } = aFacts()
  expect(notEveryone.ask(aFacts({ trigger: aPerson() })).reason).toBe('not_asked_by_hand')
  expect(notEveryone.ask(old)).toMatchObject({ answer: 'not_applicable', reason: 'not_built' })
})
