import { beforeAll, describe, expect, it } from 'vitest'
import { rolloutStatus } from '../core/rollout-status.ts'
import type { Cluster } from '../ports.ts'
import { at, type ClusterHarness, present, revisionOf, until } from './cluster-harness.ts'

/** Revisions, pods, Services and what leads from one to the other. */
export function readCases(given: () => ClusterHarness): void {
  describe('what is read', () => {
    let harness: ClusterHarness
    let cluster: Cluster
    beforeAll(async () => {
      harness = given()
      cluster = await harness.connect()
      await harness.deployAll(cluster, 'shop', ['shop:1', 'shop:2'], { replicas: 2, annotations: { team: 'blue' } })
    })

    it('shows a Deployment as its informers keep it', () => {
      const state = present(cluster.deployment(harness.ref('shop')))
      expect(state).toMatchObject({ ref: harness.ref('shop'), paused: false, generation: 2, observedGeneration: 2 })
      expect(state.annotations).toMatchObject({ team: 'blue' })
      expect(rolloutStatus(state.rollout)).toEqual({ state: 'complete' })
      expect(cluster.deployments().map(({ ref }) => ref)).toContainEqual(harness.ref('shop'))
      expect(cluster.deployment(harness.ref('nobody'))).toBeNull()
    })

    it('reads the same afresh, and null for one that is gone', async () => {
      expect(await cluster.read(harness.ref('shop'))).toEqual(cluster.deployment(harness.ref('shop')))
      expect(await cluster.read(harness.ref('nobody'))).toBeNull()
    })

    it('lists revisions by number, highest first, with uid, hash and images', async () => {
      const revisions = cluster.revisions(harness.ref('shop'))
      expect(revisions.map(({ number, images }) => [number, images])).toEqual([
        [2, ['shop:2']],
        [1, ['shop:1']],
      ])
      for (const { uid, hash, name } of revisions) {
        const raw = await harness.get('replicasets', name)
        expect([uid, hash]).toEqual([at(raw, 'metadata', 'uid'), at(raw, 'metadata', 'labels', 'pod-template-hash')])
      }
      expect(revisions[0]?.templateFingerprint).toBe(cluster.deployment(harness.ref('shop'))?.templateFingerprint)
    })

    it('says which revisions cannot be taken back: by their template, or by the Deployment’s annotation when they were deployed', async () => {
      const mark = (value: string | null) => ({ annotations: { 'snapback.dev/irreversible': value } })
      const deploy = (image: string, onTemplate: string | null, onDeployment: string | null) =>
        harness.change('marked', {
          metadata: mark(onDeployment),
          spec: { template: { metadata: mark(onTemplate), spec: { containers: [{ name: 'main', image }] } } },
        })
      await harness.deployAll(cluster, 'marked', ['a:1'])
      await deploy('a:2', 'true', null)
      await harness.untilRolledOut(cluster, 'marked')
      await deploy('a:3', null, 'true')
      await harness.untilRolledOut(cluster, 'marked')
      await deploy('a:4', null, null)
      await harness.untilRolledOut(cluster, 'marked')
      expect(cluster.revisions(harness.ref('marked')).map(({ images, irreversible }) => [images[0], irreversible ?? false])).toEqual([
        ['a:4', false],
        ['a:3', true],
        ['a:2', true],
        ['a:1', false],
      ])
    })

    it('gives the raw template of a revision, and null once its ReplicaSet is gone', async () => {
      const { uid, name } = revisionOf(cluster, harness.ref('shop'), 'shop:1')
      expect(await cluster.template(harness.ref('shop'), uid)).toEqual(at(await harness.get('replicasets', name), 'spec', 'template'))
      expect(await cluster.template(harness.ref('shop'), '00000000-0000-0000-0000-000000000000')).toBeNull()
    })

    it('lists the pods of one revision, with readiness and restarts', async () => {
      const current = revisionOf(cluster, harness.ref('shop'), 'shop:2')
      const pods = await cluster.pods(harness.ref('shop'), current.uid)
      expect(pods.map(({ ready, restarts, reason }) => ({ ready, restarts, reason }))).toEqual([
        { ready: true, restarts: 0, reason: null },
        { ready: true, restarts: 0, reason: null },
      ])
      expect(pods.every(({ name, node }) => name.startsWith(`${current.name}-`) && node !== null)).toBe(true)
      expect(await cluster.pods(harness.ref('shop'), revisionOf(cluster, harness.ref('shop'), 'shop:1').uid)).toEqual([])
    })

    it('goes from a pod to its Deployment by ownerReferences', async () => {
      const [pod] = await cluster.pods(harness.ref('shop'), revisionOf(cluster, harness.ref('shop'), 'shop:2').uid)
      expect(await cluster.deploymentOfPod(harness.namespace, present(pod).name)).toEqual(harness.ref('shop'))
    })

    it('knows a pod that is gone by the name of its ReplicaSet', async () => {
      const { name } = revisionOf(cluster, harness.ref('shop'), 'shop:1')
      expect(await cluster.deploymentOfPod(harness.namespace, `${name}-x7k2p`)).toEqual(harness.ref('shop'))
      expect(await cluster.deploymentOfPod(harness.namespace, 'shop-unheard-of')).toBeNull()
    })

    it('gives no Deployment for a pod that nobody controls', async () => {
      const spec = { containers: [{ name: 'main', image: 'lone:1' }] }
      await harness.create('pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lone' }, spec })
      expect(await cluster.deploymentOfPod(harness.namespace, 'lone')).toBeNull()
    })

    it('finds the Deployments that a Service selects, by the labels of their pods', async () => {
      const service = (name: string, selector: Record<string, string> | null) =>
        harness.create('services', { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { ports: [{ port: 80 }], selector } })
      await service('front', { app: 'shop' })
      await service('nothing', { app: 'nobody' })
      await service('by-hand', null)
      expect(await cluster.deploymentsOfService(harness.namespace, 'front')).toEqual([harness.ref('shop')])
      expect(await cluster.deploymentsOfService(harness.namespace, 'nothing')).toEqual([])
      expect(await cluster.deploymentsOfService(harness.namespace, 'by-hand')).toEqual([])
      expect(await cluster.deploymentsOfService(harness.namespace, 'unheard-of')).toBeNull()
    })

    it('finds the watched namespaces that have a Service of a name', async () => {
      const spec = { ports: [{ port: 80 }], selector: { app: 'shop' } }
      const name = `only-${harness.namespace}`
      await harness.create('services', { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec })
      const everywhere = await harness.connect({ namespaces: null })
      const elsewhere = await harness.connect({ namespaces: ['default'] })
      expect(await cluster.namespacesOfService(name)).toEqual([harness.namespace])
      expect(await everywhere.namespacesOfService(name)).toEqual([harness.namespace])
      expect(await elsewhere.namespacesOfService(name)).toEqual([])
    })

    it('keeps out of namespaces that are not watched', async () => {
      const elsewhere = await harness.connect({ namespaces: ['default'] })
      expect(elsewhere.deployment(harness.ref('shop'))).toBeNull()
      expect(await elsewhere.deploymentsOfService(harness.namespace, 'front')).toBeNull()
      const request = harness.undoRequest(cluster, 'shop', 'shop:1')
      expect(await elsewhere.undo(request)).toMatchObject({ kind: 'refused' })
    })

    it('tells of every change, and says what pods that crash are waiting for', async () => {
      const changed: string[] = []
      const watching = await harness.connect({}, ({ name }) => changed.push(name))
      await harness.createDeployment('crashing', { image: 'crash:1' })
      const { uid } = await until('the ReplicaSet', () => watching.revisions(harness.ref('crashing'))[0] ?? null)
      const pods = await until('a pod that crashed', async () => {
        const found = await watching.pods(harness.ref('crashing'), uid)
        return found.some(({ restarts }) => restarts > 0) ? found : null
      })
      expect(pods).toMatchObject([{ ready: false, reason: 'CrashLoopBackOff' }])
      expect(changed).toContain('crashing')
    })

    it("shows a pod's Events, newest first and of no other pod, and a log or why there is none", async () => {
      const [pod, other] = await cluster.pods(harness.ref('shop'), revisionOf(cluster, harness.ref('shop'), 'shop:2').uid)
      const tell = (name: string, reason: string, lastTimestamp: string) =>
        harness.create('events', {
          ...{ apiVersion: 'v1', kind: 'Event', metadata: { name: `${name}.${reason.toLowerCase()}`, namespace: harness.namespace } },
          ...{
            involvedObject: { kind: 'Pod', name, namespace: harness.namespace },
            type: 'Warning',
            reason,
            message: `${reason} of ${name}`,
          },
          ...{ count: 3, firstTimestamp: lastTimestamp, lastTimestamp },
        })
      await tell(present(pod).name, 'Early', '2030-01-05T10:00:00Z')
      await tell(present(pod).name, 'Late', '2030-01-05T10:01:00Z')
      await tell(present(other).name, 'Foreign', '2030-01-05T10:02:00Z')
      const { events, logs } = await cluster.inspectPod(harness.namespace, present(pod).name)
      if (typeof events === 'string') throw new Error(`Events: ${events}`)
      expect(events.slice(0, 2).map(({ reason, count }) => [reason, count])).toEqual([
        ['Late', 3],
        ['Early', 3],
      ])
      expect(events.some(({ reason }) => reason === 'Foreign')).toBe(false)
      expect(typeof logs === 'string' ? logs : 'read').toMatch(/^(read|silent|not_started)$/)
    })

    it('answers a ping, and says by how much the clocks differ', async () => {
      await cluster.ping()
      expect(Math.abs(present(cluster.clockSkewMs()))).toBeLessThan(5_000)
    })
  })
}
