import { afterAll, beforeAll, expect, test } from 'vitest'
import { decide } from '../../../lib/core/decide.ts'
import type { Page } from '../../../lib/ports.ts'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'
import { aFacts, T0 } from '../../../lib/testing/builders.ts'
import { aDecision, aRevision, aRollback, aWorkload } from '../../../lib/testing/new-rows.ts'

interface Judged {
  judgement: { version: number; judgement: string; note: string | null; actor: { kind: string } }
  takenBack: { materialFingerprint: string } | null
  condemned: boolean | null
}
interface Replayed {
  answer: string
  after: { effect: string; reason: string } | null
  madeBy: string[]
  changed: string[]
}

const NOTE = 'it was the database'
const RANGE = { from: new Date(T0 - 1).toISOString(), to: new Date(T0 + 1).toISOString() }

let api: AppApi
let decisionId = ''
let rollbackId = ''
let incidentId = ''

/** An alert rolled checkout back from 2 to 1, and 2 was condemned. */
beforeAll(async () => {
  api = await startAppApi()
  await api.store.transaction(async (tx) => {
    const workloadId = await tx.workloadId(aWorkload(), T0)
    const incident = await tx.insertIncident({ workloadId, openedAt: T0, startedAt: T0, startedAtSource: 'active_at' })
    incidentId = incident.id
    const facts = aFacts({ policy: { mode: 'auto' } })
    decisionId = await tx.insertDecision(aDecision({ ...decide(facts), workloadId, incidentId, decidedAt: T0, facts }))
    const rollback = aRollback({ workloadId, incidentId, decisionId, phase: 'succeeded', from: aRevision({ number: 2 }) })
    rollbackId = (await tx.insertRollback(rollback)).id
    await tx.condemn({ workloadId, materialFingerprint: 'material-2', rollbackId, images: ['checkout:2'], at: T0 })
  })
})
afterAll(() => api.close())

const judge = (body: unknown, as: 'viewer' | 'operator' = 'operator') =>
  api.send<Judged>('POST', `/api/decisions/${decisionId}/judgement`, body, as)

test('who may only look may not judge', async () => {
  expect(await judge({ judgement: 'right', version: 0 }, 'viewer')).toMatchObject({ status: 403 })
})

test('wrong without a note is a 400 that names it', async () => {
  expect(await judge({ judgement: 'wrong', version: 0 })).toMatchObject({ status: 400, body: { errors: [{ path: 'note' }] } })
})

test('wrong takes the condemnation back; the judgement is shown wherever the decision is', async () => {
  expect(await judge({ judgement: 'wrong', note: NOTE, version: 0 })).toMatchObject({
    status: 200,
    body: {
      judgement: { version: 1, judgement: 'wrong', note: NOTE, actor: { kind: 'token' } },
      takenBack: { materialFingerprint: 'material-2' },
      condemned: false,
    },
  })
  const judgement = { judgement: 'wrong', note: NOTE, version: 1 }
  expect((await api.get(`/api/decisions/${decisionId}`)).body).toMatchObject({ judgement })
  expect((await api.get(`/api/rollbacks/${rollbackId}`)).body).toMatchObject({
    judgement,
    timeline: [{ kind: 'judged', data: { condemnation: 'taken_back' } }],
  })
  expect((await api.get(`/api/incidents/${incidentId}`)).body).toMatchObject({ decisions: [{ judgement }], timeline: [{ kind: 'judged' }] })
  const audit = await api.get<Page<{ action: string; reason: string }>>('/api/audit')
  expect(audit.body.items[0]).toMatchObject({ action: 'decision.judge', reason: NOTE })
})

test('whoever judges on an old version is told to look again; right does not condemn again', async () => {
  expect(await judge({ judgement: 'right', version: 0 })).toMatchObject({ status: 409 })
  expect(await judge({ judgement: 'right', version: 1 })).toMatchObject({
    status: 200,
    body: { judgement: { version: 2, note: null }, takenBack: null, condemned: false },
  })
})

test('a decision that is not there is a 404, judged or replayed', async () => {
  const path = `/api/decisions/${incidentId}`
  expect(await api.send('POST', `${path}/judgement`, { judgement: 'right', version: 0 }, 'operator')).toMatchObject({ status: 404 })
  expect(await api.get(`${path}/replay`)).toMatchObject({ status: 404 })
})

test('a viewer replays a decision with the policy of now, and with an edit of it', async () => {
  const path = `/api/decisions/${decisionId}/replay`
  const now = await api.get<Replayed>(path)
  expect(now).toMatchObject({ status: 200, body: { answer: 'changed', after: { effect: 'simulate' }, changed: ['mode'] } })
  const edited = await api.send<Replayed>('POST', path, { fields: { mode: 'auto' } }, 'viewer')
  expect(edited).toMatchObject({ status: 200, body: { answer: 'same', after: { effect: 'act' }, madeBy: [], changed: [] } })
  const refused = await api.send('POST', path, { fields: { cooldown: 1 } }, 'viewer')
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'fields.cooldown' }] } })
})

test('a viewer replays a time, and nothing is left of it in the audit', async () => {
  const before = (await api.get<Page<unknown>>('/api/audit')).body.items.length
  const edit = { fields: { mode: 'off' }, scope: { level: 'cluster' } }
  expect(await api.send('POST', '/api/replay', { ...RANGE, edit }, 'viewer')).toMatchObject({
    status: 200,
    body: {
      decisions: 1,
      changed: 1,
      truncated: false,
      changes: [{ decisionId, after: { effect: 'none', reason: 'mode_off' }, madeBy: ['control'], judgement: { judgement: 'right' } }],
      judged: { changed: { right: 1, wrong: 0 } },
    },
  })
  expect(await api.send('POST', '/api/replay', { ...RANGE, namespace: 'other' }, 'viewer')).toMatchObject({ body: { decisions: 0 } })
  expect((await api.get<Page<unknown>>('/api/audit')).body.items).toHaveLength(before)
})
