import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import type { Owner } from '../../core/owner.ts'
import type { Cluster } from '../../ports.ts'
import { at, ClusterHarness, until } from '../../testing/cluster-harness.ts'

const kubeconfig = process.env['KUBECONFIG'] ?? ''
const manifests = fileURLToPath(new URL('../../../deploy/kubernetes', import.meta.url))
const kubectl = async (...args: string[]) => (await promisify(execFile)('kubectl', args)).stdout

interface Definition {
  group: string
  version: string
  kind: string
  plural: string
}
const APPLICATION = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', plural: 'applications' }
const ROLLOUT = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Rollout', plural: 'rollouts' }
const KUSTOMIZATION = { group: 'kustomize.toolkit.fluxcd.io', version: 'v1', kind: 'Kustomization', plural: 'kustomizations' }
const HELM_RELEASE = { group: 'helm.toolkit.fluxcd.io', version: 'v2', kind: 'HelmRelease', plural: 'helmreleases' }
const CANARY = { group: 'flagger.app', version: 'v1beta1', kind: 'Canary', plural: 'canaries' }
const DEFINITIONS = [APPLICATION, ROLLOUT, KUSTOMIZATION, HELM_RELEASE, CANARY]

/** What the real definitions demand beside what a test is about. */
const APP_SPEC = { project: 'default', destination: { namespace: 'shop', server: 'https://kubernetes.default.svc' } }
const SOURCE = { path: './', prune: false, sourceRef: { kind: 'GitRepository', name: 'apps' } }
const CHART = { chart: { spec: { chart: 'shop', sourceRef: { kind: 'HelmRepository', name: 'shop' } } } }

