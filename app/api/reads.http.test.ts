import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../../lib/testing/app-api.ts'
import { AT, aDecision, aDeploy, anEpisode, aRevision, aWorkload, insertRollback } from '../../lib/testing/new-rows.ts'
import { someEvidence } from '../../lib/testing/store-contract-evidence.ts'

const UNKNOWN = '00000000-0000-7000-8000-000000000000'

let api: AppApi
let seeded: { incidentId: string; decisionId: string; rollbackId: string }

beforeAll(async () => {
  api = await startAppApi()
  seeded = await seed()
})
afterAll(() => api.close())

/** What the engine leaves of a bad deploy of shop/checkout, and a quiet workload beside it. */
function seed() {
  return api.store.transaction(async (tx) => {
    const workloadId = await tx.workloadId(aWorkload(), AT)
    await tx.workloadId(aWorkload('quiet'), AT)
    await tx.recordDeploy(aDeploy({ workloadId, completedAt: AT + 1 }))
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: 2 }), deployedAt: AT + 60_000 }))
    const incident = await tx.insertIncident({ workloadId, openedAt: AT, startedAt: AT, startedAtSource: 'active_at' })
    const episode = await tx.insertEpisode(anEpisode({ workloadId, incidentId: incident.id, truncatedAlerts: 3 }))
    const checks = [
      { gate: 'cooldown' as const, answer: 'pass' as const, reason: 'not_cooling_down' as const, values: { endsAt: AT }, endsAt: null },
    ]
    const decisionId = await tx.insertDecision(aDecision({ workloadId, incidentId: incident.id, episodeId: episode.id, checks }))
    const rollback = await insertRollback(tx, { workloadId, incidentId: incident.id, phase: 'verifying' })
    await tx.saveEvidence({ incidentId: incident.id }, someEvidence())
    const material = aRevision({ number: 2 }).materialFingerprint
    await tx.condemn({ workloadId, materialFingerprint: material, rollbackId: rollback.id, images: ['shop/checkout:2'], at: AT })
    await tx.appendTimeline(
      { kind: 'alert_fired', at: AT, actor: { kind: 'webhook' }, data: {} },
      { incidentId: incident.id, rollbackId: null },
    )
    return { incidentId: incident.id, decisionId, rollbackId: rollback.id }
  })
}

