import { expect, test } from 'vitest'
import { DEFAULT_POLICY, type StoredPolicy } from '../core/policy.ts'
import type { DeploymentState, WorkloadRef } from '../core/workload.ts'
import { readPolicy } from './read-policy.ts'

const CHECKOUT: WorkloadRef = { namespace: 'shop', kind: 'Deployment', name: 'checkout' }

function world(policies: StoredPolicy[], annotations: Record<string, string> | null) {
  const state = annotations === null ? null : ({ annotations } as unknown as DeploymentState)
  return { read: { policies: async () => policies }, cluster: { deployment: () => state } }
}

test('the nearest level wins, and only what is set for the workload itself is shown as its own', async () => {
  const deps = world(
    [
      { scope: { level: 'workload', workload: CHECKOUT }, fields: { bakeTimeMs: 30_000 }, version: 4 },
      { scope: { level: 'cluster' }, fields: { mode: 'auto', bakeTimeMs: 60_000 }, version: 2 },
      { scope: { level: 'namespace', namespace: 'other' }, fields: { mode: 'off' }, version: 1 },
    ],
    {},
  )
  expect(await readPolicy(deps, { workload: CHECKOUT })).toMatchObject({
    fields: { bakeTimeMs: 30_000 },
    version: 4,
    resolved: { ...DEFAULT_POLICY, mode: 'auto', bakeTimeMs: 30_000 },
    sources: { mode: 'cluster', bakeTimeMs: 'workload', cooldownMs: 'default' },
    annotation: null,
  })
})

test('the workload’s annotation lowers the mode and is named as its source', async () => {
  const deps = world([{ scope: { level: 'cluster' }, fields: { mode: 'auto' }, version: 1 }], { 'snapback.dev/mode': 'observe' })
  expect(await readPolicy(deps, { workload: CHECKOUT })).toMatchObject({
    resolved: { mode: 'observe' },
    sources: { mode: 'annotation' },
    annotation: 'observe',
  })
})

test('a workload that nobody has seen has a policy too: it is set before the first deploy', async () => {
  expect(await readPolicy(world([], null), { workload: CHECKOUT })).toMatchObject({
    scope: { level: 'workload', workload: CHECKOUT },
    fields: {},
    version: 0,
    resolved: DEFAULT_POLICY,
  })
})
