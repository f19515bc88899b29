import { expect, test } from 'vitest'
import { z } from 'zod'
import { DEFAULT_POLICY, type PolicyFields } from '../core/policy.ts'
import { policyChange } from './policy-change.ts'

const HOUR = 3_600_000
const NIGHT = { kind: 'weekly', days: ['fri'], from: '18:00', to: '08:00', timeZone: 'UTC', reason: 'nobody looks' }

test('the defaults are within the bounds, every field', () => {
  expect(policyChange.parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY)
})

test('a field that is null is set no longer, like one left out', () => {
  expect(policyChange.parse({ mode: 'auto', cooldownMs: null })).toEqual({ mode: 'auto' })
  expect(Object.keys(policyChange.parse({ bakeTimeMs: null }))).toEqual([])
})

test.each<[string, PolicyFields]>([
  ['no cooldown at all', { cooldownMs: 0 }],
  ['a cooldown of a day', { cooldownMs: 24 * HOUR }],
  ['the shortest bake time', { bakeTimeMs: 5_000 }],
  ['no minimum of requests', { minRequests: 0 }],
  ['an inconclusive answer that passes', { onInconclusive: 'pass' }],
  ['one rollback a day for all', { budget: { count: 1, windowMs: 24 * HOUR } }],
  ['a target that need not have served', { goodAfterMs: 0 }],
  ['an owner that is only warned of', { onOwned: 'warn' }],
  ['going on without Prometheus', { whenBlind: 'go_on' }],
])('%s is accepted', (_case, fields) => {
  expect(policyChange.parse(fields)).toEqual(fields)
})

test.each<[string, unknown, string]>([
  ['a mode that does not exist', { mode: 'yolo' }, 'mode'],
  ['an attribution window under a minute', { attributionWindowMs: 59_999 }, 'attributionWindowMs'],
  ['an attribution window over a day', { attributionWindowMs: 24 * HOUR + 1 }, 'attributionWindowMs'],
  ['a negative cooldown', { cooldownMs: -1 }, 'cooldownMs'],
  ['a bake time under five seconds', { bakeTimeMs: 4_999 }, 'bakeTimeMs'],
  ['a bake time over an hour', { bakeTimeMs: HOUR + 1 }, 'bakeTimeMs'],
  ['a time as text', { bakeTimeMs: '2m' }, 'bakeTimeMs'],
  ['half a millisecond', { cooldownMs: 0.5 }, 'cooldownMs'],
  ['more requests than anyone counts', { minRequests: 1_000_001 }, 'minRequests'],
  ['an answer that is none', { onInconclusive: 'maybe' }, 'onInconclusive'],
  ['a proposal that waits for seconds', { proposalExpiryMs: 30_000 }, 'proposalExpiryMs'],
  ['a mapping without a workload', { services: [{ service: 'checkout' }] }, 'services.0.workload'],
  ['a mapping to no name', { services: [{ service: 'shop', workload: { namespace: 'shop', name: 'A B' } }] }, 'services.0.workload.name'],
  ['a budget of nothing: that is what mode and pause are for', { budget: { count: 0, windowMs: HOUR } }, 'budget.count'],
  ['a budget without its window', { budget: { count: 5 } }, 'budget.windowMs'],
  ['a common cause of no others', { commonCause: { workloads: 0, withinMs: 60_000 } }, 'commonCause.workloads'],
  ['a common cause within a moment', { commonCause: { workloads: 3, withinMs: 9_999 } }, 'commonCause.withinMs'],
  ['a target that must have served for longer than a week', { goodAfterMs: 7 * 24 * HOUR + 1 }, 'goodAfterMs'],
  ['an owner that is ignored', { onOwned: 'ignore' }, 'onOwned'],
  ['a blindness that acts', { whenBlind: 'act' }, 'whenBlind'],
  ['a freeze on no day', { freeze: [{ ...NIGHT, days: [] }] }, 'freeze.0.days'],
  ['a freeze from an hour that no clock has', { freeze: [{ ...NIGHT, from: '24:00' }] }, 'freeze.0.from'],
  ['a freeze in no time zone', { freeze: [{ ...NIGHT, timeZone: 'Mars/Base' }] }, 'freeze.0.timeZone'],
  ['a freeze without a reason', { freeze: [{ ...NIGHT, reason: ' ' }] }, 'freeze.0.reason'],
  [
    'a freeze that ends before it begins',
    { freeze: [{ kind: 'once', startsAt: '2026-12-24T00:00:00Z', endsAt: '2026-12-23T00:00:00Z', reason: 'x' }] },
    'freeze.0.endsAt',
  ],
])('%s is refused and the field named', (_case, fields, path) => {
  const refused = policyChange.safeParse(fields)
  expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

test('an unknown field is refused by its name: a misspelt limit must not pass in silence', () => {
  const refused = policyChange.safeParse({ cooldown: 5 })
  expect(refused.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['cooldown'] })
})

test('a freeze comes as instants on the wire, or as times of day', () => {
  const holidays = { kind: 'once', startsAt: '2026-12-24T00:00:00Z', endsAt: '2026-12-27T00:00:00Z', reason: 'holidays' }
  expect(policyChange.parse({ freeze: [holidays, NIGHT] }).freeze).toEqual([
    { ...holidays, startsAt: Date.UTC(2026, 11, 24), endsAt: Date.UTC(2026, 11, 27) },
    NIGHT,
  ])
})

test('what the page sends is what the route reads: the instants of a freeze as text', () => {
  const fields: PolicyFields = {
    cooldownMs: 0,
    freeze: [{ kind: 'once', startsAt: Date.UTC(2026, 11, 24), endsAt: Date.UTC(2026, 11, 27), reason: 'holidays' }],
    services: [{ service: 'shop', namespace: null, workload: { namespace: 'shop', name: 'checkout' } }],
  }
  const sent = z.encode(policyChange, fields)
  expect(JSON.parse(JSON.stringify(sent)).freeze[0].startsAt).toBe('2026-12-24T00:00:00.000Z')
  expect(policyChange.parse(sent)).toEqual(fields)
})

test('the page refuses itself what the route would', () => {
  const refused = z.safeEncode(policyChange, { cooldownMs: -1, freeze: [{ ...NIGHT, kind: 'weekly', days: [], timeZone: 'UTC' }] })
  expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['cooldownMs', 'freeze.0.days'])
})
