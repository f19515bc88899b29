import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiToken } from '../../../lib/testing/api-token.ts'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'
import { AT, aWorkload, insertRollback } from '../../../lib/testing/new-rows.ts'

interface Condemned {
  condemned: boolean
  by: { rollbackId: string; condemnedAt: string; images: string[] }[]
}

const BAD = ['registry.example/checkout:1.5.0', 'envoy:1.30']
const path = (name: string, ...images: string[]) =>
  `/api/workloads/shop/Deployment/${name}/condemned?${images.map((image) => `image=${encodeURIComponent(image)}`).join('&')}`

let api: AppApi
let rollbackId: string
beforeAll(async () => {
  api = await startAppApi()
  rollbackId = await api.store.transaction(async (tx) => {
    const { id, workloadId } = await insertRollback(tx, { phase: 'succeeded' })
    await tx.condemn({ workloadId, materialFingerprint: 'bad', rollbackId: id, images: BAD, at: AT })
    await tx.condemn({ workloadId, materialFingerprint: 'forgiven', rollbackId: id, images: ['registry.example/checkout:1.4.9'], at: AT })
    await tx.takeBackCondemnation({ workloadId, materialFingerprint: 'forgiven', at: AT + 1 })
    await tx.workloadId(aWorkload('front'), AT)
    return id
  })
})
afterAll(() => api?.close())

test('an image of a condemned template is, by which rollback and since when', async () => {
  const { status, body } = await api.get<Condemned>(path('checkout', 'registry.example/checkout:1.5.0'), 'viewer')
  expect(status).toBe(200)
  expect(body).toEqual({ condemned: true, by: [{ rollbackId, condemnedAt: new Date(AT).toISOString(), images: BAD }] })
})

test.each([
  ['another tag', 'checkout', ['registry.example/checkout:1.5.1']],
  ['what somebody took back', 'checkout', ['registry.example/checkout:1.4.9']],
  ['an image of another workload', 'front', ['registry.example/checkout:1.5.0']],
  ['anything of a workload that was never seen', 'new-one', ['registry.example/new-one:1']],
])('%s is not condemned', async (_, name, images) => {
  expect(await api.get(path(name, ...images))).toMatchObject({ status: 200, body: { condemned: false, by: [] } })
})

test('of several images one is enough', async () => {
  expect((await api.get<Condemned>(path('checkout', 'migrate:1', 'registry.example/checkout:1.5.0'))).body.condemned).toBe(true)
})

test.each([
  ['none', '/api/workloads/shop/Deployment/checkout/condemned'],
  ['an empty one', path('checkout', ' ')],
  ['one with a blank in it', path('checkout', 'a b')],
])('%s is a 400 that names the field', async (_, url) => {
  expect(await api.get(url)).toMatchObject({ status: 400, body: { errors: [{ path: expect.stringMatching(/^image/) }] } })
})

test('the lines of docs/guide.md stop a pipeline that deploys what was rolled back, and no other', async () => {
  const guide = readFileSync(fileURLToPath(new URL('../../../docs/guide.md', import.meta.url)), 'utf8')
  const lines = guide.match(/^ {4}# Ends with 1 .*\n(?: {4}.*\n)+/m)?.[0] ?? ''
  const token = await createApiToken(api.databaseUrl, 'viewer')
  const run = (IMAGE: string, SNAPBACK = api.app.url) =>
    spawnSync('bash', ['-c', lines], { encoding: 'utf8', env: { ...process.env, TOKEN: token, SNAPBACK, IMAGE } })
  expect(run('registry.example/checkout:1.5.0')).toMatchObject({ status: 1, stderr: expect.stringContaining('was rolled back before') })
  expect(run('registry.example/checkout:1.6.0')).toMatchObject({ status: 0, stdout: expect.stringContaining('"condemned":false') })
  expect(run('registry.example/checkout:1.5.0', 'http://127.0.0.1:9')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('no answer'),
  })
})
