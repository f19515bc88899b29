import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, type PolicyFields, type StoredPolicy } from '../core/policy.ts'
import type { Scope } from '../core/scope.ts'
import type { DeploymentState, WorkloadRef } from '../core/workload.ts'
import { type PolicyEdit, policyToReplay } from './replay-policy.ts'

const CHECKOUT: WorkloadRef = { namespace: 'shop', kind: 'Deployment', name: 'checkout' }
const NAMESPACE: Scope = { level: 'namespace', namespace: 'shop' }
const STORED: StoredPolicy[] = [
  { scope: { level: 'cluster' }, fields: { mode: 'auto', cooldownMs: 60_000, goodAfterMs: 1_000 }, version: 1 },
  { scope: NAMESPACE, fields: { cooldownMs: 120_000 }, version: 1 },
  { scope: { level: 'namespace', namespace: 'other' }, fields: { mode: 'off' }, version: 1 },
]

function policy(edit: PolicyEdit | null, { annotation, workload = CHECKOUT }: { annotation?: string; workload?: WorkloadRef | null } = {}) {
  const state = { annotations: annotation === undefined ? {} : { 'snapback.dev/mode': annotation } } as unknown as DeploymentState
  return policyToReplay({ stored: STORED, cluster: { deployment: () => state }, workload, edit })
}

const over = (fields: PolicyFields): PolicyEdit => ({ fields, scope: null })

test('the policy of now is that of the nearest level, lowered by the annotation', () => {
  expect(policy(null)).toEqual({ ...DEFAULT_POLICY, mode: 'auto', cooldownMs: 120_000, goodAfterMs: 1_000 })
  expect(policy(null, { annotation: 'observe' })).toMatchObject({ mode: 'observe' })
})

test('an alert that led to no workload was decided by the cluster’s', () => {
  expect(policy(null, { workload: null })).toMatchObject({ mode: 'auto', cooldownMs: 60_000 })
})

describe('an edit without a scope', () => {
  test('lies over all that is set and leaves the rest', () => {
    expect(policy(over({ cooldownMs: 5 }))).toMatchObject({ cooldownMs: 5, goodAfterMs: 1_000, mode: 'auto' })
    expect(policy(over({ cooldownMs: 5 }), { workload: null })).toMatchObject({ cooldownMs: 5, mode: 'auto' })
  })

  test('reaches the budget too, which only the cluster sets', () => {
    const budget = { count: 1, windowMs: 60_000 }
    expect(policy(over({ budget }))).toMatchObject({ budget })
  })

  test('does not raise the mode over the annotation', () => {
    expect(policy(over({ mode: 'auto' }), { annotation: 'suggest' })).toMatchObject({ mode: 'suggest' })
  })
})

describe('an edit of a scope', () => {
  test('is all that the scope sets: what it leaves out comes from further out', () => {
    expect(policy({ scope: NAMESPACE, fields: { goodAfterMs: 7 } })).toMatchObject({ cooldownMs: 60_000, goodAfterMs: 7 })
  })

  test('is overruled by nearer scopes, as it would be when it is saved', () => {
    expect(policy({ scope: { level: 'cluster' }, fields: { cooldownMs: 5 } })).toMatchObject({
      cooldownMs: 120_000,
      mode: DEFAULT_POLICY.mode,
    })
  })

  test('that does not reach the workload changes nothing', () => {
    expect(policy({ scope: { level: 'namespace', namespace: 'other' }, fields: { cooldownMs: 5 } })).toEqual(policy(null))
  })
})