test('an incident shows its alerts, decisions, rollbacks and timeline, and that alerts were cut off', async () => {
  const { status, body } = await api.get(`/api/incidents/${seeded.incidentId}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    incident: { id: seeded.incidentId, workload: aWorkload(), startedAt: '2026-01-05T10:00:00.123Z', closedAt: null },
    episodes: [{ truncatedAlerts: 3, labels: { alertname: 'HighErrorRate' } }],
    rollbacks: [{ id: seeded.rollbackId, clocks: { parts: { decideMs: 1_000 } } }],
    timeline: [{ kind: 'alert_fired', actor: { kind: 'webhook' } }],
  })
  expect(body).toMatchObject({ decisions: expect.arrayContaining([expect.objectContaining({ id: seeded.decisionId })]) })
})

test('an incident and its rollback show what was seen of the pods: Events, log lines, what changed', async () => {
  const seen = {
    revision: { number: 2 },
    seenAt: '2026-01-05T10:00:00.123Z',
    pods: [
      { name: 'checkout-1', reason: 'CrashLoopBackOff', events: [{ reason: 'BackOff', count: 7 }], logs: { lines: ['panic: no pool'] } },
    ],
    diff: [{ kind: 'image', before: 'shop/checkout:2', after: 'shop/checkout:1' }],
  }
  expect((await api.get(`/api/incidents/${seeded.incidentId}`)).body).toMatchObject({ evidence: [seen] })
  expect((await api.get(`/api/rollbacks/${seeded.rollbackId}`)).body).toMatchObject({ evidence: seen })
})

test('the signal of an incident says why there is nothing to draw, and a missing incident is none', async () => {
  const { status, body } = await api.get(`/api/incidents/${seeded.incidentId}/signal`)
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { state: 'no_prometheus', alert: 'HighErrorRate', from: '2026-01-05T09:45:00.123Z' },
  })
  expect((await api.get(`/api/incidents/${UNKNOWN}/signal`)).status).toBe(404)
})

test('a decision shows every check with the values it saw, and the facts', async () => {
  const { body } = await api.get(`/api/decisions/${seeded.decisionId}`)
  expect(body).toMatchObject({
    checks: [{ gate: 'cooldown', answer: 'pass', values: { endsAt: '2026-01-05T10:00:00.123Z' } }],
    facts: { at: '2026-01-05T10:00:00.123Z', policy: { cooldownMs: 900_000 } },
  })
})

test('a workload shows its deploys, newest first: when, how that is known, and what is condemned', async () => {
  const { body } = await api.get('/api/workloads/shop/Deployment/checkout')
  expect(body).toMatchObject({
    ref: aWorkload(),
    openIncidentId: seeded.incidentId,
    openRollback: { id: seeded.rollbackId, phase: 'verifying' },
    deploys: [
      { revision: { number: 2, images: ['shop/checkout:2'] }, source: 'watched', completedAt: null, condemned: true },
      { revision: { number: 1 }, deployedAt: '2026-01-05T10:00:00.123Z', condemned: false },
    ],
  })
})

test('lists narrow by what they are asked', async () => {
  const count = async (path: string) => (await api.get<{ items: unknown[] }>(path)).body.items.length
  expect(await count('/api/incidents?open=true')).toBe(1)
  expect(await count('/api/incidents?open=false')).toBe(0)
  expect(await count('/api/decisions?namespace=shop&name=checkout')).toBe(2)
  expect(await count('/api/decisions?namespace=shop&name=quiet')).toBe(0)
  expect(await count('/api/workloads?namespace=shop')).toBe(2)
  expect(await count('/api/workloads?namespace=bank')).toBe(0)
})

test('workloads page by name, and a cursor leads on', async () => {
  interface Page {
    items: { ref: { name: string } }[]
    nextCursor: string | null
  }
  const first = (await api.get<Page>('/api/workloads?limit=1')).body
  expect(first.items.map(({ ref }) => ref.name)).toEqual(['checkout'])
  const second = (await api.get<Page>(`/api/workloads?limit=1&cursor=${first.nextCursor}`)).body
  expect(second).toMatchObject({ items: [{ ref: { name: 'quiet' } }], nextCursor: null })
})

const LISTS = ['/api/incidents', '/api/decisions', '/api/rollbacks', '/api/workloads', '/api/audit']
const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test.each(LISTS)('%s refuses what it does not know by its name', async (list) => {
  const refused = async (query: string) => {
    const { status, body } = await api.get<{ errors: { path: string }[] }>(`${list}?${query}`)
    return [status, body.errors?.map(({ path }) => path)]
  }
  expect(await refused('cursor=nonsense')).toEqual([400, ['cursor']])
  expect(await refused(`cursor=${cursorOf(['x'])}`)).toEqual([400, ['cursor']])
  expect(await refused(`cursor=${cursorOf(['a', 'b', '\0'])}`)).toEqual([400, ['cursor']])
  expect(await refused('limit=0')).toEqual([400, ['limit']])
  expect(await refused('limt=5')).toEqual([400, ['limt']])
  expect(await refused('limit=1&limit=2')).toEqual([400, ['limit']])
})

test.each([
  [`/api/incidents/${UNKNOWN}`, 404],
  [`/api/decisions/${UNKNOWN}`, 404],
  [`/api/rollbacks/${UNKNOWN}`, 404],
  ['/api/workloads/shop/Deployment/nobody', 404],
  ['/api/incidents/nonsense', 400],
  ['/api/workloads/shop/StatefulSet/checkout', 400],
  ['/api/workloads/shop/Deployment/No%00Name', 400],
])('%s is a %i, told as a problem', async (path, status) => {
  expect(await api.get(path)).toMatchObject({ status, contentType: 'application/problem+json', body: { status, instance: path } })
})
