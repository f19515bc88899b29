import { describe, expect, it } from 'vitest'
import type { PolicyFields, StoredPolicy } from '../core/policy.ts'
import type { Scope } from '../core/scope.ts'
import { policyDifferences } from './policy-difference.ts'

const CLUSTER: Scope = { level: 'cluster' }
const SHOP: Scope = { level: 'namespace', namespace: 'shop' }
const CHECKOUT: Scope = { level: 'workload', workload: { namespace: 'shop', kind: 'Deployment', name: 'checkout' } }
const MINUTE = 60_000

const stored = (scope: Scope, fields: PolicyFields): StoredPolicy => ({ scope, fields, version: 1 })

describe('what a change of a policy means', () => {
  it('is told against what holds, wherever that comes from', () => {
    const [difference] = policyDifferences([stored(CLUSTER, { cooldownMs: 5 * MINUTE })], SHOP, { cooldownMs: 30 * MINUTE })
    expect(difference).toMatchObject({ field: 'cooldownMs', kind: 'value', source: 'namespace' })
    expect([difference?.before.cooldownMs, difference?.after.cooldownMs]).toEqual([5 * MINUTE, 30 * MINUTE])
  })

  it('names who says otherwise further in, and nobody else', () => {
    const policies = [stored(CHECKOUT, { cooldownMs: MINUTE }), stored({ level: 'namespace', namespace: 'edge' }, { mode: 'auto' })]
    expect(policyDifferences(policies, SHOP, { cooldownMs: 0 })[0]?.exceptions).toEqual([CHECKOUT])
    expect(policyDifferences(policies, CHECKOUT, { cooldownMs: 0 })[0]?.exceptions).toEqual([])
  })

  it('is nothing when the same is sent again, in whichever order its keys stand', () => {
    const policies = [stored(CLUSTER, { budget: { windowMs: MINUTE, count: 2 } })]
    expect(policyDifferences(policies, CLUSTER, { budget: { count: 2, windowMs: MINUTE } })).toEqual([])
  })

  it('tells that a value is said here from now on, or no longer, though it stays', () => {
    expect(policyDifferences([], SHOP, { mode: 'observe' })).toMatchObject([{ field: 'mode', kind: 'pinned', source: 'namespace' }])
    expect(policyDifferences([stored(SHOP, { mode: 'observe' })], SHOP, {})).toMatchObject([
      { field: 'mode', kind: 'followed', source: 'default' },
    ])
  })
})
