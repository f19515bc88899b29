import { beforeAll, describe, expect, it } from 'vitest'
import type { ConfigMetadata, ConfigRef } from '../core/config-change.ts'
import type { Cluster } from '../ports.ts'
import { at, type ClusterHarness, until } from './cluster-harness.ts'

const SETTINGS: ConfigRef = { kind: 'ConfigMap', name: 'settings' }
const KEYS: ConfigRef = { kind: 'Secret', name: 'keys' }
const HIDDEN = 'aHVudGVyMg=='

/** What the metadata of ConfigMaps and Secrets tells. */
export function configCases(given: () => ClusterHarness): void {
  describe('when a ConfigMap or Secret was written', () => {
    let harness: ClusterHarness
    let cluster: Cluster
    beforeAll(async () => {
      harness = given()
      cluster = harness.connectIdle()
      await harness.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { level: '1' } })
    })

    async function seen(ref: ConfigRef): Promise<ConfigMetadata> {
      const found = await cluster.inspectConfig(harness.namespace, ref)
      if (typeof found === 'string') throw new Error(`${ref.kind}: ${found}`)
      return found
    }

    it('is told by the server’s clock, with the version that it has now', async () => {
      const raw = await harness.get('configmaps', 'settings')
      const { createdAt, writtenAt, resourceVersion } = await seen(SETTINGS)
      expect(createdAt).toBe(Date.parse(String(at(raw, 'metadata', 'creationTimestamp'))))
      expect(writtenAt).toBe(createdAt)
      expect(resourceVersion).toBe(at(raw, 'metadata', 'resourceVersion'))
    })

    it('is not when somebody put a label on it', async () => {
      const before = await seen(SETTINGS)
      await harness.change('settings', { metadata: { labels: { team: 'blue' } } }, 'configmaps')
      const after = await seen(SETTINGS)
      expect(after.writtenAt).toBe(before.writtenAt)
      expect(after.resourceVersion).not.toBe(before.resourceVersion)
    })

    it('is the last time that somebody wrote a key that was not theirs before, on every server', async () => {
      const before = await seen(SETTINGS)
      let level = 1
      // The server's times are whole seconds.
      const after = await until('a write in a later second', async () => {
        level += 1
        await harness.change('settings', { data: { [`level${level}`]: 'x' } }, 'configmaps')
        const now = await seen(SETTINGS)
        return (now.writtenAt ?? 0) > (before.writtenAt ?? 0) ? now : null
      })
      expect(after.createdAt).toBe(before.createdAt)
    })

    it('comes of a Secret without anything of what it holds, in its annotations either', async () => {
      const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { password: HIDDEN } }) }
      await harness.create('secrets', {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'keys', annotations },
        data: { password: HIDDEN },
      })
      const found = await seen(KEYS)
      expect(found).toEqual({
        resourceVersion: expect.any(String),
        createdAt: expect.any(Number),
        writtenAt: expect.any(Number),
        tellsWrites: expect.any(Boolean),
      })
    })

    it('is `gone` of one that is not there', async () => {
      expect(await cluster.inspectConfig(harness.namespace, { kind: 'ConfigMap', name: 'nobody' })).toBe('gone')
    })

    it('is not asked for outside of the watched namespaces', async () => {
      const elsewhere = harness.connectIdle({ namespaces: ['default'] })
      expect(await elsewhere.inspectConfig(harness.namespace, SETTINGS)).toBe('not_allowed')
    })
  })
}
