import { beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../ports.ts'
import { type ClusterHarness, until } from './cluster-harness.ts'

/** Who else manages a Deployment, where the objects that its marks name are not there. */
export function ownerCases(given: () => ClusterHarness): void {
  describe('who owns a Deployment', () => {
    let harness: ClusterHarness
    let cluster: Cluster
    beforeAll(async () => {
      harness = given()
      cluster = await harness.connect()
    })

    async function ownerOf(name: string, marks: { labels?: Record<string, string>; annotations?: Record<string, string> }) {
      await harness.createDeployment(name, { image: 'shop:1' })
      await harness.change(name, { metadata: marks })
      const wanted = Object.keys({ ...marks.labels, ...marks.annotations })[0] ?? ''
      await until(`${name} with its marks`, () => {
        const state = cluster.deployment(harness.ref(name))
        return state !== null && (wanted === '' || wanted in state.labels || wanted in state.annotations)
      })
      return cluster.owner(harness.ref(name))
    }

    it('is nobody without marks, nor of one that is not there', async () => {
      expect(await ownerOf('free', {})).toBeNull()
      expect(await cluster.owner(harness.ref('nobody'))).toBeNull()
    })

    it('is Helm by its annotations', async () => {
      const annotations = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': harness.namespace }
      const expected = { kind: 'helm', name: `${harness.namespace}/shop`, undo: 'until_next_upgrade', known: 'marks' }
      expect(await ownerOf('released', { annotations })).toEqual(expected)
    })

    it('is by its marks what cannot be found: that is no failure', async () => {
      const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': harness.namespace }
      const flux = { kind: 'flux_kustomization', name: `${harness.namespace}/apps`, undo: 'reverted', known: 'not_found' }
      expect(await ownerOf('kustomized', { labels })).toEqual(flux)
      const annotations = {
        'argocd.argoproj.io/tracking-id': `${harness.namespace}_no-such-app:apps/Deployment:${harness.namespace}/synced`,
      }
      const argo = { kind: 'argo_cd', name: `${harness.namespace}/no-such-app`, undo: 'reverted', known: 'not_found' }
      expect(await ownerOf('synced', { annotations })).toMatchObject(argo)
    })
  })
}
