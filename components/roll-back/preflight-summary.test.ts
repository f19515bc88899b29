import { expect, test } from 'vitest'
import type { Check } from '../../lib/core/decision.ts'
import { summaryOf } from './preflight-summary.ts'

function aCheck(gate: Check['gate'], answer: Check['answer'], reason: Check['reason']): Check {
  return { gate, answer, reason, values: {}, endsAt: null }
}

const TARGET = aCheck('target', 'pass', 'target_good')
const ACCEPTED = aCheck('accepted', 'pass', 'accepted')
const COOLDOWN = aCheck('cooldown', 'not_applicable', 'not_asked_by_hand')
const BUDGET = aCheck('budget', 'not_applicable', 'not_built')

test('gates that are not asked by hand are counted, not listed', () => {
  const { asked, notAsked, held } = summaryOf({ effect: 'act', reason: 'asked', checks: [TARGET, COOLDOWN, BUDGET, ACCEPTED] })
  expect([asked, notAsked, held]).toEqual([[TARGET, ACCEPTED], 2, null])
})

test('what always passes by hand is left out, and nothing says that automation may act', () => {
  const checks = [
    aCheck('asked', 'pass', 'asked'),
    aCheck('workload_found', 'pass', 'workload_found'),
    TARGET,
    aCheck('control', 'not_applicable', 'not_asked_by_hand'),
  ]
  expect(summaryOf({ effect: 'act', reason: 'asked', checks })).toEqual({ held: null, asked: [TARGET], notAsked: 1 })
})

test('what holds it is the check that settled it; what was not reached is listed if it is asked by hand', () => {
  const open = aCheck('nothing_open', 'hold', 'rollback_open')
  const paused = aCheck('allowed', 'hold', 'deployment_paused')
  const unreached = aCheck('accepted', 'not_applicable', 'not_reached')
  const foreign = aCheck('confirmed', 'not_applicable', 'not_reached')
  const { held, asked } = summaryOf({ effect: 'none', reason: 'deployment_paused', checks: [open, TARGET, paused, foreign, unreached] })
  expect(held).toBe(paused)
  expect(asked).toEqual([open, TARGET, paused, unreached])
})

test('an open question is in the way as a hold is', () => {
  const silent = aCheck('accepted', 'inconclusive', 'source_silent')
  expect(summaryOf({ effect: 'none', reason: 'source_silent', checks: [TARGET, silent] }).held).toBe(silent)
})
