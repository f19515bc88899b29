import { expect, test } from 'vitest'
import { DEFAULT_POLICY, type PolicyFields } from './policy.ts'
import { policySources } from './policy-sources.ts'
import type { Scope } from './scope.ts'

const CLUSTER: Scope = { level: 'cluster' }
const NAMESPACE: Scope = { level: 'namespace', namespace: 'shop' }
const WORKLOAD: Scope = { level: 'workload', workload: { namespace: 'shop', kind: 'Deployment', name: 'checkout' } }

function levels(cluster: PolicyFields, namespace: PolicyFields, workload: PolicyFields) {
  return [
    { scope: CLUSTER, fields: cluster },
    { scope: NAMESPACE, fields: namespace },
    { scope: WORKLOAD, fields: workload },
  ]
}

test.each([
  ['nothing set: the default', levels({}, {}, {}), undefined, 'default'],
  ['only the cluster sets it', levels({ mode: 'auto' }, {}, {}), undefined, 'cluster'],
  ['a namespace is nearer than the cluster', levels({ mode: 'auto' }, { mode: 'suggest' }, {}), undefined, 'namespace'],
  ['the workload is nearest', levels({ mode: 'auto' }, { mode: 'suggest' }, { mode: 'auto' }), undefined, 'workload'],
  ['set to the value it had anyway', levels({}, {}, { mode: DEFAULT_POLICY.mode }), undefined, 'workload'],
  ['the annotation lowers it', levels({ mode: 'auto' }, {}, {}), 'observe', 'annotation'],
  ['the annotation says the same', levels({ mode: 'auto' }, {}, {}), 'auto', 'cluster'],
  ['an annotation that would raise it has no say', levels({ mode: 'observe' }, {}, {}), 'auto', 'cluster'],
  ['an annotation that is no mode has no say', levels({}, {}, {}), 'loud', 'default'],
] as const)('the mode comes from the nearest level that sets it: %s', (_case, given, annotation, source) => {
  expect(policySources(given, annotation).mode).toBe(source)
})

test('every field of the policy has a source, and each its own', () => {
  const sources = policySources(levels({ cooldownMs: 1 }, { cooldownMs: 2, bakeTimeMs: 3 }, { services: [] }), undefined)
  expect(sources).toEqual({
    ...Object.fromEntries(Object.keys(DEFAULT_POLICY).map((field) => [field, 'default'])),
    cooldownMs: 'namespace',
    bakeTimeMs: 'namespace',
    services: 'workload',
  })
})
