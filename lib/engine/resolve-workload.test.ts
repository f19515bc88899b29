import { describe, expect, it } from 'vitest'
import type { Labels } from '../core/alert.ts'
import type { ServiceMapping } from '../core/policy.ts'
import { FakeCluster } from '../testing/fake-cluster.ts'
import { resolveWorkload } from './resolve-workload.ts'

function aCluster(): FakeCluster {
  const cluster = new FakeCluster({ now: () => 0 })
  cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
  cluster.deploy('edgelink/user-service', { image: 'users:1' })
  cluster.deploy('edgelink/worker-a', { image: 'worker:1' })
  cluster.deploy('edgelink/worker-b', { image: 'worker:1' })
  cluster.deploy('staging/user-service', { image: 'users:1' })
  cluster.service('edgelink', 'checkout-api', ['edgelink/checkout'])
  cluster.service('edgelink', 'workers', ['edgelink/worker-a', 'edgelink/worker-b'])
  cluster.service('edgelink', 'users', ['edgelink/user-service'])
  cluster.service('staging', 'users', ['staging/user-service'])
  return cluster
}

function resolve(labels: Labels, services: ServiceMapping[] = []) {
  return resolveWorkload({ cluster: aCluster(), labels, services })
}

const found = (namespace: string, name: string, via: string) => ({ kind: 'found', workload: { namespace, kind: 'Deployment', name }, via })

describe('which workload an alert speaks of', () => {
  it('is the Deployment that namespace and deployment name', async () => {
    expect(await resolve({ namespace: 'edgelink', deployment: 'checkout' })).toEqual(found('edgelink', 'checkout', 'deployment'))
  })

  it('is none when the named Deployment does not exist, however well another label would fit', async () => {
    expect(await resolve({ namespace: 'edgelink', deployment: 'gone', service: 'checkout-api' })).toMatchObject({ kind: 'none' })
  })

  it('is the owner of the pod', async () => {
    const cluster = aCluster()
    const revision = cluster.currentOf('edgelink/checkout')
    const labels = { namespace: 'edgelink', pod: `${revision.name}-x2x4z` }
    expect(await resolveWorkload({ cluster, labels, services: [] })).toEqual(found('edgelink', 'checkout', 'pod'))
  })

  it('is the exported pod, not kube-state-metrics itself', async () => {
    const cluster = aCluster()
    const failing = cluster.currentOf('edgelink/user-service')
    cluster.deploy('monitoring/kube-state-metrics', { image: 'ksm:2' })
    const own = cluster.currentOf('monitoring/kube-state-metrics')
    const labels = {
      namespace: 'monitoring',
      pod: `${own.name}-abcde`,
      deployment: 'kube-state-metrics',
      exported_namespace: 'edgelink',
      exported_pod: `${failing.name}-q9w8e`,
    }
    expect(await resolveWorkload({ cluster, labels, services: [] })).toEqual(found('edgelink', 'user-service', 'pod'))
  })

  it('is what the selector of a Service selects, in its namespace or the only one that has such a Service', async () => {
    expect(await resolve({ service: 'checkout-api' })).toEqual(found('edgelink', 'checkout', 'service selector'))
    expect(await resolve({ service: 'users', namespace: 'staging' })).toEqual(found('staging', 'user-service', 'service selector'))
  })

  it('cannot be told when a Service selects two, or two namespaces have one', async () => {
    expect(await resolve({ service: 'workers' })).toMatchObject({
      kind: 'ambiguous',
      candidates: [{ name: 'worker-a' }, { name: 'worker-b' }],
    })
    expect(await resolve({ service: 'users' })).toMatchObject({ kind: 'ambiguous' })
  })

  it('is what the policy says a service means, before any name is guessed', async () => {
    const services = [{ service: 'users', namespace: null, workload: { namespace: 'edgelink', name: 'checkout' } }]
    expect(await resolve({ service: 'users' }, services)).toEqual(found('edgelink', 'checkout', 'policy'))
  })

  it('is the Deployment of that name where there is no Service', async () => {
    expect(await resolve({ service: 'checkout' })).toEqual(found('edgelink', 'checkout', 'service name'))
    expect(await resolve({ service: 'user-service' })).toMatchObject({ kind: 'ambiguous' })
    expect(await resolve({ service: '设备服务' })).toMatchObject({ kind: 'none', tried: ['Service 设备服务', 'Deployment 设备服务'] })
  })

  it('is none when no label leads anywhere', async () => {
    expect(await resolve({ severity: 'critical' })).toMatchObject({ kind: 'none' })
  })
})
