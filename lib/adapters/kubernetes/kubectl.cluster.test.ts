import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { AppsV1Api } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { rolloutStatus } from '../../core/rollout-status.ts'
import { withoutPodTemplateHash } from '../../core/template-fingerprint.ts'
import type { Cluster } from '../../ports.ts'
import { at, ClusterHarness, present, revisionOf } from '../../testing/cluster-harness.ts'
import { loadConfiguration } from './configuration.ts'

const kubeconfig = process.env['KUBECONFIG'] ?? ''

describe('beside kubectl and the client library', () => {
  let harness: ClusterHarness
  let cluster: Cluster
  beforeAll(async () => {
    harness = await ClusterHarness.create(kubeconfig)
    cluster = await harness.connect()
  })
  afterAll(() => harness?.remove())

  const library = present(loadConfiguration(kubeconfig)).makeApiClient(AppsV1Api)
  const kubectl = async (...args: string[]) => (await promisify(execFile)('kubectl', ['-n', harness.namespace, ...args])).stdout

  it('agrees with kubectl rollout history and status after an undo', async () => {
    await harness.deployAll(cluster, 'shop', ['shop:1', 'shop:2', 'shop:3'])
    await cluster.undo(harness.undoRequest(cluster, 'shop', 'shop:1'))
    expect(await kubectl('rollout', 'status', 'deployment/shop', '--timeout=30s')).toContain('successfully rolled out')
    const state = await harness.untilRolledOut(cluster, 'shop')
    expect(rolloutStatus(state.rollout)).toEqual({ state: 'complete' })

    const history = await kubectl('rollout', 'history', 'deployment/shop')
    const numbers = [...history.matchAll(/^(\d+) /gm)].map((match) => Number(match[1])).sort((a, b) => b - a)
    const revisions = cluster.revisions(harness.ref('shop'))
    expect(revisions.map(({ number }) => number)).toEqual(numbers)
    for (const { number, images } of revisions) {
      expect(await kubectl('rollout', 'history', 'deployment/shop', `--revision=${number}`)).toContain(images[0])
    }
  })

  it('agrees with kubectl that a rollout goes on, and that it failed', async () => {
    await harness.createDeployment('slow', { image: 'unready:1' })
    await harness.change('slow', { spec: { progressDeadlineSeconds: 2, minReadySeconds: 0 } })
    const first = present(await cluster.read(harness.ref('slow')))
    expect(rolloutStatus(first.rollout).state).toBe('progressing')
    await expect(kubectl('rollout', 'status', 'deployment/slow', '--timeout=20s')).rejects.toThrow('exceeded its progress deadline')
    const last = present(await cluster.read(harness.ref('slow')))
    expect(rolloutStatus(last.rollout)).toMatchObject({ state: 'failed' })
  })

  it('undoes to what kubectl rollout undo --to-revision would, and leaves the annotations that it would wipe', async () => {
    for (const name of ['by-kubectl', 'by-us']) {
      await harness.deployAll(cluster, name, ['a:1', 'a:2'])
      await harness.change(name, { metadata: { annotations: { 'example.test/owner': 'blue' } } })
    }
    await kubectl('rollout', 'undo', 'deployment/by-kubectl', '--to-revision=1')
    await cluster.undo(harness.undoRequest(cluster, 'by-us', 'a:1'))
    const [theirs, ours] = [await harness.get('deployments', 'by-kubectl'), await harness.get('deployments', 'by-us')]
    expect(at(ours, 'spec', 'template', 'spec')).toEqual(at(theirs, 'spec', 'template', 'spec'))
    expect(at(theirs, 'metadata', 'annotations', 'example.test/owner')).toBeUndefined()
    expect(at(ours, 'metadata', 'annotations', 'example.test/owner')).toBe('blue')
  })

  it('keeps a field of the pod template that the client library does not know and would drop', async () => {
    // Servers from 1.20 to 1.23 keep metadata.clusterName in a template; later ones, like the library, know it no more.
    const { minor } = await harness.must({ verb: 'get', resource: 'version', path: '/version' })
    const kept = Number.parseInt(String(minor), 10) < 24 ? 'edge' : undefined
    await harness.deployAll(cluster, 'future', ['a:1'], { template: { metadata: { clusterName: 'edge' } } })
    await harness.change('future', {
      spec: { template: { metadata: { clusterName: null }, spec: { containers: [{ name: 'main', image: 'a:2' }] } } },
    })
    await harness.untilRolledOut(cluster, 'future')

    const { name } = revisionOf(cluster, harness.ref('future'), 'a:1')
    const raw = await harness.get('replicasets', name)
    const typed = await library.readNamespacedReplicaSet({ namespace: harness.namespace, name })
    expect(at(raw, 'spec', 'template', 'metadata', 'clusterName')).toBe(kept)
    expect(typed.spec?.template?.metadata).not.toHaveProperty('clusterName')

    await cluster.undo(harness.undoRequest(cluster, 'future', 'a:1'))
    const template = at(await harness.get('deployments', 'future'), 'spec', 'template')
    expect(at(template, 'metadata', 'clusterName')).toBe(kept)
    expect(template).toEqual(withoutPodTemplateHash(at(raw, 'spec', 'template') as JsonObject))
  })
})
