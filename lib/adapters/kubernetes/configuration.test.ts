import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfiguration } from './configuration.ts'
import { connectKubernetes } from './connect.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'))
afterAll(() => rmSync(folder, { recursive: true }))

const log = { debug() {}, info() {}, warn() {}, error() {} }
const connect = (kubeconfig: string | null) => connectKubernetes({ kubeconfig, namespaces: null, log, now: Date.now })

describe('KUBECONFIG', () => {
  it.each([
    ['a file that is not there', () => path.join(folder, 'missing'), /^KUBECONFIG: .*missing does not exist$/],
    ['a directory', () => folder, /^KUBECONFIG: .* is a directory$/],
    ['what is no kubeconfig', () => file('nonsense', 'token: secret-1: ['), /^KUBECONFIG: .*nonsense is no kubeconfig$/],
    ['an empty file', () => file('empty', ''), /^KUBECONFIG: .*empty is no kubeconfig$/],
    [
      'a context that names no cluster',
      () => file('lost', aConfig({ context: 'other' })),
      /^KUBECONFIG: the current context names no cluster$/,
    ],
    [
      'a server that is no address',
      () => file('bad', aConfig({ server: 'kube:6443x' })),
      /^KUBECONFIG: the cluster's server is no http or https/,
    ],
    [
      'credentials in the clear',
      () => file('plain', aConfig({ server: 'http://kube' })),
      /^KUBECONFIG: an http server needs insecure-skip-tls-verify$/,
    ],
  ])('that names %s is an error that names it, and quotes no file', (_, make, message) => {
    expect(() => connect(make())).toThrow(message)
    expect(() => connect(make())).toThrow(expect.objectContaining({ code: 'invalid' }))
    expect(() => connect(make())).not.toThrow(/secret/)
  })

  it('may name several files, the first of which tells the context', () => {
    const first = file('first', aConfig({ server: 'https://one.test' }))
    const second = file('second', aConfig({ server: 'https://two.test', name: 'b' }))
    const config = loadConfiguration([first, second].join(path.delimiter))
    expect(config?.getCurrentCluster()?.server).toBe('https://one.test')
    expect(config?.getClusters()).toHaveLength(2)
  })

  it('that leads to a server which is down is no error yet', async () => {
    const cluster = connect(file('down', aConfig({ server: 'https://127.0.0.1:1' })))
    expect(cluster.isSynced()).toBe(false)
    await expect(cluster.ping()).rejects.toMatchObject({ code: 'upstream_unavailable', message: 'kubernetes: get version: ECONNREFUSED' })
  })
})

describe('without any configuration', () => {
  it('every call says that no cluster is configured', async () => {
    const cluster = connect(null)
    const workload = { namespace: 'edgelink', kind: 'Deployment' as const, name: 'shop' }
    const expected = { code: 'upstream_unavailable', upstream: 'kubernetes', message: expect.stringContaining('no cluster is configured') }
    await expect(cluster.read(workload)).rejects.toMatchObject(expected)
    await expect(cluster.ping()).rejects.toMatchObject(expected)
    await expect(cluster.deploymentOfPod('edgelink', 'shop-1')).rejects.toMatchObject(expected)
    await cluster.watch(() => {}, new AbortController().signal)
    expect([cluster.isSynced(), cluster.deployments(), cluster.clockSkewMs()]).toEqual([false, [], null])
  })
})

function file(name: string, text: string): string {
  const at = path.join(folder, name)
  writeFileSync(at, text)
  return at
}

function aConfig({
  server = 'https://kube.test',
  context = 'a',
  name = 'a',
}: {
  server?: string
  context?: string
  name?: string
}): string {
  return JSON.stringify({
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token: 'secret-2' } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': context,
  })
}
