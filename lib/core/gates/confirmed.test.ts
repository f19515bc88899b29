import { describe, expect, test } from 'vitest'
import { aFacts, anAlertTrigger, aReading, SECOND, someOutside } from '../../testing/builders.ts'
import type { OutsideFacts } from '../outside-facts.ts'
import type { Policy } from '../policy.ts'
import { confirmed } from './confirmed.ts'

const RECEIVED = anAlertTrigger().receivedAt
const NONE = 'not_configured'

function ask(
  prometheus: OutsideFacts['prometheus'],
  state: 'firing' | 'absent' | 'silent' | 'not_configured',
  policy: Partial<Policy> = {},
) {
  return confirmed.ask(aFacts({ policy, outside: someOutside({ prometheus, alertmanager: { state } }) }))
}

describe('the alert', () => {
  test.each([
    ['fires in both', 'firing', 'firing', 'pass', 'confirmed'],
    ['fires in Prometheus, and Alertmanager is not configured', 'firing', NONE, 'pass', 'confirmed'],
    ['fires in Alertmanager, and Prometheus is not configured', NONE, 'firing', 'pass', 'confirmed'],
    ['is pending', 'pending', 'firing', 'hold', 'not_confirmed'],
    ['is not in Prometheus', 'absent', 'firing', 'hold', 'not_confirmed'],
    ['is not in Alertmanager', 'firing', 'absent', 'hold', 'not_confirmed'],
    ['is not in Prometheus, and Alertmanager is silent', 'absent', 'silent', 'hold', 'not_confirmed'],
    ['cannot be looked up: Prometheus is silent', 'silent', 'firing', 'inconclusive', 'source_silent'],
    ['cannot be looked up: Alertmanager is silent', 'firing', 'silent', 'inconclusive', 'source_silent'],
    ['has nobody to ask', NONE, NONE, 'not_applicable', 'source_not_configured'],
  ] as const)('%s', (_, prometheus, alertmanager, answer, reason) => {
    expect(ask(prometheus, alertmanager)).toMatchObject({ answer, reason })
  })
})

describe('a policy that goes on when blind', () => {
  const policy = { whenBlind: 'go_on' } as const
  test.each([
    ['one is silent and the other says that it fires', 'silent', 'firing', 'pass'],
    ['all who could tell are silent', 'silent', NONE, 'not_applicable'],
    ['one is silent and the other says that it does not fire', 'silent', 'absent', 'hold'],
    ['it fires nowhere', 'absent', NONE, 'hold'],
  ] as const)('where %s', (_, prometheus, alertmanager, answer) => {
    expect(ask(prometheus, alertmanager, policy).answer).toBe(answer)
  })
})

test.each([
  [1, 15],
  [15, 30],
  [59, 60],
  [60, 120],
  [120, null],
])('%i s after the delivery it is looked up again at %s s', (now, next) => {
  const facts = aFacts({ at: RECEIVED + now * SECOND, outside: someOutside({ prometheus: 'absent' }) })
  expect(confirmed.ask(facts).endsAt).toBe(next && RECEIVED + next * SECOND)
})

