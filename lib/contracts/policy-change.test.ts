import { expect, test } from 'vitest'
import { DEFAULT_POLICY, type PolicyFields } from '../core/policy.ts'
import { policyChange } from './policy-change.ts'

const HOUR = 3_600_000

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
])('%s is refused and the field named', (_case, fields, path) => {
  const refused = policyChange.safeParse(fields)
  expect(refused.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

test('an unknown field is refused by its name: a misspelt limit must not pass in silence', () => {
  const refused = policyChange.safeParse({ cooldown: 5 })
  expect(refused.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['cooldown'] })
})
