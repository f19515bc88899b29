import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../lib/core/json.ts'
import { ClusterHarness, until } from '../../lib/testing/cluster-harness.ts'
import { ApiWorld } from '../../lib/testing/cluster-world.ts'
import { createWorld, type PodView, type World } from '../world.ts'
import { type KubeApi, serveKubeApi } from './kube-api.ts'
import { writeKubeconfig } from './kubeconfig.ts'

const TOKEN = 'of-this-test'

/** What the contract does not ask, as the fake kubelet of a real control plane has none: logs, and what the sandbox does not serve. */
describe('the sandbox’s API', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-'))
  let world: World
  let api: KubeApi
  let harness: ClusterHarness
  beforeAll(async () => {
    world = createWorld({ timing: { startMs: 20, readyMs: 50, stopMs: 20, crashMs: 50, backOffMs: 200 } })
    api = await serveKubeApi(world, { port: 0, token: TOKEN })
    const kubeconfig = path.join(folder, 'kubeconfig.json')
    writeKubeconfig(kubeconfig, { url: api.url, token: TOKEN })
    harness = new ClusterHarness(await ApiWorld.create(kubeconfig))
  })
  afterAll(async () => {
    await harness?.remove()
    await api?.stop()
    rmSync(folder, { recursive: true })
  })

  const ask = async (where: string, headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` }) => {
    const response = await fetch(`${api.url}${where}`, { headers })
    const text = await response.text()
    const isStatus = response.status >= 400
    return { status: response.status, text, body: isStatus ? (JSON.parse(text) as JsonObject) : {} }
  }
  const podThat = (workload: string, is: (pod: PodView) => boolean) =>
    until(`a pod of ${workload}`, () => world.pods().find((pod) => pod.workload === workload && is(pod)) ?? null)

  it('answers 401 to whoever has no token or another', async () => {
    for (const headers of [{}, { authorization: 'Bearer of-somebody-else' }]) {
      const { status, body } = await ask('/version', headers as Record<string, string>)
      expect([status, body['reason']]).toEqual([401, 'Unauthorized'])
    }
  })

  it.each(['/api', '/apis/batch/v1/jobs', '/api/v1/endpoints', '/api/v1/namespaces/default/pods/x/exec'])(
    'answers 501 to %s',
    async (where) => {
      const { status, body } = await ask(where)
      expect([status, body['kind'], body['code']]).toEqual([501, 'Status', 501])
    },
  )

  it('answers 404 to API groups that somebody may have installed in a real cluster', async () => {
    for (const where of ['/apis/argoproj.io', '/apis/flagger.app/v1beta1/namespaces/default/canaries']) {
      const { status, body } = await ask(where)
      expect([status, body['reason']]).toEqual([404, 'NotFound'])
    }
  })

  it('tells of everything there is to a watch from the beginning, with a bookmark at its end', async () => {
    const { text } = await ask('/api/v1/namespaces?watch=true&allowWatchBookmarks=true&timeoutSeconds=1')
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'BOOKMARK'])
    expect(events.at(-1).object).toMatchObject({ kind: 'Namespace', metadata: { resourceVersion: String(world.store.version) } })
  })

  it('has logs and Events that tell why a container crashes, as the adapter reads them', async () => {
    const cluster = await harness.connect()
    await harness.createDeployment('broken', { image: 'shop/broken:1.1.0-crash-loop' })
    const { name } = await podThat('broken', ({ restarts }) => restarts > 1)
    const { events, logs } = await cluster.inspectPod(harness.namespace, name)
    expect(logs).toMatchObject({ container: 'main', previous: true, lines: expect.arrayContaining([expect.stringContaining('FATAL')]) })
    expect(events).toContainEqual(expect.objectContaining({ type: 'Warning', reason: 'BackOff' }))
  })

  it('gives as much of a log as is asked for', async () => {
    await harness.createDeployment('talking', { image: 'shop/talking:1.0.0' })
    const { name } = await podThat('talking', ({ ready }) => ready)
    const where = `/api/v1/namespaces/${harness.namespace}/pods/${name}/log`
    const whole = (await ask(where)).text.trimEnd().split('\n')
    expect(whole[0]).toMatch(/^20\d\d-.*INFO {2}starting main shop\/talking:1\.0\.0$/)
    expect((await ask(`${where}?tailLines=1`)).text).toBe(`${whole.at(-1)}\n`)
    expect((await ask(`${where}?limitBytes=5`)).text).toHaveLength(5)
  })

  it('says why there is no log', async () => {
    const { name } = await podThat('talking', ({ ready }) => ready)
    const where = `/api/v1/namespaces/${harness.namespace}/pods`
    expect(await ask(`${where}/${name}/log?previous=true`)).toMatchObject({
      status: 400,
      body: { reason: 'BadRequest', message: `previous terminated container "main" in pod "${name}" not found` },
    })
    expect((await ask(`${where}/${name}/log?container=none`)).status).toBe(400)
    expect((await ask(`${where}/nobody/log`)).status).toBe(404)
  })
})