describe('a look that finds it not so', () => {
  const HOUR = 3_600 * SECOND
  const NOW = RECEIVED + HOUR
  const endsAfter = (outside: Partial<OutsideFacts>) => {
    const { endsAt } = confirmed.ask(aFacts({ at: NOW, outside: someOutside(outside) }))
    return endsAt === null ? null : (endsAt - NOW) / SECOND
  }
  const since = (seconds: number) => ({ lastHeld: { reason: 'not_confirmed' as const, since: NOW - seconds * SECOND } })

  test.each<[string, Partial<OutsideFacts>, number | null]>([
    ['for the first time, however long ago it was delivered', { prometheus: 'absent', lastHeld: null }, 15],
    ['for the first time, when something else held it before', { prometheus: 'absent', lastHeld: { reason: 'paused', since: NOW } }, 15],
    ['after a minute', { prometheus: 'absent', ...since(60) }, 60],
    ['after two minutes, and no more', { prometheus: 'absent', ...since(120) }, null],
    ['pending after two minutes', { prometheus: 'pending', ...since(120) }, 60],
    ['pending after ten minutes, and no more', { prometheus: 'pending', ...since(600) }, null],
    ['pending, and not in Alertmanager', { prometheus: 'pending', alertmanager: { state: 'absent' }, lastHeld: null }, 15],
  ])('%s, is followed by another', (_, outside, next) => {
    expect(endsAfter(outside)).toBe(next)
  })

  test.each([
    [0, 60],
    [599, 1],
    [600, 600],
    [8 * 3_600 + 1, 599],
  ])('silenced for %i s, is followed by another after %i s', (seconds, next) => {
    const lastHeld = { reason: 'silenced' as const, since: NOW - seconds * SECOND }
    for (const silencedUntil of [NOW + 24 * HOUR, null, NOW - SECOND]) {
      expect(endsAfter({ alertmanager: { state: 'silenced', silencedUntil }, lastHeld })).toBe(next)
    }
  })
})

test('a silence holds it until it ends, where that is soon', () => {
  const until = RECEIVED + 30 * SECOND
  const outside = someOutside({ alertmanager: { state: 'silenced', silencedUntil: until }, lastHeld: null })
  expect(confirmed.ask(aFacts({ at: RECEIVED, outside }))).toMatchObject({ answer: 'hold', reason: 'silenced', endsAt: until })
})

describe('with 20 requests as the least', () => {
  const asking = (now: OutsideFacts['now'], policy: Partial<Policy> = {}) =>
    confirmed.ask(aFacts({ policy, outside: someOutside(now === undefined ? {} : { now }) }))
  const thin = aReading({ value: 0.5, requests: 2 })
  const ample = aReading({ value: 0.5, requests: 20 })

  test.each<[string, OutsideFacts['now'], string, string]>([
    ['one error in two requests is no rate', thin, 'inconclusive', 'too_few_requests'],
    ['ten in twenty are one', ample, 'pass', 'confirmed'],
    ['a count needs no requests', aReading({ value: 3, requests: null }), 'pass', 'confirmed'],
    [
      'of two conditions that must both hold one rests on too few',
      { kind: 'all', parts: [ample, thin] },
      'inconclusive',
      'too_few_requests',
    ],
    ['of two conditions one holds on enough', { kind: 'any', parts: [thin, ample] }, 'pass', 'confirmed'],
    ['what cannot be read says nothing against it', { kind: 'unreadable', expression: 'x', why: 'y' }, 'pass', 'confirmed'],
    ['nor what has no rule', null, 'pass', 'confirmed'],
    ['but nobody knows while that is not told', 'silent', 'inconclusive', 'source_silent'],
    ['two requests are two, however seldom they were scraped', { ...thin, samples: 2 } as typeof thin, 'inconclusive', 'too_few_requests'],
    ['nor a record of before it was asked', undefined, 'pass', 'confirmed'],
  ])('%s', (_, now, answer, reason) => {
    expect(asking(now)).toMatchObject({ answer, reason })
  })

  test('goes on without being told how many, where the policy goes on when blind', () => {
    expect(asking('silent', { whenBlind: 'go_on' }).answer).toBe('pass')
  })

  test('says how many there were, and another least may be set', () => {
    expect(asking(aReading({ value: 0.5, requests: 2.7 })).values).toMatchObject({ requests: 2, minRequests: 20 })
    expect(asking(thin, { minRequests: 2 }).answer).toBe('pass')
  })
})

test('what was not asked yet is open, and what was decided before the gate was built says so', () => {
  const { outside: _, ...old } = aFacts()
  expect(confirmed.ask(aFacts({ outside: null }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
  expect(confirmed.ask(old)).toMatchObject({ answer: 'not_applicable', reason: 'not_built' })
})
