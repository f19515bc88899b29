import { expect, test } from 'vitest'
import { aFacts, aPerson, T0 } from '../../testing/builders.ts'
import { decide } from '../decide.ts'
import { control } from './control.ts'

const paused = { until: T0 + 60_000, scope: 'namespace/edgelink' }

test.each([
  ['passes in mode auto', {}, 'pass', 'control_allows'],
  ['passes in mode suggest: a proposal is an effect', { mode: 'suggest' }, 'pass', 'control_allows'],
  ['passes in mode observe: a simulation is an effect', { mode: 'observe' }, 'pass', 'control_allows'],
  ['passes in dry run: a simulation is an effect', { dryRun: true }, 'pass', 'control_allows'],
  ['holds in mode off', { mode: 'off' }, 'hold', 'mode_off'],
  ['holds while paused', { paused }, 'hold', 'paused'],
  ['holds while automation is disabled', { enabled: false }, 'hold', 'automation_disabled'],
  ['says disabled before paused, paused before off', { enabled: false, paused, mode: 'off' }, 'hold', 'automation_disabled'],
  ['says paused before off', { paused, mode: 'off' }, 'hold', 'paused'],
] as const)('%s', (_, state, answer, reason) => {
  expect(control.ask(aFacts({ control: state }))).toMatchObject({ answer, reason })
})

test('a pause with an end says when it ends, and where it was made', () => {
  expect(control.ask(aFacts({ control: { paused } }))).toMatchObject({ endsAt: paused.until, values: { scope: 'namespace/edgelink' } })
})

test('a pause without an end holds until someone resumes', () => {
  expect(control.ask(aFacts({ control: { paused: { until: null, scope: 'cluster' } } })).endsAt).toBeNull()
})

test('by hand it is not asked: a person goes on while automation is disabled, paused or off', () => {
  const facts = aFacts({ trigger: aPerson(), control: { enabled: false, paused, mode: 'off' } })
  const { checks, effect } = decide(facts)
  expect(checks.find(({ gate }) => gate === 'control')).toMatchObject({ answer: 'not_applicable', reason: 'not_asked_by_hand' })
  expect(effect).toBe('act')
})
