import { expect, test } from 'vitest'
import type { StoredPolicy } from '../core/policy.ts'
import { aDeployment, CHECKOUT, T0 } from '../testing/builders.ts'
import { readWorkloads } from './read-workloads.ts'

const VIEW = { ref: CHECKOUT, firstSeenAt: T0, current: null, openIncidentId: null, openRollback: null, lastRollback: null }

function world({ annotation, isThere = true, isSynced = true }: { annotation?: string; isThere?: boolean; isSynced?: boolean }) {
  const policies: StoredPolicy[] = [
    { scope: { level: 'cluster' }, fields: { mode: 'suggest' }, version: 1 },
    { scope: { level: 'workload', workload: CHECKOUT }, fields: { mode: 'auto' }, version: 1 },
  ]
  return {
    read: {
      workloads: async () => ({ items: [VIEW], nextCursor: null }),
      namespaces: async () => ['apps', 'edgelink'],
      policies: async () => policies,
    },
    cluster: {
      isSynced: () => isSynced,
      deployment: () => (isThere ? aDeployment({ annotations: annotation ? { 'snapback.dev/mode': annotation } : {} }) : null),
    },
  }
}

test.each([
  ['the mode of the nearest level', {}, { mode: 'auto', exists: true }],
  ['the mode that the annotation lowers it to', { annotation: 'observe' }, { mode: 'observe', exists: true }],
  ['one that was deleted', { isThere: false }, { mode: 'auto', exists: false }],
  ['that nobody knows before the cluster was read', { isThere: false, isSynced: false }, { exists: null }],
])('a workload in the list shows %s', async (_, state, expected) => {
  const found = await readWorkloads(world(state), { namespace: null }, { cursor: null, limit: 50 })
  expect(found).toMatchObject({ items: [{ ref: CHECKOUT, ...expected }], namespaces: ['apps', 'edgelink'], nextCursor: null })
})
