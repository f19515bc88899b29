import { describe, expect, test } from 'vitest'
import { aRevision, MINUTE, SECOND, T0 } from '../testing/builders.ts'
import type { Deploy } from './deploy.ts'
import { driftOf, type LastUndo } from './drift.ts'
import type { Owner } from './owner.ts'

const BAD = aRevision({ number: 42 })
const GOOD = aRevision({ number: 41 })
const FIX = aRevision({ number: 44 })
const ARGO: Owner = { kind: 'argo_cd', name: 'argocd/shop', undo: 'until_next_commit', known: 'object', revision: 'c0ffee' }
const FLUX: Owner = { kind: 'flux_kustomization', name: 'flux-system/apps', undo: 'reverted', known: 'object', revision: 'main@sha1:1' }
const HELM: Owner = { kind: 'helm', name: 'edgelink/shop', undo: 'until_next_upgrade', known: 'marks' }

const undo = (owner: Owner | null): LastUndo => ({
  ...{ rollbackId: 'rollback-1', incidentId: 'incident-1', undoneAt: T0, from: BAD, to: GOOD, owner },
})
const runs = (revision: typeof BAD, deployedAt = T0): Deploy => ({
  ...{ workloadId: 'workload-1', deploymentUid: 'deployment-1', revision, deployedAt, source: 'watched', completedAt: null },
})

test.each([ARGO, FLUX, HELM])('after an undo of what $kind owns they differ', (owner) => {
  expect(driftOf({ undo: undo(owner), current: runs(GOOD), owner })).toEqual({
    ...{ state: 'drifted', rollbackId: 'rollback-1', incidentId: 'incident-1', undoneAt: T0, from: BAD, to: GOOD, owner, revertedAt: null },
  })
})

test('they differ as well while nobody can say who owns it now', () => {
  expect(driftOf({ undo: undo(HELM), current: runs(GOOD) })).toMatchObject({ state: 'drifted', owner: HELM })
})

test('they differ until the informers have told of the undo', () => {
  expect(driftOf({ undo: undo(HELM), current: runs(BAD, T0 - MINUTE), owner: HELM })).toMatchObject({ state: 'drifted' })
})

test('an undo whose template was rewritten on its way in is no deploy of somebody else', () => {
  expect(driftOf({ undo: undo(HELM), current: runs(FIX, T0 + SECOND), owner: HELM })).toMatchObject({ state: 'drifted' })
})

describe('there is no drift', () => {
  test.each<[string, Parameters<typeof driftOf>[0]]>([
    ['without an undo', { undo: null, current: runs(GOOD), owner: HELM }],
    ['where nobody owned the workload', { undo: undo(null), current: runs(GOOD), owner: HELM }],
    ['once nobody owns it any more', { undo: undo(HELM), current: runs(GOOD), owner: null }],
    ['once something else was deployed', { undo: undo(HELM), current: runs(FIX, T0 + MINUTE), owner: HELM }],
    [
      'once Argo CD has compared and is content',
      { undo: undo(ARGO), current: runs(GOOD), owner: { ...ARGO, inSync: true, comparedAt: T0 + 1 } },
    ],
    [
      'once Flux has applied another commit and left it',
      { undo: undo(FLUX), current: runs(GOOD), owner: { ...FLUX, revision: 'main@sha1:2' } },
    ],
  ])('%s', (_, seen) => {
    expect(driftOf(seen)).toBeNull()
  })
})

describe('the owner’s word is not taken', () => {
  test.each<[string, Owner, Owner]>([
    ['of before the undo', ARGO, { ...ARGO, inSync: true, comparedAt: T0 }],
    [
      'when Argo CD compares with another commit and is not content',
      ARGO,
      { ...ARGO, revision: 'dead', inSync: false, comparedAt: T0 + 1 },
    ],
    ['when Argo CD only knows of another commit', ARGO, { ...ARGO, revision: 'dead' }],
    ['when Flux is told to leave the workload alone', { ...FLUX, undo: 'sticks' }, { ...FLUX, undo: 'sticks', revision: 'main@sha1:2' }],
    ['when it is of another owner', HELM, { ...FLUX, revision: 'main@sha1:2' }],
  ])('%s', (_, then, now) => {
    expect(driftOf({ undo: undo(then), current: runs(GOOD), owner: now })).toMatchObject({ state: 'drifted' })
  })
})

test('what was rolled away from runs again: they agree on the bad version, and it is told since when', () => {
  expect(driftOf({ undo: undo(ARGO), current: runs({ ...BAD, number: 44 }, T0 + 5 * SECOND), owner: ARGO })).toMatchObject({
    ...{ state: 'reverted', revertedAt: T0 + 5 * SECOND, from: BAD, to: GOOD },
  })
})
