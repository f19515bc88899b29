import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../core/json.ts'
import { withoutPodTemplateHash } from '../core/template-fingerprint.ts'
import type { UndoRequest } from '../core/undo.ts'
import { ROLLBACK_ID_ANNOTATION, servingRevision } from '../core/workload.ts'
import type { Cluster } from '../ports.ts'
import { at, type ClusterHarness, present, revisionOf, until } from './cluster-harness.ts'
import { FlakyApiServer } from './flaky-api-server.ts'

/** The undo and each of its outcomes, on Deployments that were really rolled out. */
export function undoCases(given: () => ClusterHarness): void {
  describe('undo', () => {
    let harness: ClusterHarness
    let cluster: Cluster
    let server: FlakyApiServer
    /** The same cluster, through a network that a test can spoil. */
    let flaky: Cluster
    beforeAll(async () => {
      harness = given()
      cluster = await harness.connect()
      server = await FlakyApiServer.start(harness.kubeconfig)
      flaky = harness.connectIdle({ kubeconfig: server.kubeconfig, timing: { callMs: 500 } })
    })
    afterAll(() => server.stop())

    /** A Deployment that went from a good version to a bad one, and the request that puts it back. */
    async function wentBad(name: string): Promise<UndoRequest> {
      await harness.deployAll(cluster, name, ['good:1', 'bad:2'], { replicas: 2, annotations: { team: 'blue' } })
      return harness.undoRequest(cluster, name, 'good:1')
    }
    const read = (name: string) => harness.get('deployments', name)
    const generation = async (name: string) => at(await read(name), 'metadata', 'generation')
    const image = async (name: string) => at(await read(name), 'spec', 'template', 'spec', 'containers', 0, 'image')
    const ours = async (name: string) => at(await read(name), 'metadata', 'annotations', ROLLBACK_ID_ANNOTATION)

    it('puts the template of the target back, leaves the rest alone and leaves its id', async () => {
      const request = await wentBad('plain')
      const target = await cluster.template(request.workload, request.to.uid)
      await harness.scale('plain', 3)
      await harness.untilRolledOut(cluster, 'plain')
      const outcome = await cluster.undo(harness.undoRequest(cluster, 'plain', 'good:1', 'rollback-1'))
      expect(outcome).toMatchObject({ kind: 'applied', alreadyThere: false })
      const after = await read('plain')
      expect(at(after, 'spec', 'template')).toEqual(withoutPodTemplateHash(target as JsonObject))
      expect(at(after, 'spec', 'replicas')).toBe(3)
      expect(at(after, 'metadata', 'annotations')).toMatchObject({ team: 'blue', [ROLLBACK_ID_ANNOTATION]: 'rollback-1' })
    })

    it('ends with the target current under the next number', async () => {
      const request = await wentBad('numbers')
      await cluster.undo(request)
      await harness.untilRolledOut(cluster, 'numbers')
      expect(cluster.revisions(request.workload).map(({ uid, number }) => [uid, number])).toEqual([
        [request.to.uid, 3],
        [request.from.uid, 2],
      ])
    })

    it('tells when the server wrote it', async () => {
      const outcome = await cluster.undo(await wentBad('written'))
      const managers = at(await read('written'), 'metadata', 'managedFields') as JsonObject[]
      const time = managers.find(({ manager }) => manager === 'snapback')?.['time']
      expect(outcome).toEqual({ kind: 'applied', at: Date.parse(String(time)), alreadyThere: false })
    })

    it('keeps what a template has, to the letter', async () => {
      const spec = {
        terminationGracePeriodSeconds: 7,
        tolerations: [{ key: 'example.test/edge', operator: 'Exists' }],
        dnsConfig: { options: [{ name: 'ndots', value: '1' }] },
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1536Mi' } }],
      }
      const metadata = { clusterName: 'edge', annotations: { 'example.test/note': 'x', empty: '' } }
      await harness.deployAll(cluster, 'rich', ['good:1', 'bad:2'], { template: { spec, metadata } })
      await harness.change('rich', {
        spec: { template: { metadata: { clusterName: null, annotations: null }, spec: { tolerations: null } } },
      })
      await harness.untilRolledOut(cluster, 'rich')
      const before = await cluster.template(harness.ref('rich'), revisionOf(cluster, harness.ref('rich'), 'good:1').uid)
      expect(before).toMatchObject({ metadata: { annotations: metadata.annotations }, spec })
      await cluster.undo(harness.undoRequest(cluster, 'rich', 'good:1'))
      expect(at(await read('rich'), 'spec', 'template')).toEqual(withoutPodTemplateHash(before as JsonObject))
    })

    it('is superseded by a deploy since the decision, which stays untouched', async () => {
      const request = await wentBad('hotfix')
      await harness.setImage('hotfix', 'fixed:3')
      await harness.untilRolledOut(cluster, 'hotfix')
      const before = await read('hotfix')
      expect(await cluster.undo(request)).toEqual({ kind: 'superseded' })
      expect(await read('hotfix')).toEqual(before)
    })

    it('is superseded by a deploy between its read and its patch: the server refuses the patch', async () => {
      const request = await wentBad('race')
      server.weather.before = { method: 'PATCH', run: () => harness.setImage('race', 'fixed:3') }
      expect(await flaky.undo(request)).toEqual({ kind: 'superseded' })
      expect([await image('race'), await ours('race')]).toEqual(['fixed:3', undefined])
    })

    it('has moved after a scale, and is applied under the new generation', async () => {
      const request = await wentBad('scaled')
      await harness.scale('scaled', 3)
      const outcome = await cluster.undo(request)
      expect(outcome).toEqual({ kind: 'moved', generation: 3 })
      expect(await cluster.undo({ ...request, generation: 3 })).toMatchObject({ kind: 'applied' })
      expect(at(await read('scaled'), 'spec', 'replicas')).toBe(3)
    })

    it('has moved after a scale between its read and its patch', async () => {
      const request = await wentBad('scaled-race')
      server.weather.before = { method: 'PATCH', run: () => harness.scale('scaled-race', 3) }
      expect(await flaky.undo(request)).toEqual({ kind: 'moved', generation: 3 })
      expect(await image('scaled-race')).toBe('bad:2')
    })

    it('leaves a paused Deployment alone', async () => {
      const request = await wentBad('paused')
      await harness.change('paused', { spec: { paused: true } })
      expect(await cluster.undo(request)).toEqual({ kind: 'paused' })
      expect(await image('paused')).toBe('bad:2')
    })

    it('finds the target gone when revisionHistoryLimit pruned it', async () => {
      const { to } = await wentBad('pruned')
      const pruned = { ...harness.undoRequest(cluster, 'pruned', 'good:1'), to }
      await harness.change('pruned', { spec: { revisionHistoryLimit: 0 } })
      const state = await until('the ReplicaSet to be pruned', () => {
        const isGone = cluster.revisions(pruned.workload).every(({ uid }) => uid !== to.uid)
        return isGone ? cluster.deployment(pruned.workload) : null
      })
      expect(await cluster.undo({ ...pruned, generation: state.generation })).toEqual({ kind: 'target_gone' })
    })

    it('finds the target gone when its ReplicaSet belongs to someone else', async () => {
      const request = await wentBad('robbed')
      await wentBad('robber')
      const { to } = harness.undoRequest(cluster, 'robber', 'good:1')
      expect(await cluster.undo({ ...request, to: { ...request.to, uid: to.uid, hash: to.hash } })).toEqual({ kind: 'target_gone' })
    })

    it('is refused where the server calls the template invalid, with its words', async () => {
      const request = await wentBad('invalid')
      const labels = { app: 'invalid', 'pod-template-hash': 'mismatch' }
      const made = await harness.create('replicasets', {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: 'invalid-mismatch',
          labels,
          annotations: { 'deployment.kubernetes.io/revision': '1' },
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'invalid', uid: request.deploymentUid, controller: true }],
        },
        spec: {
          replicas: 0,
          selector: { matchLabels: { other: 'label' } },
          template: { metadata: { labels: { other: 'label' } }, spec: { containers: [{ name: 'main', image: 'odd:1' }] } },
        },
      })
      const to = { ...request.to, uid: String(at(made, 'metadata', 'uid')), hash: 'mismatch', templateFingerprint: 'odd' }
      const outcome = await cluster.undo({ ...request, to })
      expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringMatching(/^422 .*selector/) })
      expect(await cluster.dryRunUndo({ ...request, to })).toEqual(outcome)
      expect(await image('invalid')).toBe('bad:2')
    })

    it('changes nothing in a dry run', async () => {
      const request = await wentBad('dry')
      const before = await read('dry')
      expect(await cluster.dryRunUndo(request)).toEqual({ kind: 'accepted' })
      expect(await cluster.undo({ ...request, dryRun: true })).toEqual({ kind: 'dry_run_accepted' })
      expect(await read('dry')).toEqual(before)
    })

    it('asks the dry run under the generation that is there', async () => {
      const request = await wentBad('dry-moved')
      await harness.scale('dry-moved', 3)
      expect(await cluster.dryRunUndo(request)).toEqual({ kind: 'accepted' })
    })

    describe('behind an admission webhook that rewrites templates', () => {
      const SIDECAR = { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'proxy', image: 'proxy:9' } }
      const rewriting = () => {
        server.weather.rewriteBody = { method: 'PATCH', rewrite: (steps) => [...(steps as JsonObject[]), SIDECAR] }
      }
      const stored = async (name: string) => present(await cluster.read(harness.ref(name))).templateFingerprint

      it('is applied, and tells what the server stored', async () => {
        const request = await wentBad('injected')
        rewriting()
        const outcome = await flaky.undo(request)
        expect(outcome).toMatchObject({ kind: 'applied', alreadyThere: false, landedFingerprint: await stored('injected') })
        expect(await stored('injected')).not.toBe(request.to.templateFingerprint)
        const state = await harness.untilRolledOut(cluster, 'injected')
        const serving = present(servingRevision(state, cluster.revisions(state.ref), request.to))
        expect(serving).toMatchObject({ images: ['good:1', 'proxy:9'], number: request.to.number })
        expect(await cluster.pods(state.ref, serving.uid)).toHaveLength(2)
      })

      it('is applied when the answer to the patch is lost', async () => {
        const request = await wentBad('injected-lost')
        rewriting()
        server.weather.loseAnswerOf = 'PATCH'
        expect(await flaky.undo(request)).toMatchObject({
          kind: 'applied',
          alreadyThere: true,
          landedFingerprint: await stored('injected-lost'),
        })
      })

      it('does not take for its own what was deployed since', async () => {
        const request = await wentBad('injected-hotfix')
        rewriting()
        await flaky.undo(request)
        await harness.setImage('injected-hotfix', 'fixed:3')
        const outcome = await flaky.undo(request)
        expect(outcome).toMatchObject({ kind: 'applied', alreadyThere: true })
        expect(outcome).not.toHaveProperty('landedFingerprint')
      })
    })

    it('does not take for a refusal, in a dry run, what its caches had not heard of yet', async () => {
      const request = await wentBad('dry-late')
      await harness.change('dry-late', { spec: { paused: true } })
      expect(await cluster.dryRunUndo(request)).toMatchObject({ kind: 'outdated', message: expect.stringContaining('paused') })
      await harness.change('dry-late', { spec: { paused: false } })
      const gone = { ...request, to: { ...request.to, uid: '00000000-0000-0000-0000-000000000000' } }
      expect(await cluster.dryRunUndo(gone)).toMatchObject({ kind: 'outdated', message: expect.stringContaining('target') })
      await harness.setImage('dry-late', 'fixed:3')
      expect(await cluster.dryRunUndo(request)).toMatchObject({ kind: 'outdated', message: expect.stringContaining('another deploy') })
      await harness.delete('deployments', 'dry-late')
      expect(await cluster.dryRunUndo(request)).toMatchObject({ kind: 'outdated' })
    })

    it('is one effective patch when it is asked for again, and when two ask at once', async () => {
      const request = await wentBad('twice')
      const outcomes = await Promise.all([cluster.undo(request), cluster.undo(request)])
      outcomes.push(await cluster.undo(request))
      expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'applied'])
      expect(await generation('twice')).toBe(request.generation + 1)
    })

    it('is done already where the template is the target’s, and leaves no mark', async () => {
      const request = await wentBad('by-hand')
      await harness.setImage('by-hand', 'good:1')
      expect(await cluster.undo(request)).toEqual({ kind: 'applied', at: null, alreadyThere: true })
      expect(await ours('by-hand')).toBeUndefined()
    })

    it('does not touch a Deployment that was deleted and made again', async () => {
      const request = await wentBad('reborn')
      await harness.delete('deployments', 'reborn')
      expect(await cluster.undo(request)).toEqual({ kind: 'superseded' })
      await harness.createDeployment('reborn', { image: 'bad:2' })
      expect(await cluster.undo(request)).toEqual({ kind: 'superseded' })
      expect(await image('reborn')).toBe('bad:2')
    })

    it('is applied once when the answer to the patch is lost', async () => {
      const request = await wentBad('lost')
      server.weather.loseAnswerOf = 'PATCH'
      expect(await flaky.undo(request)).toMatchObject({ kind: 'applied', alreadyThere: true })
      expect(await generation('lost')).toBe(request.generation + 1)
    })

    it('sends the patch again when the server failed and nothing was changed', async () => {
      const request = await wentBad('again')
      server.weather.answerInstead = { method: 'PATCH', status: 500, body: { message: 'etcdserver: leader changed' } }
      expect(await flaky.undo(request)).toMatchObject({ kind: 'applied', alreadyThere: false })
    })

    it('throws upstream_unavailable, naming verb, resource and time-out, when nobody answers', async () => {
      const request = await wentBad('stalled')
      server.weather.mode = 'stall'
      const expected = {
        code: 'upstream_unavailable',
        upstream: 'kubernetes',
        message: expect.stringMatching(/get deployments .*stalled.*500 ms/),
      }
      await expect(flaky.undo(request)).rejects.toMatchObject(expected)
      await expect(flaky.read(request.workload)).rejects.toMatchObject(expected)
      await expect(flaky.ping()).rejects.toMatchObject({ code: 'upstream_unavailable' })
      expect(await flaky.dryRunUndo(request)).toMatchObject({ kind: 'silent' })
      server.weather.mode = 'fair'
      expect(await flaky.undo(request)).toMatchObject({ kind: 'applied' })
    })
  })
}
