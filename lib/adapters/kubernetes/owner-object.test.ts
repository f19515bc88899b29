import { expect, test } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { applicationSays, goDurationMs, helmReleaseSays, kustomizationSays, takenOver } from './owner-object.ts'

const CHECKOUT = { namespace: 'shop', kind: 'Deployment', name: 'checkout' } as const
const UNMARKED = { labels: {}, annotations: {} }

test.each<[string, JsonObject, JsonObject]>([
  ['without a sync policy', {}, { undo: 'until_next_sync' }],
  ['with options only', { syncPolicy: { syncOptions: [] } }, { undo: 'until_next_sync' }],
  ['with automated: null', { syncPolicy: { automated: null } }, { undo: 'until_next_sync' }],
  ['that syncs by itself', { syncPolicy: { automated: {} } }, { undo: 'until_next_commit' }],
  ['that says so', { syncPolicy: { automated: { enabled: true, prune: true } } }, { undo: 'until_next_commit' }],
  ['that heals itself', { syncPolicy: { automated: { selfHeal: true } } }, { undo: 'reverted', revertsWithinMs: 5_000 }],
  ['with its automation off', { syncPolicy: { automated: { enabled: false, selfHeal: true } } }, { undo: 'until_next_sync' }],
])('an Application %s', (_, spec, expected) => {
  expect(applicationSays({ spec }, CHECKOUT)).toEqual(expected)
})

test('an Application that is not reconciled at all lets an undo be', () => {
  const metadata = { annotations: { 'argocd.argoproj.io/skip-reconcile': 'true' } }
  const spec = { syncPolicy: { automated: { selfHeal: true } } }
  expect(applicationSays({ metadata, spec }, CHECKOUT)).toEqual({ undo: 'until_resumed' })
})

test('an Application tells its commit, and whether this Deployment is as it wants it: not another, and not the whole', () => {
  const status = {
    sync: { status: 'OutOfSync', revision: 'c0ffee' },
    reconciledAt: '2026-11-24T10:00:00Z',
    resources: [
      { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'cart', status: 'OutOfSync' },
      { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout', status: 'Synced' },
    ],
  }
  const at = Date.parse('2026-11-24T10:00:00Z')
  expect(applicationSays({ status }, CHECKOUT)).toEqual({ undo: 'until_next_sync', revision: 'c0ffee', inSync: true, comparedAt: at })
  expect(applicationSays({ status }, { ...CHECKOUT, name: 'cart' })).toMatchObject({ inSync: false })
  expect(applicationSays({ status }, { ...CHECKOUT, name: 'other' })).not.toHaveProperty('inSync')
})

test.each<[string, JsonObject, JsonObject]>([
  ['every ten minutes', { spec: { interval: '10m0s' } }, { undo: 'reverted', revertsWithinMs: 600_000 }],
  ['without a readable interval', { spec: { interval: 'soon' } }, { undo: 'reverted' }],
  ['that is suspended', { spec: { interval: '1m', suspend: true } }, { undo: 'until_resumed' }],
  [
    'that applied a commit',
    { spec: { interval: '1m' }, status: { lastAppliedRevision: 'main@sha1:c0ffee' } },
    { undo: 'reverted', revertsWithinMs: 60_000, revision: 'main@sha1:c0ffee' },
  ],
])('a Kustomization %s', (_, raw, expected) => {
  expect(kustomizationSays(raw)).toEqual(expected)
})

const MENDS = { spec: { interval: '1h', driftDetection: { mode: 'enabled' } } }
test.each<[string, JsonObject, typeof UNMARKED | object, JsonObject]>([
  ['as it comes', { spec: { interval: '1h' } }, UNMARKED, { undo: 'until_next_upgrade' }],
  ['that only warns of drift', { spec: { driftDetection: { mode: 'warn' } } }, UNMARKED, { undo: 'until_next_upgrade' }],
  ['that mends drift', MENDS, UNMARKED, { undo: 'reverted', revertsWithinMs: 3_600_000 }],
  [
    'that mends drift, of a Deployment that opts out',
    MENDS,
    { ...UNMARKED, annotations: { 'helm.toolkit.fluxcd.io/driftDetection': 'disabled' } },
    { undo: 'until_next_upgrade' },
  ],
  ['that is suspended', { spec: { ...MENDS.spec, suspend: true } }, UNMARKED, { undo: 'until_resumed' }],
  [
    'that has a history',
    { status: { history: [{ version: 7 }, { version: 6 }] } },
    UNMARKED,
    { undo: 'until_next_upgrade', revision: '7' },
  ],
  ['of v2beta1', { status: { lastReleaseRevision: 3 } }, UNMARKED, { undo: 'until_next_upgrade', revision: '3' }],
])('a HelmRelease %s', (_, raw, marks, expected) => {
  expect(helmReleaseSays(raw, { ...UNMARKED, ...marks })).toEqual(expected)
})

test('a Rollout takes over the Deployment that it names, not a ReplicaSet', () => {
  const rollout = { spec: { workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout' } } }
  expect(takenOver(rollout, 'workloadRef')).toBe('checkout')
  expect(takenOver(rollout, 'targetRef')).toBeNull()
  expect(takenOver({ spec: { workloadRef: { kind: 'ReplicaSet', name: 'checkout' } } }, 'workloadRef')).toBeNull()
  expect(takenOver({ spec: { template: {} } }, 'workloadRef')).toBeNull()
})

test.each([
  ['10m0s', 600_000],
  ['1h30m', 5_400_000],
  ['1m30.5s', 90_500],
  ['500ms', 500],
  ['', null],
  ['10', null],
  ['10m x', null],
])('the duration %s', (text, expected) => {
  expect(goDurationMs(text)).toBe(expected)
})
