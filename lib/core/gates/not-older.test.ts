import { describe, expect, test } from 'vitest'
import { aFacts, aReading, MINUTE, someOutside, T0 } from '../../testing/builders.ts'
import type { BeforeDeploy } from '../outside-facts.ts'
import type { Policy } from '../policy.ts'
import { notOlder } from './not-older.ts'

const SINCE = T0 - 60 * MINUTE

function ask(before: BeforeDeploy, policy: Partial<Policy> = {}) {
  return notOlder.ask(aFacts({ policy, outside: someOutside({ before }) }))
}

const read = (value: number | null, lastActiveAt: number | null = null): BeforeDeploy => ({
  state: 'read',
  since: SINCE,
  lastActiveAt,
  measurement: aReading({ value, threshold: 0.05 }),
})

describe('before the deploy', () => {
  test.each<[string, BeforeDeploy, string, string]>([
    ['nothing was wrong', read(0), 'pass', 'not_older'],
    ['the left side was just under half the threshold', read(0.0249), 'pass', 'not_older'],
    ['the left side was at half the threshold', read(0.025), 'hold', 'condition_before_deploy'],
    ['the left side was beyond the threshold', read(0.2), 'hold', 'condition_before_deploy'],
    ['the alert was pending or fired', read(0, T0 - 40 * MINUTE), 'hold', 'condition_before_deploy'],
    ['there is no data', read(null), 'inconclusive', 'condition_before_unknown'],
    ['the alert fired, and there is no data', read(null, T0 - MINUTE), 'hold', 'condition_before_deploy'],
    [
      'Prometheus has no such rule',
      { state: 'read', since: SINCE, lastActiveAt: null, measurement: null },
      'inconclusive',
      'condition_before_unknown',
    ],
    ['Prometheus is silent', { state: 'silent' }, 'inconclusive', 'source_silent'],
    ['there is no Prometheus', { state: 'not_configured' }, 'not_applicable', 'source_not_configured'],
  ])('%s', (_, before, answer, reason) => {
    expect(ask(before)).toMatchObject({ answer, reason })
  })
})

test('a policy that goes on when blind does not wait for Prometheus', () => {
  expect(ask({ state: 'silent' }, { whenBlind: 'go_on' })).toMatchObject({ answer: 'not_applicable', reason: 'source_silent' })
})

test('shows what it saw', () => {
  expect(ask(read(0.2, T0 - MINUTE)).values).toEqual({
    since: SINCE,
    lastActiveAt: T0 - MINUTE,
    value: 0.2,
    threshold: 0.05,
    hasRule: true,
  })
})

test('what was not asked yet is open, and what was decided before the gate was built says so', () => {
  const { outside: _, ...old } = aFacts()
  expect(notOlder.ask(aFacts({ outside: null }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
  expect(notOlder.ask(old)).toMatchObject({ answer: 'not_applicable', reason: 'not_built' })
})
