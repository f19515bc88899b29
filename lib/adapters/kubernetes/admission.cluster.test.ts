import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { servingRevision } from '../../core/workload.ts'
import type { Cluster } from '../../ports.ts'
import { at, ClusterHarness, until } from '../../testing/cluster-harness.ts'
import { RewritingWebhook } from '../../testing/rewriting-webhook.ts'

const GROUP = '/apis/admissionregistration.k8s.io/v1beta1/validatingwebhookconfigurations'
const MUTATING = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'
const resource = 'validatingwebhookconfigurations'

/**
 * A webhook that declares side effects can be registered through v1beta1 only, which 1.22 took away: there the answer
 * that is asked for here cannot come any more, and that is what the test then sees.
 */
describe('behind an admission webhook', () => {
  let harness: ClusterHarness
  let cluster: Cluster
  beforeAll(async () => {
    harness = await ClusterHarness.create(process.env['KUBECONFIG'] ?? '')
    cluster = await harness.connect()
    const labels = { 'kubernetes.io/metadata.name': harness.namespace }
    const contentType = 'application/merge-patch+json'
    const path = `/api/v1/namespaces/${harness.namespace}`
    await harness.must({ verb: 'patch', resource: 'namespaces', path, body: { metadata: { labels } }, contentType })
  })
  afterAll(async () => {
    for (const group of [GROUP, MUTATING]) await harness?.api.call({ verb: 'delete', resource, path: `${group}/${harness.namespace}` })
    await harness?.remove()
  })

  it('that rewrites templates, is applied all the same, and tells what the server stored', async () => {
    await harness.deployAll(cluster, 'meshed', ['a:1', 'a:2'])
    const request = harness.undoRequest(cluster, 'meshed', 'a:1')
    const mesh = await RewritingWebhook.start({ name: 'proxy', image: 'proxy:9' })
    await harness.must({ verb: 'create', resource, path: MUTATING, body: mutating(harness.namespace, mesh) })
    // It takes a moment to be in force; by an API server on another machine, which does not find it, it is never asked.
    for (let tries = 0; tries < 40 && mesh.calls === 0; tries += 1) {
      expect(await cluster.dryRunUndo(request)).toEqual({ kind: 'accepted' })
      await delay(50)
    }
    const outcome = await cluster.undo(request)
    const state = await harness.untilRolledOut(cluster, 'meshed')
    if (mesh.calls === 0) expect(outcome).toEqual({ kind: 'applied', at: expect.any(Number), alreadyThere: false })
    else expect(outcome).toMatchObject({ kind: 'applied', alreadyThere: false, landedFingerprint: state.templateFingerprint })
    const images = mesh.calls === 0 ? ['a:1'] : ['a:1', 'proxy:9']
    expect(servingRevision(state, cluster.revisions(state.ref), request.to)).toMatchObject({ images })
    expect(await cluster.undo(request)).toEqual({ ...outcome, alreadyThere: true })
    await harness.must({ verb: 'delete', resource, path: `${MUTATING}/${harness.namespace}` })
    await mesh.stop()
  })

  it('that does not allow dry runs, says so instead of taking it for a refusal', async () => {
    await harness.deployAll(cluster, 'guarded', ['a:1', 'a:2'])
    const request = harness.undoRequest(cluster, 'guarded', 'a:1')
    const { status } = await harness.api.call({ verb: 'create', resource, path: GROUP, body: webhook(harness.namespace) })
    if (status === 404) {
      expect(await cluster.dryRunUndo(request)).toEqual({ kind: 'accepted' })
      return
    }
    expect(status).toBe(201)
    const answer = await until('the webhook to be in force', async () => {
      const told = await cluster.dryRunUndo(request)
      return told.kind === 'accepted' ? null : told
    })
    expect(answer).toEqual({ kind: 'no_dry_run', message: expect.stringContaining('does not support dry run') })
    expect(await cluster.undo({ ...request, dryRun: true })).toMatchObject({ kind: 'refused' })
    expect(at(await harness.get('deployments', 'guarded'), 'metadata', 'generation')).toBe(request.generation)
  })
})

function mutating(namespace: string, { url, certificate }: RewritingWebhook) {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name: namespace },
    webhooks: [
      {
        name: 'mesh.example.test',
        sideEffects: 'None',
        failurePolicy: 'Ignore',
        timeoutSeconds: 1,
        admissionReviewVersions: ['v1'],
        clientConfig: { url, caBundle: Buffer.from(certificate).toString('base64') },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'] }],
      },
    ],
  }
}

/** Nobody listens there: it is never called for a dry run, and ignored otherwise. */
function webhook(namespace: string) {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: namespace },
    webhooks: [
      {
        name: 'side-effects.example.test',
        sideEffects: 'Some',
        failurePolicy: 'Ignore',
        timeoutSeconds: 1,
        clientConfig: { url: 'https://127.0.0.1:1/' },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments'] }],
      },
    ],
  }
}
