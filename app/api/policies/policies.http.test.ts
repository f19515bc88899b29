import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'

const CHECKOUT = '/api/workloads/shop/Deployment/checkout/policy'

interface WorkloadPolicy {
  fields: object
  version: number
  resolved: Record<string, unknown>
  sources: Record<string, string>
}

let api: AppApi
beforeAll(async () => {
  api = await startAppApi()
})
afterAll(() => api.close())

test('before anyone set anything, the defaults hold', async () => {
  const { body } = await api.get('/api/policies')
  expect(body).toMatchObject({ defaults: { mode: 'observe', cooldownMs: 900_000 }, policies: [] })
  expect((await api.get(CHECKOUT)).body).toMatchObject({ fields: {}, version: 0, sources: { mode: 'default' }, annotation: null })
})

test('a field comes from the nearest scope that sets it, and goes back when that sets it no longer', async () => {
  const cluster = { scope: { level: 'cluster' }, fields: { mode: 'auto', bakeTimeMs: 60_000 }, version: 0, reason: 'we trust it' }
  expect(await api.send('PUT', '/api/policies', cluster, 'admin')).toMatchObject({ status: 200, body: { version: 1, known: null } })
  const own = { fields: { mode: 'suggest', cooldownMs: 0 }, version: 0, reason: 'checkout is delicate' }
  expect((await api.send('PUT', CHECKOUT, own, 'admin')).status).toBe(200)

  const set = (await api.get<WorkloadPolicy>(CHECKOUT)).body
  expect(set.fields).toEqual(own.fields)
  expect(set.resolved).toMatchObject({ mode: 'suggest', bakeTimeMs: 60_000, cooldownMs: 0, minRequests: 20 })
  expect(set.sources).toMatchObject({ mode: 'workload', bakeTimeMs: 'cluster', cooldownMs: 'workload', minRequests: 'default' })

  const unset = { fields: { mode: null, cooldownMs: 0 }, version: set.version, reason: 'like the others' }
  expect(await api.send('PUT', CHECKOUT, unset, 'admin')).toMatchObject({ status: 200, body: { fields: { cooldownMs: 0 } } })
  expect((await api.get<WorkloadPolicy>(CHECKOUT)).body).toMatchObject({ resolved: { mode: 'auto' }, sources: { mode: 'cluster' } })
})

test('a policy saved on an old version is a conflict: nobody overwrites', async () => {
  const scope = { level: 'namespace', namespace: 'bank' }
  const save = (version: number) => api.send('PUT', '/api/policies', { scope, fields: { mode: 'off' }, version, reason: 'freeze' }, 'admin')
  expect((await save(0)).status).toBe(200)
  expect(await save(0)).toMatchObject({ status: 409, contentType: 'application/problem+json' })
  expect((await save(1)).status).toBe(200)
})

test.each([
  ['a bake time under five seconds', { bakeTimeMs: 1 }, 'fields.bakeTimeMs'],
  ['a mode that does not exist', { mode: 'on' }, 'fields.mode'],
  ['a misspelt field', { cooldown: 60_000 }, 'fields.cooldown'],
  ['a mapping without a workload', { services: [{ service: 'shop' }] }, 'fields.services.0.workload'],
])('%s is a 400 that names the field', async (_case, fields, path) => {
  const body = { scope: { level: 'cluster' }, fields, version: 1, reason: 'x' }
  expect(await api.send('PUT', '/api/policies', body, 'admin')).toMatchObject({ status: 400, body: { errors: [{ path }] } })
})

test.each([
  ['/api/policies', { scope: { level: 'namespace', namespace: 'bank' } }],
  [CHECKOUT, {}],
])('a budget is refused in %s where it is not the cluster’s', async (path, scope) => {
  const body = { ...scope, fields: { budget: { count: 9, windowMs: 60_000 } }, version: 0, reason: 'more for us' }
  expect(await api.send('PUT', path, body, 'admin')).toMatchObject({ status: 400, body: { errors: [{ path: 'fields.budget' }] } })
})

test('everyone reads policies, only an admin sets them', async () => {
  const body = { fields: {}, version: 0, reason: 'x' }
  expect((await api.get('/api/policies', 'viewer')).status).toBe(200)
  expect((await api.send('PUT', CHECKOUT, body, 'operator')).status).toBe(403)
})

test('the audit keeps what a policy was and what it became', async () => {
  const { body } = await api.get<{ items: { action: string }[] }>('/api/audit?limit=200')
  const saves = body.items.filter(({ action }) => action === 'policy.save')
  expect(saves.at(-1)).toMatchObject({ target: 'cluster', reason: 'we trust it', before: {}, after: { mode: 'auto', bakeTimeMs: 60_000 } })
})
