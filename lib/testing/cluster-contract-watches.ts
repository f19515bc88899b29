import { beforeAll, describe, expect, it } from 'vitest'
import { statusOf } from '../adapters/kubernetes/api-client.ts'
import { collection } from '../adapters/kubernetes/paths.ts'
import { type WatchEvent, watchEvents } from '../adapters/kubernetes/watch-events.ts'
import { at, type ClusterHarness, until } from './cluster-harness.ts'

const TIMING = { listMs: 5_000, watchSeconds: 5, idleMs: 20_000 }

/** A watch as the server serves it: what it is asked from, what it tells, how it ends. */
export function watchCases(given: () => ClusterHarness): void {
  describe('a watch', () => {
    let harness: ClusterHarness
    beforeAll(() => {
      harness = given()
    })

    const version = async () => {
      const { body } = await harness.api.call({ verb: 'list', ...collection('deployments', harness.namespace) })
      return String(at(body, 'metadata', 'resourceVersion'))
    }
    /** Watches Deployments from a version until `isLast` says so of an event, or the server ends it. */
    async function watch(from: string, isLast: (event: WatchEvent) => boolean, timing = TIMING, meanwhile = async () => {}) {
      const stop = new AbortController()
      const events: WatchEvent[] = []
      const watched = { api: harness.api, resource: 'deployments' as const, namespace: harness.namespace, timing, signal: stop.signal }
      for await (const event of watchEvents(watched, from)) {
        if (event.type === 'OPEN') void meanwhile()
        else events.push(event)
        if (isLast(event)) break
      }
      stop.abort()
      return events
    }
    const of = (name: string) => (events: WatchEvent[]) =>
      events.filter(({ object }) => at(object, 'metadata', 'name') === name).map(({ type }) => type)
    const isDeletionOf =
      (name: string) =>
      ({ type, object }: WatchEvent) =>
        type === 'DELETED' && at(object, 'metadata', 'name') === name

    it('tells what is made, changed and deleted while it is open', async () => {
      const events = await watch(await version(), isDeletionOf('brief'), TIMING, async () => {
        await harness.createDeployment('brief', { image: 'a:1', replicas: 0 })
        await harness.change('brief', { metadata: { annotations: { note: 'x' } } })
        await harness.delete('deployments', 'brief')
      })
      const types = of('brief')(events)
      expect([types[0], types.at(-1)]).toEqual(['ADDED', 'DELETED'])
      expect(new Set(types.slice(1, -1))).toEqual(new Set(['MODIFIED']))
    })

    it('goes on after the version that it is asked from: what came since is told, what came before is not', async () => {
      await harness.createDeployment('earlier', { image: 'a:1', replicas: 0 })
      await until('it to settle', async () => Number(at(await harness.get('deployments', 'earlier'), 'status', 'observedGeneration')) === 1)
      const from = await version()
      await harness.createDeployment('later', { image: 'a:1', replicas: 0 })
      await harness.delete('deployments', 'later')
      const events = await watch(from, isDeletionOf('later'))
      expect(of('later')(events).at(0)).toBe('ADDED')
      expect(of('earlier')(events)).not.toContain('ADDED')
      // Every event carries the version to go on from, and they only grow.
      const versions = events.map((event) => Number(event.version))
      expect(versions).toEqual([...versions].sort((a, b) => a - b))
      expect(versions.every((one) => one > Number(from))).toBe(true)
    })

    it('of all namespaces tells of this one too', async () => {
      const from = await version()
      await harness.createDeployment('anywhere', { image: 'a:1', replicas: 0 })
      const stop = new AbortController()
      const watched = { api: harness.api, resource: 'deployments' as const, namespace: null, timing: TIMING, signal: stop.signal }
      for await (const { object } of watchEvents(watched, from)) {
        if (at(object, 'metadata', 'namespace') === harness.namespace && at(object, 'metadata', 'name') === 'anywhere') {
          stop.abort()
          return
        }
      }
      throw new Error('the watch ended and had not told')
    })

    it('ends by itself after the seconds that it was asked for, in an orderly way', async () => {
      const events = await watch(await version(), () => false, { ...TIMING, watchSeconds: 1 })
      expect(events.every(({ type }) => ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'].includes(type))).toBe(true)
    })

    it('from a version that the server no longer has is answered with 410, and a list leads on', async () => {
      // A server that has just begun may have it still: then it goes on from there.
      const failure = await watch('1', () => false, { ...TIMING, watchSeconds: 1 }).then(
        () => null,
        (error: unknown) => error,
      )
      if (failure !== null) expect(statusOf(failure)).toBe(410)
      await watch(await version(), () => false, { ...TIMING, watchSeconds: 1 })
    })
  })
}
