import { expect, test } from 'vitest'
import { CHECKOUT } from '../testing/builders.ts'
import { covers, type Scope, scopeKey, scopesOf } from './scope.ts'

const CLUSTER: Scope = { level: 'cluster' }
const EDGELINK: Scope = { level: 'namespace', namespace: 'edgelink' }
const WORKLOAD: Scope = { level: 'workload', workload: CHECKOUT }

test('a workload is reached by cluster, namespace and itself, widest first', () => {
  expect(scopesOf(CHECKOUT)).toEqual([CLUSTER, EDGELINK, WORKLOAD])
})

test('each scope has a key of its own', () => {
  expect([CLUSTER, EDGELINK, WORKLOAD].map(scopeKey)).toEqual(['cluster', 'namespace/edgelink', 'workload/edgelink/Deployment/checkout'])
})

test.each<[string, Scope, boolean]>([
  ['the cluster', CLUSTER, true],
  ['its namespace', EDGELINK, true],
  ['itself', WORKLOAD, true],
  ['another namespace', { level: 'namespace', namespace: 'shop' }, false],
  ['a namespace that begins with the same letters', { level: 'namespace', namespace: 'edge' }, false],
  ['another workload', { level: 'workload', workload: { ...CHECKOUT, name: 'payment' } }, false],
  ['the same name elsewhere', { level: 'workload', workload: { ...CHECKOUT, namespace: 'shop' } }, false],
])('the scope of %s: covered is %j', (_, scope, expected) => {
  expect(covers(scope, CHECKOUT)).toBe(expected)
})
