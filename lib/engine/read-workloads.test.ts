import { expect, test } from 'vitest'
import type { Owner } from '../core/owner.ts'
import type { StoredPolicy } from '../core/policy.ts'
import type { WorkloadView } from '../core/workload-view.ts'
import { aDeployment, aRevision, CHECKOUT, T0 } from '../testing/builders.ts'
import { readWorkload } from './read-workload.ts'
import { readWorkloads } from './read-workloads.ts'

const VIEW: WorkloadView = {
  ...{ ref: CHECKOUT, firstSeenAt: T0, current: null, openIncidentId: null, openRollback: null, lastRollback: null, lastUndo: null },
}
const HELM: Owner = { kind: 'helm', name: 'edgelink/shop', undo: 'until_next_upgrade', known: 'marks' }
const [TO, FROM] = [aRevision({ number: 41 }), aRevision({ number: 42 })]
/** It runs what an undo put back, and Helm owned it then. */
const UNDONE: WorkloadView = {
  ...VIEW,
  current: { workloadId: 'w', deploymentUid: 'd', revision: TO, deployedAt: T0, source: 'watched', completedAt: null },
  lastUndo: { rollbackId: 'r', incidentId: null, undoneAt: T0, from: FROM, to: TO, owner: HELM },
}

interface State {
  annotation?: string
  isThere?: boolean
  isSynced?: boolean
  view?: WorkloadView
  owner?: Owner | 'silent' | null
}

function world({ annotation, isThere = true, isSynced = true, view = VIEW, owner = null }: State) {
  const policies: StoredPolicy[] = [
    { scope: { level: 'cluster' }, fields: { mode: 'suggest' }, version: 1 },
    { scope: { level: 'workload', workload: CHECKOUT }, fields: { mode: 'auto' }, version: 1 },
  ]
  return {
    read: {
      workloads: async () => ({ items: [view], nextCursor: null }),
      namespaces: async () => ['apps', 'edgelink'],
      policies: async () => policies,
    },
    cluster: {
      isSynced: () => isSynced,
      owner: async () => owner,
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

test.each<[string, State, string | undefined]>([
  ['shows that it differs from its source', { view: UNDONE, owner: HELM }, 'drifted'],
  ['shows it by the record alone before the cluster was read', { view: UNDONE, isSynced: false }, 'drifted'],
  ['shows it by the record while owners do not answer', { view: UNDONE, owner: 'silent' }, 'drifted'],
  ['that nobody owns any more does not', { view: UNDONE, owner: null }, undefined],
  ['that nobody rolled back does not', { owner: HELM }, undefined],
])('a workload in the list %s', async (_, state, expected) => {
  const { items } = await readWorkloads(world(state), { namespace: null }, { cursor: null, limit: 50 })
  expect(items[0]?.drift?.state).toBe(expected)
  expect(items[0]).not.toHaveProperty('lastUndo')
})

test('a workload is shown with who owns it', async () => {
  const { cluster } = world({ owner: HELM })
  const read = { workload: async () => ({ ...UNDONE, deploys: [] }) }
  expect(await readWorkload({ read, cluster }, { workload: CHECKOUT })).toMatchObject({
    owner: HELM,
    drift: { state: 'drifted', from: FROM },
  })
  await expect(readWorkload({ read: { workload: async () => null }, cluster }, { workload: CHECKOUT })).rejects.toMatchObject({
    code: 'not_found',
  })
})
