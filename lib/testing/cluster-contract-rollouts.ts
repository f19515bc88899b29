import { beforeAll, describe, expect, it } from 'vitest'
import { rolloutStatus } from '../core/rollout-status.ts'
import type { Cluster } from '../ports.ts'
import { at, type ClusterHarness, present, revisionOf, until } from './cluster-harness.ts'

/** The API server tells creation times in whole seconds. */
const A_SECOND_ON_MS = 1_100

/** What the Deployment controller makes of a template: numbers, history, progress. */
export function rolloutCases(given: () => ClusterHarness): void {
  describe('a rollout', () => {
    let harness: ClusterHarness
    let cluster: Cluster
    beforeAll(async () => {
      harness = given()
      cluster = await harness.connect()
    })

    const annotation = async (name: string, key: string) =>
      at(await harness.get('replicasets', name), 'metadata', 'annotations', `deployment.kubernetes.io/${key}`)
    const progressing = async (name: string) => {
      const conditions = at(await harness.get('deployments', name), 'status', 'conditions') as
        | { type: string; reason: string }[]
        | undefined
      return conditions?.find(({ type }) => type === 'Progressing')?.reason
    }

    it('gives a ReplicaSet that is used again the next number, and keeps the old one in its revision-history', async () => {
      await harness.deployAll(cluster, 'reused', ['a:1', 'a:2', 'a:1', 'a:2', 'a:1'])
      const { name, number } = revisionOf(cluster, harness.ref('reused'), 'a:1')
      expect(number).toBe(5)
      expect([await annotation(name, 'revision'), await annotation(name, 'revision-history')]).toEqual(['5', '1,3'])
      expect(at(await harness.get('deployments', 'reused'), 'metadata', 'annotations', 'deployment.kubernetes.io/revision')).toBe('5')
    })

    it('keeps a ReplicaSet that is used again as it was made', async () => {
      await harness.deployAll(cluster, 'kept', ['a:1', 'a:2'])
      const { name } = revisionOf(cluster, harness.ref('kept'), 'a:1')
      const before = await harness.get('replicasets', name)
      await harness.setImage('kept', 'a:1')
      await harness.untilRolledOut(cluster, 'kept')
      const after = await harness.get('replicasets', name)
      for (const field of ['uid', 'creationTimestamp', 'labels', 'ownerReferences']) {
        expect(at(after, 'metadata', field), field).toEqual(at(before, 'metadata', field))
      }
      expect(at(after, 'spec', 'template')).toEqual(at(before, 'spec', 'template'))
    })

    // The oldest by their second of creation: of those deployed within one, any may be left.
    it.each([0, 1])('keeps the current ReplicaSet and, of a revisionHistoryLimit of %i, as many old ones', async (revisionHistoryLimit) => {
      const name = `limited-to-${revisionHistoryLimit}`
      await harness.deployAll(cluster, name, ['a:1', 'a:2', 'a:3', 'a:4'], { revisionHistoryLimit })
      const numbers = () => cluster.revisions(harness.ref(name)).map(({ number }) => number)
      await until('the history to be pruned', () => numbers().length === 1 + revisionHistoryLimit)
      expect(numbers()[0]).toBe(4)
    })

    it('prunes the oldest ReplicaSets, by their second of creation', async () => {
      const numbers = () => cluster.revisions(harness.ref('pruned-by-age')).map(({ number }) => number)
      await harness.deployAll(cluster, 'pruned-by-age', ['a:1'], { revisionHistoryLimit: 1 })
      for (const image of ['a:2', 'a:3']) {
        await new Promise((resolve) => setTimeout(resolve, A_SECOND_ON_MS))
        await harness.setImage('pruned-by-age', image)
        await harness.untilRolledOut(cluster, 'pruned-by-age')
      }
      await until('the history to be pruned', () => numbers().length === 2)
      expect(numbers()).toEqual([3, 2])
    })

    it('that is complete says NewReplicaSetAvailable', async () => {
      await harness.deployAll(cluster, 'done', ['a:1', 'a:2'], { replicas: 2 })
      expect(await progressing('done')).toBe('NewReplicaSetAvailable')
      const state = present(await cluster.read(harness.ref('done')))
      expect(rolloutStatus(state.rollout)).toEqual({ state: 'complete' })
      expect(state.rollout).toMatchObject({ desiredReplicas: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 })
    })

    it('keeps the old pods while the new ones do not get ready, and goes on', async () => {
      await harness.deployAll(cluster, 'stays', ['a:1'], { replicas: 2 })
      await harness.setImage('stays', 'unready:2')
      const state = await until('a new pod beside the old ones', async () => {
        const { rollout } = present(await cluster.read(harness.ref('stays')))
        return rollout.updatedReplicas > 0 && rollout.observedGeneration === rollout.generation ? rollout : null
      })
      expect(state.availableReplicas).toBe(2)
      expect(rolloutStatus(state).state).toBe('progressing')
      expect(['NewReplicaSetCreated', 'FoundNewReplicaSet', 'ReplicaSetUpdated']).toContain(state.progressingReason)
    })

    it('shares a scale that comes in its middle between the old and the new pods, by their size', async () => {
      await harness.deployAll(cluster, 'shared', ['a:1'], { replicas: 4 })
      await harness.setImage('shared', 'unready:2')
      const sizes = () => cluster.revisions(harness.ref('shared')).map(({ replicas }) => replicas)
      // A quarter more, a quarter fewer: two new ones, and one old one less.
      await until('it to stand still', () => JSON.stringify(sizes()) === '[2,3]')
      await harness.scale('shared', 8)
      await until('both to have grown', () => JSON.stringify(sizes()) === '[4,6]')
      await harness.scale('shared', 3)
      await until('both to have shrunk', () => JSON.stringify(sizes()) === '[2,2]')
    })

    it('that makes no progress in progressDeadlineSeconds has failed', async () => {
      await harness.createDeployment('slow', { image: 'unready:1' })
      await harness.change('slow', { spec: { progressDeadlineSeconds: 2, minReadySeconds: 0 } })
      const first = present(await cluster.read(harness.ref('slow')))
      expect(rolloutStatus(first.rollout).state).toBe('progressing')
      await until('the deadline', async () => (await progressing('slow')) === 'ProgressDeadlineExceeded')
      const last = present(await cluster.read(harness.ref('slow')))
      expect(rolloutStatus(last.rollout)).toMatchObject({ state: 'failed' })
    })

    it('of a paused Deployment does not begin', async () => {
      await harness.deployAll(cluster, 'held', ['a:1'])
      await harness.change('held', { spec: { paused: true } })
      await harness.setImage('held', 'a:2')
      await until('the controller to have seen it', async () => {
        const { rollout } = present(await cluster.read(harness.ref('held')))
        return rollout.observedGeneration === rollout.generation
      })
      expect(cluster.revisions(harness.ref('held')).map(({ images }) => images[0])).toEqual(['a:1'])
    })

    it('gives every pod the ReplicaSet’s name, labels and ownerReference', async () => {
      await harness.deployAll(cluster, 'family', ['a:1'])
      const { name, uid, hash } = revisionOf(cluster, harness.ref('family'), 'a:1')
      expect(name).toBe(`family-${hash}`)
      const [pod] = await cluster.pods(harness.ref('family'), uid)
      const raw = await harness.get('pods', present(pod).name)
      expect(at(raw, 'metadata', 'labels')).toEqual({ app: 'family', 'pod-template-hash': hash })
      expect(at(raw, 'metadata', 'ownerReferences', 0)).toMatchObject({ kind: 'ReplicaSet', name, uid, controller: true })
      expect(at(await harness.get('replicasets', name), 'metadata', 'ownerReferences', 0)).toMatchObject({
        kind: 'Deployment',
        name: 'family',
        controller: true,
      })
    })
  })
}
