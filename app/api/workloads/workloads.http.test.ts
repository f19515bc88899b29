import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'
import { AT, aDeploy, aRevision, aWorkload, insertRollback } from '../../../lib/testing/new-rows.ts'

const CHECKOUT = '/api/workloads/shop/Deployment/checkout'
const BAD = aRevision({ number: 2 })

let api: AppApi
let rollbackId: string

/** No cluster is configured: what is on record has to do. */
beforeAll(async () => {
  api = await startAppApi()
  rollbackId = await api.store.transaction(async (tx) => {
    const workloadId = await tx.workloadId(aWorkload(), AT)
    await tx.workloadId({ ...aWorkload('front'), namespace: 'apps' }, AT)
    await tx.recordDeploy(aDeploy({ workloadId }))
    await tx.recordDeploy(aDeploy({ workloadId, revision: BAD, deployedAt: AT + 60_000 }))
    const rollback = await insertRollback(tx, { workloadId, phase: 'unverified', endedAt: AT + 90_000 })
    await tx.condemn({ workloadId, materialFingerprint: BAD.materialFingerprint, rollbackId: rollback.id, images: BAD.images, at: AT })
    return rollback.id
  })
})
afterAll(() => api?.close())

test('the list narrows by name and namespace, and shows the mode in force and what ended last', async () => {
  const { body } = await api.get('/api/workloads?search=CHECK&namespace=shop')
  expect(body).toMatchObject({
    items: [{ ref: aWorkload(), mode: 'observe', exists: null, lastRollback: { id: rollbackId, phase: 'unverified' } }],
    namespaces: ['apps', 'shop'],
  })
  expect((await api.get<{ items: unknown[] }>('/api/workloads?search=check&namespace=apps')).body.items).toEqual([])
})

test('without a cluster nobody is known to own a workload, and one that nobody owned when it was rolled back has not drifted', async () => {
  expect((await api.get(CHECKOUT)).body).toMatchObject({ owner: null, drift: null, lastRollback: { id: rollbackId } })
  expect((await api.get<{ items: { drift: unknown }[] }>('/api/workloads?search=checkout')).body.items[0]?.drift).toBeNull()
})

test('without a cluster the revisions are the record, and the reply says so', async () => {
  const { status, body } = await api.get(`${CHECKOUT}/revisions`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    cluster: 'silent',
    exists: null,
    revisions: [
      { revision: { number: 2 }, isThere: false, standing: 'condemned', condemned: { rollbackId, at: '2026-01-05T10:00:00.123Z' } },
      { revision: { number: 1 }, isThere: false, standing: 'short', servedMs: 60_000 },
    ],
  })
})

test.each([
  ['a difference', `${CHECKOUT}/revisions/rs-1/diff`],
  ['a preflight', `${CHECKOUT}/preflight`],
])('%s needs the cluster, and names it when it does not answer', async (_, path) => {
  const { status, contentType, body } = await api.get(path, 'operator')
  expect([status, contentType]).toEqual([502, 'application/problem+json'])
  expect(body).toMatchObject({ detail: expect.stringMatching(/^kubernetes: /) })
})

test('a condemnation is taken back once, with a reason, and is in the audit', async () => {
  const takeBack = (reason: string) =>
    api.send('POST', `${CHECKOUT}/condemned`, { condemned: false, materialFingerprint: BAD.materialFingerprint, reason }, 'operator')
  expect((await takeBack(' ')).status).toBe(400)
  expect(await takeBack('it was the database')).toMatchObject({ status: 200, body: { rollbackId, images: BAD.images } })
  expect((await takeBack('again')).status).toBe(409)
  expect((await api.get(`${CHECKOUT}/revisions`)).body).toMatchObject({ revisions: [{ condemned: null }, {}] })
  const { body } = await api.get<{ items: unknown[] }>('/api/audit')
  const entry = { action: 'condemnation.take-back', target: 'shop/Deployment/checkout', reason: 'it was the database' }
  expect(body.items[0]).toMatchObject(entry)
})
