import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, expect, test } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import type { DeploymentState } from '../../core/workload.ts'
import { createApiClient } from './api-client.ts'
import { projectDeployment } from './project.ts'
import { OwnerReader } from './read-owner.ts'

const SELF_HEALS = { syncPolicy: { automated: { selfHeal: true } } }
const TRACKED = { 'argocd.argoproj.io/tracking-id': 'store:apps/Deployment:shop/checkout' }
const KUSTOMIZED = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' }

let server: http.Server | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

interface Slow {
  after: number
  answer: JsonObject | number
}
type Answers = Record<string, JsonObject | number | 'never' | Slow>

function isSlow(answer: Answers[string]): answer is Slow {
  return typeof answer === 'object' && 'after' in answer
}

/** A server that has these answers and nothing else; a number is a status. `'never'` does not answer. */
async function reading(answers: Answers) {
  const asked: string[] = []
  let now = 0
  server = http.createServer((request, response) => {
    asked.push(request.url ?? '')
    const told = answers[request.url ?? ''] ?? 404
    if (told === 'never') return
    const { after, answer } = isSlow(told) ? told : { after: 0, answer: told }
    setTimeout(() => {
      response.writeHead(typeof answer === 'number' ? answer : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(typeof answer === 'number' ? { message: 'no' } : answer))
    }, after)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const config = new KubeConfig()
  config.loadFromClusterAndUser(
    { name: 'c', server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, skipTLSVerify: true },
    { name: 'u', token: 'token' },
  )
  const reader = new OwnerReader(createApiClient(config, { timeoutMs: 5_000, now: () => now }), () => now)
  return { reader, asked, pass: (ms: number) => (now += ms) }
}

function aDeployment(metadata: JsonObject): DeploymentState {
  return projectDeployment({ metadata: { namespace: 'shop', name: 'checkout', ...metadata } }).state
}

function named(namespace: string, name: string, rest: JsonObject): JsonObject {
  return { metadata: { namespace, name }, ...rest }
}

const ARGO = { '/apis/argoproj.io': { preferredVersion: { version: 'v1alpha1' } } }
const FLUX = { '/apis/kustomize.toolkit.fluxcd.io': { preferredVersion: { version: 'v1beta2' } } }

test('an Application is read where Argo CD usually is', async () => {
  const path = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/store'
  const { reader } = await reading({ ...ARGO, [path]: named('argocd', 'store', { spec: SELF_HEALS }) })
  expect(await reader.read(aDeployment({ annotations: TRACKED }))).toEqual({
    ...{ kind: 'argo_cd', name: 'argocd/store', undo: 'reverted', revertsWithinMs: 5_000, known: 'object' },
  })
})

test('an Application elsewhere is found by its name, unless two have it', async () => {
  const path = '/apis/argoproj.io/v1alpha1/applications?fieldSelector=metadata.name%3Dstore&limit=2'
  const one = named('gitops', 'store', { spec: {} })
  const found = await reading({ ...ARGO, [path]: { items: [one] } })
  expect(await found.reader.read(aDeployment({ annotations: TRACKED }))).toMatchObject({ name: 'gitops/store', undo: 'until_next_sync' })
  server?.close()
  const two = await reading({ ...ARGO, [path]: { items: [one, named('other', 'store', { spec: {} })] } })
  expect(await two.reader.read(aDeployment({ annotations: TRACKED }))).toMatchObject({
    name: 'store',
    undo: 'reverted',
    known: 'not_found',
  })
})

test('an Application that names its namespace is looked for nowhere else', async () => {
  const path = '/apis/argoproj.io/v1alpha1/namespaces/teams/applications/store'
  const { reader, asked } = await reading({ ...ARGO, [path]: named('teams', 'store', { spec: {} }) })
  const annotations = { 'argocd.argoproj.io/tracking-id': 'teams_store:apps/Deployment:shop/checkout' }
  expect(await reader.read(aDeployment({ annotations }))).toMatchObject({ name: 'teams/store', known: 'object' })
  expect(asked.filter((url) => url.includes('applications'))).toEqual([path])
})

test('what may not be read is taken for the worst, and says why', async () => {
  const at = (namespace: string) => `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/store`
  const { reader } = await reading({ ...ARGO, [at('argocd')]: 403, [at('openshift-gitops')]: 403 })
  expect(await reader.read(aDeployment({ annotations: TRACKED }))).toMatchObject({ name: 'store', undo: 'reverted', known: 'not_allowed' })
})

test('a Kustomization is read in the version that the server prefers', async () => {
  const path = '/apis/kustomize.toolkit.fluxcd.io/v1beta2/namespaces/flux-system/kustomizations/apps'
  const { reader } = await reading({ ...FLUX, [path]: named('flux-system', 'apps', { spec: { interval: '5m' } }) })
  expect(await reader.read(aDeployment({ labels: KUSTOMIZED }))).toEqual({
    ...{ kind: 'flux_kustomization', name: 'flux-system/apps', undo: 'reverted', revertsWithinMs: 300_000, known: 'object' },
  })
})

test('marks that were left over name an owner that is not there', async () => {
  const { reader } = await reading({})
  expect(await reader.read(aDeployment({ labels: KUSTOMIZED }))).toMatchObject({ undo: 'reverted', known: 'not_found' })
})

test('a server that does not answer costs a second, not the decision', async () => {
  const path = '/apis/kustomize.toolkit.fluxcd.io/v1beta2/namespaces/flux-system/kustomizations/apps'
  const { reader } = await reading({ ...FLUX, [path]: 'never' })
  expect(await reader.read(aDeployment({ labels: KUSTOMIZED }))).toMatchObject({ undo: 'reverted', known: 'silent' })
})

test('who is asked step by step has a second in all, not each time', async () => {
  // Every step of an Application's three is answered just in time, and all of them together are not.
  const slowly = { after: 700, answer: { preferredVersion: { version: 'v1alpha1' } } }
  const at = (namespace: string) => `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications/store`
  const path = '/apis/argoproj.io/v1alpha1/applications?fieldSelector=metadata.name%3Dstore&limit=2'
  const answers = {
    '/apis/argoproj.io': slowly,
    [at('argocd')]: { after: 700, answer: 404 },
    [at('openshift-gitops')]: { after: 700, answer: 404 },
    [path]: { after: 0, answer: { items: [named('gitops', 'store', { spec: {} })] } },
  }
  const { reader, asked } = await reading(answers)
  expect(await reader.read(aDeployment({ annotations: TRACKED }))).toMatchObject({ name: 'store', undo: 'reverted', known: 'silent' })
  // What was asked goes on meanwhile: the next one has the answer at hand.
  await expect.poll(() => asked.includes(path)).toBe(true)
  expect(await reader.read(aDeployment({ annotations: TRACKED }))).toMatchObject({ undo: 'until_next_sync', known: 'object' })
})

test('without marks, silence about who takes Deployments over is silence; with marks it is said beside them', async () => {
  const { reader } = await reading({ '/apis/flagger.app': 'never' })
  expect(await reader.read(aDeployment({}))).toBe('silent')
  const helm = { annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' } }
  expect(await reader.read(aDeployment(helm))).toEqual({ kind: 'helm', name: 'shop/shop', undo: 'until_next_upgrade', known: 'silent' })
})

test('an error of the server is no list without Canaries', async () => {
  const path = '/apis/flagger.app/v1beta1/namespaces/shop/canaries?limit=500'
  const { reader } = await reading({ '/apis/flagger.app': { preferredVersion: { version: 'v1beta1' } }, [path]: 500 })
  expect(await reader.read(aDeployment({}))).toBe('silent')
})

test('Canaries that our role may not list are none, and are no silence', async () => {
  const path = '/apis/flagger.app/v1beta1/namespaces/shop/canaries?limit=500'
  const { reader } = await reading({ '/apis/flagger.app': { preferredVersion: { version: 'v1beta1' } }, [path]: 403 })
  expect(await reader.read(aDeployment({}))).toBeNull()
})

test('a list that falls silent says for ten minutes what it said last, and is asked again', async () => {
  const path = '/apis/flagger.app/v1beta1/namespaces/shop/canaries?limit=500'
  const canary = named('shop', 'front', { spec: { targetRef: { kind: 'Deployment', name: 'checkout' } } })
  const answers: Answers = { '/apis/flagger.app': { preferredVersion: { version: 'v1beta1' } }, [path]: { items: [canary] } }
  const { reader, pass } = await reading(answers)
  expect(await reader.read(aDeployment({}))).toMatchObject({ kind: 'flagger' })
  answers[path] = 503
  pass(30_000)
  expect(await reader.read(aDeployment({}))).toMatchObject({ kind: 'flagger', name: 'shop/front' })
  pass(570_000)
  expect(await reader.read(aDeployment({}))).toBe('silent')
  answers[path] = { items: [] }
  pass(2_000)
  expect(await reader.read(aDeployment({}))).toBeNull()
})

test('that nobody takes it over is kept through a silence as well', async () => {
  const answers: Answers = {}
  const { reader, pass } = await reading(answers)
  expect(await reader.read(aDeployment({}))).toBeNull()
  answers['/apis/flagger.app'] = 'never'
  pass(30_000)
  expect(await reader.read(aDeployment({}))).toBeNull()
})

test('of more Canaries than one page holds the last is found', async () => {
  const path = '/apis/flagger.app/v1beta1/namespaces/shop/canaries?limit=500'
  const canary = (name: string) => named('shop', `of-${name}`, { spec: { targetRef: { kind: 'Deployment', name } } })
  const { reader } = await reading({
    '/apis/flagger.app': { preferredVersion: { version: 'v1beta1' } },
    [path]: { metadata: { continue: 'a' }, items: [canary('cart')] },
    [`${path}&continue=a`]: { metadata: { continue: 'b' }, items: [] },
    [`${path}&continue=b`]: { metadata: {}, items: [canary('checkout')] },
  })
  expect(await reader.read(aDeployment({}))).toMatchObject({ kind: 'flagger', name: 'shop/of-checkout' })
})

test('a page that fails is no end of the list', async () => {
  const path = '/apis/flagger.app/v1beta1/namespaces/shop/canaries?limit=500'
  const { reader } = await reading({
    '/apis/flagger.app': { preferredVersion: { version: 'v1beta1' } },
    [path]: { metadata: { continue: 'a' }, items: [] },
    [`${path}&continue=a`]: 410,
  })
  expect(await reader.read(aDeployment({}))).toBe('silent')
})

test('a Rollout that takes its pods from the Deployment comes before who applies it', async () => {
  const rollout = named('shop', 'front', { spec: { workloadRef: { kind: 'Deployment', name: 'checkout' } } })
  const { reader } = await reading({ ...ARGO, '/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts?limit=500': { items: [rollout] } })
  const owner = { kind: 'argo_rollouts', name: 'shop/front', undo: 'reverted', known: 'object' }
  expect(await reader.read(aDeployment({ annotations: TRACKED }))).toEqual(owner)
  expect(await reader.read(aDeployment({}))).toEqual(owner)
})

test('a Canary that targets the Deployment', async () => {
  const canary = named('shop', 'front', { spec: { targetRef: { kind: 'Deployment', name: 'checkout' } } })
  const { reader } = await reading({
    '/apis/flagger.app': { preferredVersion: { version: 'v1beta1' } },
    '/apis/flagger.app/v1beta1/namespaces/shop/canaries?limit=500': { items: [canary] },
  })
  expect(await reader.read(aDeployment({}))).toEqual({ kind: 'flagger', name: 'shop/front', undo: 'reverted', known: 'object' })
})

test('of a Deployment that nobody owns two questions are asked, and not again for half a minute', async () => {
  const { reader, asked, pass } = await reading({})
  for (const _ of [1, 2, 3]) expect(await reader.read(aDeployment({}))).toBeNull()
  expect(asked.sort()).toEqual(['/apis/argoproj.io', '/apis/flagger.app'])
  pass(30_000)
  await reader.read(aDeployment({}))
  expect(asked).toHaveLength(4)
})

test('an owner that was suspended is seen within two seconds', async () => {
  const path = '/apis/kustomize.toolkit.fluxcd.io/v1beta2/namespaces/flux-system/kustomizations/apps'
  const answers = { ...FLUX, [path]: named('flux-system', 'apps', { spec: { interval: '5m' } }) }
  const { reader, pass } = await reading(answers)
  const deployment = aDeployment({ labels: KUSTOMIZED })
  expect(await reader.read(deployment)).toMatchObject({ undo: 'reverted' })
  answers[path] = named('flux-system', 'apps', { spec: { interval: '5m', suspend: true } })
  pass(2_000)
  expect(await reader.read(deployment)).toMatchObject({ undo: 'until_resumed' })
})

test('a controlling reference needs no reading', async () => {
  const { reader, asked } = await reading({})
  const ownerReferences = [{ controller: true, kind: 'Canary', name: 'front', uid: 'u' }]
  expect(await reader.read(aDeployment({ ownerReferences }))).toMatchObject({ kind: 'controller', name: 'Canary front', undo: 'reverted' })
  expect(asked).toEqual([])
})
