import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../../ports.ts'
import { at, ClusterHarness, present } from '../../testing/cluster-harness.ts'

const kubeconfig = process.env['KUBECONFIG'] ?? ''
const manifests = fileURLToPath(new URL('../../../deploy/kubernetes', import.meta.url))
const kubectl = async (...args: string[]) => (await promisify(execFile)('kubectl', args)).stdout

const SETTINGS = { kind: 'ConfigMap', name: 'settings' } as const
const KEYS = { kind: 'Secret', name: 'keys' } as const

describe('with the rights of our manifests and no more', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rbac-'))
  /** Where Snapback runs, what it watches, and what is none of its business. */
  let own: ClusterHarness
  let watched: ClusterHarness
  let foreign: ClusterHarness
  let admin: Cluster
  const applied: string[] = []
  beforeAll(async () => {
    own = await ClusterHarness.create(kubeconfig)
    watched = await ClusterHarness.create(kubeconfig)
    foreign = await ClusterHarness.create(kubeconfig)
    const data = { level: 'aHVudGVyMg==' }
    await watched.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data })
    await watched.create('secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, data })
    for (const harness of [watched, foreign]) {
      const cluster = await harness.connect()
      if (harness === watched) admin = cluster
      await harness.deployAll(cluster, 'shop', ['shop:1', 'shop:2'])
      const spec = { ports: [{ port: 80 }], selector: { app: 'shop' } }
      await harness.create('services', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' }, spec })
    }
  })
  afterAll(async () => {
    for (const file of applied) await kubectl('delete', '--ignore-not-found', '-f', file)
    for (const harness of [own, watched, foreign]) await harness?.remove()
    rmSync(folder, { recursive: true })
  })

  /** Applies a manifest under names of this test; gives the kubeconfig of its ServiceAccount. */
  async function granted(manifest: string, account: string, change = (text: string) => text): Promise<string> {
    const kubeconfigOfAccount = path.join(folder, `${account}.kubeconfig`)
    if (existsSync(kubeconfigOfAccount)) return kubeconfigOfAccount
    const text = change(readFileSync(path.join(manifests, manifest), 'utf8'))
      .replaceAll(/namespace: edgelink$/gm, `namespace: ${watched.namespace}`)
      .replaceAll(/namespace: snapback$/gm, `namespace: ${own.namespace}`)
      .replaceAll(/name: snapback$/gm, `name: ${account}`)
    const file = path.join(folder, `${account}.yaml`)
    writeFileSync(file, text)
    await kubectl('apply', '-f', file)
    applied.push(file)
    const where = `/api/v1/namespaces/${own.namespace}/serviceaccounts/${account}/token`
    const answer = await own.must({ verb: 'create', resource: 'tokens', path: where, body: { spec: { expirationSeconds: 3600 } } })
    const config = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '--flatten', '-o', 'json'))
    config.users = config.users.map(({ name }: { name: string }) => ({ name, user: { token: at(answer, 'status', 'token') } }))
    writeFileSync(kubeconfigOfAccount, JSON.stringify(config))
    return kubeconfigOfAccount
  }

  /** Every call of the port; throws where a right is missing. */
  async function useAll(cluster: Cluster): Promise<void> {
    const workload = watched.ref('shop')
    const request = { ...watched.undoRequest(admin, 'shop', 'shop:1'), dryRun: true }
    expect(cluster.deployment(workload)).toEqual(admin.deployment(workload))
    expect(cluster.revisions(workload)).toEqual(admin.revisions(workload))
    expect(await cluster.read(workload)).toEqual(cluster.deployment(workload))
    const pods = await cluster.pods(workload, request.from.uid)
    expect(pods).toHaveLength(1)
    const inspection = await cluster.inspectPod(watched.namespace, present(pods[0]).name)
    expect(inspection.events).toEqual(expect.any(Array))
    // Whether a log comes depends on the kubelet; that it may be asked for does not.
    expect(inspection.logs).not.toBe('not_allowed')
    expect(await cluster.inspectConfig(watched.namespace, SETTINGS)).toMatchObject({ writtenAt: expect.any(Number) })
    expect(await cluster.deploymentOfPod(watched.namespace, present(pods[0]).name)).toEqual(workload)
    expect(await cluster.namespacesOfService('shop')).toContain(watched.namespace)
    expect(await cluster.deploymentsOfService(watched.namespace, 'shop')).toEqual([workload])
    expect(await cluster.template(workload, request.to.uid)).not.toBeNull()
    expect(await cluster.dryRunUndo(request)).toEqual({ kind: 'accepted' })
    await cluster.ping()
  }

  it('makes every call in a listed namespace', async () => {
    const account = await granted('rbac.yaml', 'snapback')
    const cluster = await watched.connect({ kubeconfig: account })
    await useAll(cluster)
    expect(await cluster.undo(watched.undoRequest(admin, 'shop', 'shop:1'))).toMatchObject({ kind: 'applied' })
    await watched.untilRolledOut(admin, 'shop')
  })

  it('cannot touch a namespace that is not listed, even if it were told to', async () => {
    const account = await granted('rbac.yaml', 'snapback')
    const cluster = foreign.connectIdle({ kubeconfig: account })
    const request = foreign.undoRequest(await foreign.connect(), 'shop', 'shop:1')
    const forbidden = { code: 'upstream_unavailable', message: expect.stringMatching(/^kubernetes: get deployments .* 403 /) }
    await expect(cluster.read(request.workload)).rejects.toMatchObject(forbidden)
    await expect(cluster.undo(request)).rejects.toMatchObject(forbidden)
    expect(await cluster.dryRunUndo(request)).toMatchObject({ kind: 'silent' })
    await expect(cluster.deploymentsOfService(foreign.namespace, 'shop')).rejects.toMatchObject({ message: expect.stringContaining('403') })
    const patch = ['patch', 'deployment', 'shop', '-n', foreign.namespace, '-p', '{"spec":{"paused":true}}']
    await expect(kubectl('--kubeconfig', account, ...patch)).rejects.toThrow('forbidden')
  })

  it('is refused the patch, with the server’s words, where it may only read', async () => {
    const account = await granted('rbac.yaml', 'snapback-viewer', (text) => text.replace(', patch', ''))
    const cluster = watched.connectIdle({ kubeconfig: account })
    const outcome = await cluster.undo(watched.undoRequest(admin, 'shop', 'shop:2'))
    expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringMatching(/^403 .*cannot patch resource/) })
  })

  it('says that Events, logs and ConfigMaps are not allowed where those rights are left out, and reads the rest', async () => {
    const without = (text: string) =>
      text
        .replace('resources: [pods/log]', 'resources: [none]')
        .replace('resources: [events]', 'resources: [none]')
        .replace('resources: [configmaps]', 'resources: [none]')
    const account = await granted('rbac.yaml', 'snapback-blind', without)
    const cluster = await watched.connect({ kubeconfig: account })
    const [current] = cluster.revisions(watched.ref('shop'))
    const [pod] = await cluster.pods(watched.ref('shop'), present(current).uid)
    expect(await cluster.inspectPod(watched.namespace, present(pod).name)).toEqual({ events: 'not_allowed', logs: 'not_allowed' })
    expect(await cluster.inspectConfig(watched.namespace, SETTINGS)).toBe('not_allowed')
  })

  it('says of a Secret that it is not allowed, and reads its metadata once the manifest for that is applied', async () => {
    const account = await granted('rbac.yaml', 'snapback')
    const cluster = watched.connectIdle({ kubeconfig: account })
    expect(await cluster.inspectConfig(watched.namespace, KEYS)).toBe('not_allowed')
    const text = readFileSync(path.join(manifests, 'rbac-secrets.yaml'), 'utf8')
      .replaceAll(/namespace: edgelink$/gm, `namespace: ${watched.namespace}`)
      .replaceAll(/namespace: snapback$/gm, `namespace: ${own.namespace}`)
    const file = path.join(folder, 'secrets.yaml')
    writeFileSync(file, text)
    await kubectl('apply', '-f', file)
    try {
      const seen = async () => cluster.inspectConfig(watched.namespace, KEYS)
      await expect.poll(seen, { timeout: 10_000 }).toMatchObject({ writtenAt: expect.any(Number) })
    } finally {
      await kubectl('delete', '-f', file)
    }
  })

  it('says in its log and by not being synced that the rights for a namespace are missing', async () => {
    const account = await granted('rbac.yaml', 'snapback')
    const cluster = foreign.connectIdle({ kubeconfig: account })
    const stop = new AbortController()
    await cluster.watch(() => {}, stop.signal)
    await expect.poll(() => foreign.lines.filter(({ event }) => event === 'kubernetes.watch.lost').length, { timeout: 10_000 }).toBe(2)
    expect(cluster.isSynced()).toBe(false)
    expect(cluster.trouble()).toMatch(/^kubernetes: list \w+.*: 403 .*cannot list resource/)
    stop.abort()
  })

  it.each([
    'delete deployments.apps',
    'update deployments.apps',
    'create deployments.apps',
    'patch deployments.apps/scale',
    'patch replicasets.apps',
    'delete replicasets.apps',
    'delete pods',
    'create events',
    'watch events',
    'create pods/exec',
    'create pods/eviction',
    'list services',
    'get secrets',
    'list configmaps',
    'update configmaps',
  ])('may not %s, not even where it watches', async (wanted) => {
    const [verb = '', kind = ''] = wanted.split(' ')
    const [name = '', subresource] = kind.split('/')
    const account = `system:serviceaccount:${own.namespace}:snapback`
    await granted('rbac.yaml', 'snapback')
    const flags = ['-n', watched.namespace, '--as', account, ...(subresource ? [`--subresource=${subresource}`] : [])]
    const answer = await kubectl('auth', 'can-i', verb, name, ...flags).catch((error: { stdout: string }) => error.stdout)
    expect(answer.trim()).toBe('no')
    const isAllowed = await kubectl('auth', 'can-i', 'patch', 'deployments.apps', '-n', watched.namespace, '--as', account)
    expect(isAllowed.trim()).toBe('yes')
  })

  it('makes every call in all namespaces with the manifest for those', async () => {
    const account = await granted('rbac-all-namespaces.yaml', `snapback-all-${own.namespace}`)
    const cluster = await watched.connect({ kubeconfig: account, namespaces: null })
    await useAll(cluster)
    expect(await cluster.namespacesOfService('shop')).toEqual(expect.arrayContaining([watched.namespace, foreign.namespace]))
  })
})
