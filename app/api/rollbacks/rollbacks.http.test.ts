import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NewRollback } from '../../../lib/ports.ts'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'
import { AT, insertRollback } from '../../../lib/testing/new-rows.ts'

interface Page {
  items: { id: string; phase: string }[]
  nextCursor: string | null
}

const REASON = { reason: 'said the team' }

let api: AppApi
beforeAll(async () => {
  api = await startAppApi()
})
afterAll(() => api.close())

function insert(name: string, fields: Partial<NewRollback> = {}) {
  return api.store.transaction((tx) => insertRollback(tx, { name, ...fields }))
}

function propose(name: string) {
  return insert(name, { phase: 'proposed', nextStepAt: null, expiresAt: Date.now() + 3_600_000 })
}

test('one rollback comes with its timeline and its clocks, the parts added up', async () => {
  const clocks = { startedAt: AT - 60_000, receivedAt: AT - 1_000, decidedAt: AT, restoredAt: AT + 9_000, mitigatedAt: AT + 9_000 }
  const { id } = await insert('clocks', { phase: 'verifying', clocks: { ...NONE, ...clocks, startedAtSource: 'active_at' } })
  await api.store.transaction((tx) =>
    tx.appendTimeline({ kind: 'restored', at: AT, actor: { kind: 'engine' }, data: { to: 1 } }, { incidentId: null, rollbackId: id }),
  )
  const { status, body } = await api.get(`/api/rollbacks/${id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    rollback: {
      id,
      clocks: { restoredAt: '2026-01-05T10:00:09.123Z', undoneAt: null, parts: { detectMs: 59_000, mttrMs: 69_000, verifyMs: null } },
    },
    timeline: [{ kind: 'restored', at: '2026-01-05T10:00:00.123Z', data: { to: 1 } }],
  })
})

const NONE = { deployedAt: null, undoneAt: null, verifiedAt: null }

test('lists are told apart by phase, openness and workload', async () => {
  const open = await insert('told-apart', { phase: 'undoing' })
  const ended = await insert('told-apart', { phase: 'succeeded' })
  const ids = async (query: string) =>
    (await api.get<Page>(`/api/rollbacks?namespace=shop&name=told-apart${query}`)).body.items.map(({ id }) => id)
  expect(await ids('')).toEqual([ended.id, open.id])
  expect(await ids('&open=true')).toEqual([open.id])
  expect(await ids('&open=false')).toEqual([ended.id])
  expect(await ids('&phase=succeeded')).toEqual([ended.id])
})

test('a list pages by cursor: every row once, and null at the end', async () => {
  for (const name of ['page-1', 'page-2', 'page-3']) await insert(name, { phase: 'expired' })
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: Page } = await api.get<Page>(
      `/api/rollbacks?phase=expired&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
    )
    seen.push(...body.items.map(({ id }) => id))
    cursor = body.nextCursor
  } while (cursor !== null)
  expect(seen).toHaveLength(3)
  expect(new Set(seen).size).toBe(3)
})

test('a yes asks the cluster again: while that is not read yet it is a 502 that names it, and the proposal waits on', async () => {
  const { id } = await propose('approve')
  const refused = await api.send('POST', `/api/rollbacks/${id}/approve`, REASON, 'operator')
  expect(refused).toMatchObject({ status: 502, body: { detail: expect.stringContaining('kubernetes') } })
  expect((await api.get(`/api/rollbacks/${id}`)).body).toMatchObject({ rollback: { phase: 'proposed' }, timeline: [] })
})

test('a proposal is answered once; a second answer is a conflict', async () => {
  const { id } = await propose('twice')
  expect((await api.send('POST', `/api/rollbacks/${id}/decline`, REASON, 'operator')).status).toBe(200)
  for (const answer of ['approve', 'decline', 'abort']) {
    expect((await api.send('POST', `/api/rollbacks/${id}/${answer}`, REASON, 'operator')).status).toBe(409)
  }
  expect((await api.get(`/api/rollbacks/${id}`)).body).toMatchObject({
    timeline: [{ kind: 'declined', actor: { kind: 'token', name: 'test' }, data: { detail: REASON.reason } }],
  })
})

test('a proposal is declined with a reason that stays', async () => {
  const { id } = await propose('decline')
  expect(await api.send('POST', `/api/rollbacks/${id}/decline`, REASON, 'operator')).toMatchObject({
    status: 200,
    body: { phase: 'declined', outcome: { reason: 'declined_by_hand', detail: REASON.reason } },
  })
})

test('an abort works before the patch and is a conflict afterwards', async () => {
  const pending = await insert('abort-early')
  expect(await api.send('POST', `/api/rollbacks/${pending.id}/abort`, REASON, 'operator')).toMatchObject({ body: { phase: 'aborted' } })
  const undone = await insert('abort-late', { phase: 'progressing' })
  const refused = await api.send('POST', `/api/rollbacks/${undone.id}/abort`, REASON, 'operator')
  expect(refused).toMatchObject({ status: 409, contentType: 'application/problem+json' })
})

test('answers need a reason and the role operator, and an unknown rollback is a 404', async () => {
  const { id } = await propose('refused')
  const approve = `/api/rollbacks/${id}/approve`
  expect(await api.send('POST', approve, {}, 'operator')).toMatchObject({ status: 400, body: { errors: [{ path: 'reason' }] } })
  expect((await api.send('POST', approve, REASON, 'viewer')).status).toBe(403)
  const unknown = '/api/rollbacks/00000000-0000-7000-8000-000000000000'
  expect((await api.send('POST', `${unknown}/approve`, REASON, 'operator')).status).toBe(404)
  expect((await api.get(unknown)).status).toBe(404)
})

test('a rollback by hand while the cluster is not read yet is a 502 that names it', async () => {
  const body = { workload: { namespace: 'shop', kind: 'Deployment', name: 'checkout' }, reason: 'orders fail' }
  const refused = await api.send('POST', '/api/rollbacks', body, 'operator')
  expect(refused).toMatchObject({ status: 502, body: { detail: expect.stringContaining('kubernetes') } })
})
