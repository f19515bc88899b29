import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { collection } from '../adapters/kubernetes/paths.ts'
import type { ObservedDeploy } from '../core/deploy.ts'
import type { Cluster } from '../ports.ts'
import { at, type ClusterHarness, present, until } from './cluster-harness.ts'
import { FlakyApiServer } from './flaky-api-server.ts'

/** What the informers tell of deploys, and that a network that fails loses none of them. */
export function deployCases(given: () => ClusterHarness): void {
  describe('deploys', () => {
    let harness: ClusterHarness
    let cluster: Cluster
    let server: FlakyApiServer
    beforeAll(async () => {
      harness = given()
      cluster = await harness.connect()
    })
    beforeEach(async () => {
      server = await FlakyApiServer.start(harness.kubeconfig)
    })
    afterEach(() => server.stop())

    const connectFlaky = (timing = {}) => harness.connect({ kubeconfig: server.kubeconfig, timing })
    const deploysOf = (of: Cluster, name: string): ObservedDeploy[] =>
      of
        .observedDeploys()
        .filter(({ workload }) => workload.name === name)
        .sort((a, b) => a.revision.number - b.revision.number)
    /** Who was deployed as which number: what every replica must agree on. */
    const story = (of: Cluster, name: string) =>
      deploysOf(of, name).map(({ deploymentUid, revision }) => [deploymentUid, revision.number, revision.uid, revision.images])
    const untilSame = (other: Cluster, name: string) =>
      until(`both to know every deploy of ${name}`, () => JSON.stringify(story(other, name)) === JSON.stringify(story(cluster, name)))
    const isLost = ({ event }: { event: string }) => event === 'kubernetes.watch.lost'
    /** What the server says to a watch from that version; null: it goes on from there. */
    const refusalOf = async (resourceVersion: string) => {
      const query = { watch: 'true', resourceVersion, timeoutSeconds: '1' }
      const { status, body } = await harness.api.call({ verb: 'watch', ...collection('deployments', harness.namespace), query })
      return status === 410 || at(body, 'object', 'code') === 410 ? body : null
    }
    const createdAt = async (replicaSet: string) =>
      Date.parse(String(at(await harness.get('replicasets', replicaSet), 'metadata', 'creationTimestamp')))

    it('are seen as they happen, with the completion of their rollout', async () => {
      await harness.deployAll(cluster, 'seen', ['a:1', 'a:2'])
      const deploys = deploysOf(cluster, 'seen')
      expect(deploys.map(({ revision, source }) => [revision.number, revision.images, source])).toEqual([
        [1, ['a:1'], 'watched'],
        [2, ['a:2'], 'watched'],
      ])
      for (const { deployedAt, completedAt } of deploys) expect(completedAt).toBeGreaterThanOrEqual(deployedAt)
      expect(deploys[1]?.deployedAt).toBeGreaterThanOrEqual(present(deploys[0]?.completedAt))
    })

    it('before the start are dated by their ReplicaSet, a reused one not before the deploy that it followed', async () => {
      await harness.deployAll(cluster, 'before', ['a:1', 'a:2', 'a:1'])
      const late = await harness.connect()
      const [first, second] = [...late.revisions(harness.ref('before'))].sort((a, b) => a.createdAt - b.createdAt)
      const madeAt = await createdAt(present(first).name)
      const secondAt = await createdAt(present(second).name)
      expect(
        deploysOf(late, 'before').map(({ revision, deployedAt, source, completedAt }) => [
          revision.number,
          deployedAt,
          source,
          completedAt,
        ]),
      ).toEqual([
        [1, madeAt, 'replica_set', null],
        [2, secondAt, 'replica_set', null],
        [3, secondAt, 'replica_set', null],
      ])
      expect(story(late, 'before')).toEqual(story(cluster, 'before'))
    })

    it('of a ReplicaSet that is used again are deploys of their own', async () => {
      await harness.deployAll(cluster, 'again-and-again', ['a:1', 'a:2', 'a:1', 'a:2'])
      const deploys = deploysOf(cluster, 'again-and-again')
      expect(deploys.map(({ revision, source }) => [revision.number, revision.images[0], source])).toEqual([
        [1, 'a:1', 'watched'],
        [2, 'a:2', 'watched'],
        [3, 'a:1', 'watched'],
        [4, 'a:2', 'watched'],
      ])
      expect(deploys.map(({ deployedAt }) => deployedAt)).toEqual(deploys.map(({ deployedAt }) => deployedAt).sort((a, b) => a - b))
    })

    it('are none when a Deployment is scaled or annotated', async () => {
      await harness.deployAll(cluster, 'steady', ['a:1'])
      await harness.scale('steady', 2)
      await harness.change('steady', { metadata: { annotations: { note: 'x' } } })
      await harness.untilRolledOut(cluster, 'steady')
      expect(story(cluster, 'steady')).toHaveLength(1)
    })

    it('of a Deployment that was deleted and made again are of another uid', async () => {
      await harness.deployAll(cluster, 'twin', ['a:1'])
      await harness.delete('deployments', 'twin')
      await until('it to be gone', () => cluster.deployment(harness.ref('twin')) === null)
      await harness.deployAll(cluster, 'twin', ['a:1'])
      const uids = deploysOf(cluster, 'twin').map(({ deploymentUid }) => deploymentUid)
      expect(new Set(uids).size).toBe(2)
      expect(uids).toContain(present(cluster.deployment(harness.ref('twin'))).uid)
    })

    it('while a Deployment is paused are dated by its going on', async () => {
      await harness.deployAll(cluster, 'waits', ['a:1'])
      await harness.change('waits', { spec: { paused: true } })
      await harness.setImage('waits', 'a:2')
      await until('the change to be seen', () => cluster.deployment(harness.ref('waits'))?.generation === 3)
      const resumedAt = Date.now()
      await harness.change('waits', { spec: { paused: false } })
      await harness.untilRolledOut(cluster, 'waits')
      expect(deploysOf(cluster, 'waits')[1]?.deployedAt).toBeGreaterThanOrEqual(resumedAt)
    })

    it('are told the same by two replicas', async () => {
      const other = await harness.connect()
      await harness.deployAll(cluster, 'pair', ['a:1', 'a:2', 'a:1'])
      await untilSame(other, 'pair')
      expect(story(other, 'pair')).toHaveLength(3)
      expect(deploysOf(other, 'pair').map(({ source }) => source)).toEqual(['watched', 'watched', 'watched'])
    })

    it('are not lost when every connection is cut, again and again', async () => {
      const flaky = await connectFlaky()
      for (const [index, image] of ['a:1', 'a:2', 'a:3'].entries()) {
        server.cut()
        await harness.deployAll(cluster, `cut-${index}`, [image])
      }
      for (const name of ['cut-0', 'cut-1', 'cut-2']) await untilSame(flaky, name)
      expect(deploysOf(flaky, 'cut-2')).toHaveLength(1)
    })

    it('during an outage are all known after it, and the outage is logged once', async () => {
      const flaky = await connectFlaky()
      await harness.deployAll(cluster, 'outage', ['a:1'])
      await untilSame(flaky, 'outage')
      harness.lines.length = 0
      server.weather.mode = 'refuse'
      server.cut()
      for (const image of ['a:2', 'a:1', 'a:3']) {
        await harness.setImage('outage', image)
        await harness.untilRolledOut(cluster, 'outage')
      }
      expect(story(flaky, 'outage')).toHaveLength(1)
      server.weather.mode = 'fair'
      await untilSame(flaky, 'outage')
      expect(story(flaky, 'outage')).toHaveLength(4)
      await until('the watches to be back', () => harness.lines.filter(({ event }) => event === 'kubernetes.watch.back').length === 2)
      expect(harness.lines.filter(isLost).map(({ fields }) => fields['resource'])).toEqual(
        expect.arrayContaining(['deployments', 'replicasets']),
      )
      expect(harness.lines.filter(isLost)).toHaveLength(2)
    })

    it('are not told of for certain while the server is away: the caches count as unsynced until they have caught up', async () => {
      const flaky = await connectFlaky()
      await harness.deployAll(cluster, 'stale', ['a:1'])
      await untilSame(flaky, 'stale')
      server.weather.mode = 'refuse'
      server.cut()
      await harness.setImage('stale', 'a:2')
      await harness.untilRolledOut(cluster, 'stale')
      expect(present(flaky.revisions(harness.ref('stale'))[0]).images).toEqual(['a:1'])
      await until('the caches to count as unsynced', () => !flaky.isSynced())
      server.weather.mode = 'fair'
      await until('the caches to be believed again', () => flaky.isSynced())
      expect(present(flaky.revisions(harness.ref('stale'))[0]).images).toEqual(['a:2'])
    })

    it('are not lost when the resourceVersion has expired: all is listed again', async () => {
      const flaky = await connectFlaky()
      await harness.deployAll(cluster, 'expired', ['a:1'])
      await untilSame(flaky, 'expired')
      harness.lines.length = 0
      server.weather.mode = 'refuse'
      server.cut()
      for (const image of ['a:2', 'a:1', 'a:2']) {
        await harness.setImage('expired', image)
        await harness.untilRolledOut(cluster, 'expired')
      }
      // An ancient version for each watch, once. A server that is new itself still has it: then as it would say.
      const refusal = await refusalOf('1')
      const rewritten = new Set<string>()
      server.weather.rewriteWatch = (query, path) => {
        if (rewritten.has(path)) return null
        rewritten.add(path)
        query.set('resourceVersion', '1')
        return refusal === null ? JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }) : null
      }
      const before = server.requests.length
      server.weather.mode = 'fair'
      await untilSame(flaky, 'expired')
      expect(story(flaky, 'expired')).toHaveLength(4)
      await until('both to be listed again', () => {
        const lists = server.requests.slice(before).filter((request) => request.includes('limit=') && !request.includes('watch='))
        return lists.length >= 2
      })
      expect(rewritten.size).toBe(2)
    })

    it('are not lost on a connection that stays open and says nothing', async () => {
      const flaky = await connectFlaky({ callMs: 500, watchSeconds: 1, idleMs: 1_500 })
      await harness.deployAll(cluster, 'mute', ['a:1'])
      await untilSame(flaky, 'mute')
      harness.lines.length = 0
      server.weather.mode = 'stall'
      await harness.setImage('mute', 'a:2')
      await harness.untilRolledOut(cluster, 'mute')
      await until('the silence to be noticed', () => harness.lines.some(isLost))
      server.weather.mode = 'fair'
      await untilSame(flaky, 'mute')
      expect(story(flaky, 'mute')).toHaveLength(2)
    })

    it('of another namespace are none of ours', async () => {
      const elsewhere = await harness.connect({ namespaces: ['default'] })
      await harness.deployAll(cluster, 'private', ['a:1'])
      expect(deploysOf(elsewhere, 'private')).toEqual([])
    })
  })
}