describe('owners on a real API server that has their definitions', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'owners-'))
  let harness: ClusterHarness
  let cluster: Cluster
  /** Definitions that were not there before. */
  const installed: string[] = []
  const applied: string[] = []

  beforeAll(async () => {
    harness = await ClusterHarness.create(kubeconfig)
    for (const definition of DEFINITIONS) await install(definition)
    cluster = await harness.connect()
  })
  afterAll(async () => {
    for (const file of applied) await kubectl('delete', '--ignore-not-found', '-f', file)
    for (const name of installed) await kubectl('delete', 'crd', name)
    await harness.remove()
    rmSync(folder, { recursive: true })
  })

  async function install({ group, version, kind, plural }: Definition): Promise<void> {
    const name = `${plural}.${group}`
    const resource = `customresourcedefinitions ${name}`
    const home = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
    if ((await harness.api.read({ verb: 'get', resource, path: `${home}/${name}` })) !== null) return
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
    const spec = {
      ...{ group, scope: 'Namespaced', names: { kind, plural, singular: kind.toLowerCase() } },
      versions: [{ name: version, served: true, storage: true, schema }],
    }
    const body = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name }, spec }
    await harness.must({ verb: 'create', resource, path: home, body })
    installed.push(name)
    const served = { verb: 'list', resource: plural, path: `/apis/${group}/${version}/${plural}` } as const
    await until(`${name} to be served`, async () => (await harness.api.call(served)).status === 200)
  }

  async function make({ group, version, kind, plural }: Definition, name: string, spec: JsonObject): Promise<void> {
    const body = { apiVersion: `${group}/${version}`, kind, metadata: { name }, spec }
    const where = `/apis/${group}/${version}/namespaces/${harness.namespace}/${plural}`
    await harness.must({ verb: 'create', resource: plural, path: where, body })
  }

  /** A Deployment with these marks, as our informers have it. */
  async function mark(name: string, marks: { labels?: Record<string, string>; annotations?: Record<string, string> }): Promise<void> {
    await harness.createDeployment(name, { image: 'shop:1' })
    await harness.change(name, { metadata: marks })
    const [key = ''] = Object.keys({ ...marks.labels, ...marks.annotations })
    await until(`the marks of ${name}`, () => {
      const state = cluster.deployment(harness.ref(name))
      return state !== null && (key in state.labels || key in state.annotations || key === '')
    })
  }
  const owner = (name: string): Promise<Owner | 'silent' | null> => cluster.owner(harness.ref(name))
  const isSuspended = (one: Owner | 'silent' | null) => one !== null && one !== 'silent' && one.undo === 'until_resumed'
  const tracked = (app: string, name: string) => ({
    annotations: { 'argocd.argoproj.io/tracking-id': `${harness.namespace}_${app}:apps/Deployment:${harness.namespace}/${name}` },
  })
  const flux = (prefix: string, name: string) => ({
    labels: { [`${prefix}.toolkit.fluxcd.io/name`]: name, [`${prefix}.toolkit.fluxcd.io/namespace`]: harness.namespace },
  })

  it.each<[string, JsonObject, Partial<Owner>]>([
    ['by-hand', {}, { undo: 'until_next_sync' }],
    ['auto', { syncPolicy: { automated: {} } }, { undo: 'until_next_commit' }],
    ['heals', { syncPolicy: { automated: { selfHeal: true } } }, { undo: 'reverted', revertsWithinMs: 5_000 }],
  ])('reads the Application %s', async (name, spec, expected) => {
    await make(APPLICATION, name, { ...APP_SPEC, ...spec })
    await mark(`argo-${name}`, tracked(name, `argo-${name}`))
    expect(await owner(`argo-${name}`)).toEqual({ kind: 'argo_cd', name: `${harness.namespace}/${name}`, known: 'object', ...expected })
  })

  it('finds an Application whose namespace nobody names', async () => {
    const name = `alone-${harness.namespace}`
    await make(APPLICATION, name, APP_SPEC)
    const annotations = { 'argocd.argoproj.io/tracking-id': `${name}:apps/Deployment:${harness.namespace}/argo-alone` }
    await mark('argo-alone', { annotations })
    expect(await owner('argo-alone')).toMatchObject({ name: `${harness.namespace}/${name}`, undo: 'until_next_sync', known: 'object' })
  })

  it('reads a Kustomization, and sees it suspended', async () => {
    await make(KUSTOMIZATION, 'apps', { ...SOURCE, interval: '10m0s' })
    await mark('kustomized', flux('kustomize', 'apps'))
    const expected = { kind: 'flux_kustomization', name: `${harness.namespace}/apps`, known: 'object' }
    expect(await owner('kustomized')).toEqual({ ...expected, undo: 'reverted', revertsWithinMs: 600_000 })
    const at = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${harness.namespace}/kustomizations/apps`
    const patch = { verb: 'patch', resource: 'apps', path: at, contentType: 'application/merge-patch+json' } as const
    await harness.must({ ...patch, body: { spec: { suspend: true } } })
    await until('that it is suspended', async () => isSuspended(await owner('kustomized')))
  })

  it('reads a HelmRelease, with and without drift detection', async () => {
    await make(HELM_RELEASE, 'plain', { ...CHART, interval: '5m' })
    await make(HELM_RELEASE, 'mends', { ...CHART, interval: '5m', driftDetection: { mode: 'enabled' } })
    await mark('released', flux('helm', 'plain'))
    await mark('mended', flux('helm', 'mends'))
    expect(await owner('released')).toMatchObject({ undo: 'until_next_upgrade', known: 'object' })
    expect(await owner('mended')).toMatchObject({ undo: 'reverted', revertsWithinMs: 300_000, known: 'object' })
  })

  it('finds the Rollout and the Canary that take a Deployment over', async () => {
    await mark('rolled', {})
    await mark('canaried', {})
    const reference = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name })
    await make(ROLLOUT, 'front', { workloadRef: reference('rolled'), strategy: { canary: {} } })
    await make(CANARY, 'front', { targetRef: reference('canaried'), service: { port: 80 }, analysis: { interval: '1m', threshold: 1 } })
    // One that has not looked yet: who takes Deployments over is kept for half a minute.
    const fresh = await harness.connect()
    const name = `${harness.namespace}/front`
    expect(await fresh.owner(harness.ref('rolled'))).toEqual({ kind: 'argo_rollouts', name, undo: 'reverted', known: 'object' })
    expect(await fresh.owner(harness.ref('canaried'))).toEqual({ kind: 'flagger', name, undo: 'reverted', known: 'object' })
  })

  /** The kubeconfig of a ServiceAccount with these manifests and no more. */
  async function granted(account: string, files: readonly string[]): Promise<string> {
    for (const name of files) {
      const text = readFileSync(path.join(manifests, name), 'utf8')
        .replaceAll(/namespace: (edgelink|snapback|argocd|flux-system)$/gm, `namespace: ${harness.namespace}`)
        .replaceAll(/name: snapback$/gm, `name: ${account}`)
        .replaceAll(/name: snapback-owners$/gm, `name: ${account}-owners`)
      const file = path.join(folder, `${account}-${name}`)
      // Both of its Roles land in the one namespace of this test: they must not replace each other.
      writeFileSync(file, name === 'rbac-owners.yaml' ? apart(text) : text)
      await kubectl('apply', '-f', file)
      applied.push(file)
    }
    const where = `/api/v1/namespaces/${harness.namespace}/serviceaccounts/${account}/token`
    const answer = await harness.must({ verb: 'create', resource: 'tokens', path: where, body: { spec: { expirationSeconds: 3600 } } })
    const config = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'))
    config.users = config.users.map(({ name }: { name: string }) => ({ name, user: { token: at(answer, 'status', 'token') } }))
    const ofAccount = path.join(folder, `${account}.kubeconfig`)
    writeFileSync(ofAccount, JSON.stringify(config))
    return ofAccount
  }
  const apart = (text: string) =>
    text
      .split('---\n')
      .map((part, index) => part.replaceAll(/-owners$/gm, `-owners-${Math.floor(index / 2)}`))
      .join('---\n')

  it('says where it may not read, and takes the marks and the worst', async () => {
    await make(APPLICATION, 'secret', APP_SPEC)
    await mark('argo-secret', tracked('secret', 'argo-secret'))
    const account = await granted('blind', ['rbac.yaml'])
    await kubectl('patch', 'role', 'blind', '-n', harness.namespace, '--type=json', '-p', await withoutOwners('blind'))
    const blind = await harness.connect({ kubeconfig: account })
    const name = `${harness.namespace}/secret`
    expect(await blind.owner(harness.ref('argo-secret'))).toMatchObject({ kind: 'argo_cd', name, undo: 'reverted', known: 'not_allowed' })
    expect(await blind.owner(harness.ref('kustomized'))).toMatchObject({ undo: 'reverted', known: 'not_allowed' })
  })

  /** A JSON Patch that leaves the rules of Kubernetes' own groups. */
  async function withoutOwners(role: string): Promise<string> {
    const { rules } = JSON.parse(await kubectl('get', 'role', role, '-n', harness.namespace, '-o', 'json'))
    const own = rules.filter(({ apiGroups }: { apiGroups: string[] }) => apiGroups.every((group) => group === '' || group === 'apps'))
    return JSON.stringify([{ op: 'replace', path: '/rules', value: own }])
  }

  it.each([
    ['listed', ['rbac.yaml', 'rbac-owners.yaml']],
    ['everywhere', ['rbac-all-namespaces.yaml']],
  ])('reads every kind with the rights of our manifests: %s', async (account, files) => {
    const seeing = await harness.connect({ kubeconfig: await granted(`${account}-${harness.namespace}`, files) })
    for (const name of ['argo-heals', 'kustomized', 'released', 'rolled', 'canaried']) {
      expect(await seeing.owner(harness.ref(name)), name).toMatchObject({ known: 'object' })
    }
  })

  it('may write none of them', async () => {
    for (const { plural, group } of DEFINITIONS) {
      const as = `system:serviceaccount:${harness.namespace}:listed-${harness.namespace}`
      const asked = ['auth', 'can-i', 'patch', `${plural}.${group}`, '-n', harness.namespace, '--as', as]
      const answer = await kubectl(...asked).catch((error: { stdout: string }) => error.stdout)
      expect(answer.trim(), plural).toBe('no')
    }
  })
})
