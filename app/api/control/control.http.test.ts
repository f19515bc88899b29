import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'
import { insertRollback } from '../../../lib/testing/new-rows.ts'

interface Control {
  version: number
  isDryRun: boolean
  pauses: { scope: object; reason: string; since: string; until: string | null; actor: object }[]
}
interface Steered {
  control: Control
  underWay: { id: string; phase: string }[]
}

const CLUSTER = { level: 'cluster' }
const IN_AN_HOUR = new Date(Date.now() + 3_600_000).toISOString()

let api: AppApi
beforeAll(async () => {
  api = await startAppApi()
})
afterAll(() => api.close())

function steer<T = Steered>(body: object, as: 'viewer' | 'operator' = 'operator') {
  return api.send<T>('POST', '/api/control', body, as)
}

test('the first start is in dry run, enabled and not paused', async () => {
  const { status, body } = await api.get<Control>('/api/control')
  expect(status).toBe(200)
  expect(body).toMatchObject({ enabled: true, isDryRun: true, pauses: [] })
})

test('a pause is shown to everyone with who, why and until when; a resume ends it', async () => {
  const scope = { level: 'namespace', namespace: 'shop' }
  const paused = await steer({ action: 'pause', scope, reason: 'the database moves', until: IN_AN_HOUR })
  expect(paused.status).toBe(200)
  const { body } = await api.get<Control>('/api/control')
  expect(body.pauses).toMatchObject([{ scope, reason: 'the database moves', until: IN_AN_HOUR, actor: { kind: 'token', name: 'test' } }])

  const resumed = await steer({ action: 'resume', scope, reason: 'it moved', version: body.version })
  expect(resumed.body.control.pauses).toEqual([])
  expect((await steer({ action: 'resume', scope, reason: 'again' })).status).toBe(409)
})

test('the answer to a pause names the rollbacks that it cannot stop any more', async () => {
  const underWay = await api.store.transaction((tx) => insertRollback(tx, { phase: 'progressing', name: 'under-way' }))
  await api.store.transaction((tx) => insertRollback(tx, { phase: 'pending', name: 'not-yet' }))
  const { body } = await steer({ action: 'pause', scope: CLUSTER, reason: 'stop' })
  expect(body.underWay).toEqual([
    { id: underWay.id, workload: { namespace: 'shop', kind: 'Deployment', name: 'under-way' }, phase: 'progressing' },
  ])
  await steer({ action: 'resume', scope: CLUSTER, reason: 'go on' })
})

test('dry run goes off for an hour', async () => {
  const { body } = await steer({ action: 'dry-run', on: false, reason: 'trial', until: IN_AN_HOUR })
  expect(body.control).toMatchObject({ isDryRun: false, dryRun: { on: false, until: IN_AN_HOUR } })
})

test('a change on an old version is a conflict and changes nothing', async () => {
  const before = (await api.get<Control>('/api/control')).body
  const refused = await steer({ action: 'pause', scope: CLUSTER, reason: 'late', version: before.version - 1 })
  expect(refused).toMatchObject({ status: 409, contentType: 'application/problem+json' })
  expect((await api.get<Control>('/api/control')).body).toEqual(before)
})

test.each([
  ['an expiry in the past', { action: 'pause', scope: CLUSTER, reason: 'x', until: '2020-01-01T00:00:00Z' }, 'until'],
  ['no reason', { action: 'pause', scope: CLUSTER }, 'reason'],
  ['an action that does not exist', { action: 'stop', scope: CLUSTER, reason: 'x' }, 'action'],
  ['a field that is not known', { action: 'resume', scope: CLUSTER, reason: 'x', util: IN_AN_HOUR }, 'util'],
])('%s is a 400 that names the field', async (_case, body, path) => {
  const refused = await steer<{ errors: { path: string }[] }>(body)
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path }] } })
})

test('a viewer reads and does not steer', async () => {
  expect((await api.get('/api/control', 'viewer')).status).toBe(200)
  expect((await steer({ action: 'pause', scope: CLUSTER, reason: 'x' }, 'viewer')).status).toBe(403)
})

test('every change is in the audit, newest first, with its reason', async () => {
  await steer({ action: 'pause', scope: CLUSTER, reason: 'for the audit' })
  const { body } = await api.get<{ items: object[] }>('/api/audit?limit=1')
  expect(body.items).toMatchObject([{ action: 'control.pause', target: 'cluster', reason: 'for the audit', actor: { kind: 'token' } }])
})

test('while configuration demands dry run, nobody switches it off here', async () => {
  const strict = await startAppApi({ DRY_RUN: 'true' })
  try {
    const refused = await strict.send('POST', '/api/control', { action: 'dry-run', on: false, reason: 'trial' }, 'operator')
    expect(refused.status).toBe(409)
    expect((await strict.get('/api/control')).body).toMatchObject({ isDryRun: true, configured: { dryRun: true } })
  } finally {
    await strict.close()
  }
})
