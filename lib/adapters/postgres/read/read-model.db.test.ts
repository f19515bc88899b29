import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NO_CLOCKS } from '../../../core/clocks.ts'
import type { WorkloadFacts } from '../../../core/decision.ts'
import { PHASES } from '../../../core/rollback.ts'
import type { Page, PageRequest, ReadModel, Tx } from '../../../ports.ts'
import { AT, aDecision, aDeploy, anEpisode, aRevision, aRollback, aWorkload, insertRollback } from '../../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../../testing/postgres-store.ts'

let under: PostgresUnderTest
let read: ReadModel
beforeAll(async () => {
  under = await connectTestPostgres()
  read = under.postgres.read
})
beforeEach(() => under.clear())
afterAll(() => under.close())

const FIRST: PageRequest = { cursor: null, limit: 50 }
const store = <T>(work: (tx: Tx) => Promise<T>) => under.postgres.store.transaction(work)

/** Reads page after page, two rows each. */
async function allPages<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[][]> {
  const pages: T[][] = []
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page: Page<T> = await list({ cursor, limit: 2 })
    pages.push(page.items)
    cursor = page.nextCursor
  }
  return pages
}

async function incidentOf(tx: Tx, name: string) {
  return tx.insertIncident({
    workloadId: await tx.workloadId(aWorkload(name), AT),
    openedAt: AT,
    startedAt: AT,
    startedAtSource: 'active_at',
  })
}

test('incidents page from the newest, each once, and end without a cursor', async () => {
  const names = ['a', 'b', 'c', 'd']
  for (const name of names) await store((tx) => incidentOf(tx, name))
  const pages = await allPages((page) => read.incidents({ open: null }, page))
  expect(pages.map((page) => page.map((incident) => incident.workload.name))).toEqual([
    ['d', 'c'],
    ['b', 'a'],
  ])
})

test('a page that came meanwhile does not move the ones that follow', async () => {
  for (const name of ['a', 'b', 'c']) await store((tx) => incidentOf(tx, name))
  const first = await read.incidents({ open: null }, { cursor: null, limit: 2 })
  await store((tx) => incidentOf(tx, 'new'))
  const second = await read.incidents({ open: null }, { cursor: first.nextCursor, limit: 2 })
  expect(second.items.map((incident) => incident.workload.name)).toEqual(['a'])
})

test('open and closed incidents are told apart', async () => {
  const closed = await store((tx) => incidentOf(tx, 'closed'))
  const open = await store((tx) => incidentOf(tx, 'open'))
  await store((tx) => tx.updateIncident(closed.id, 1, { closedAt: AT, outcome: 'recovered_by_itself' }))
  const ids = async (isOpen: boolean | null) => (await read.incidents({ open: isOpen }, FIRST)).items.map(({ id }) => id)
  expect(await ids(true)).toEqual([open.id])
  expect(await ids(false)).toEqual([closed.id])
  expect(await ids(null)).toEqual([open.id, closed.id])
})

const LISTS: [string, (page: PageRequest) => Promise<Page<unknown>>][] = [
  ['incidents', (page) => read.incidents({ open: null }, page)],
  ['decisions', (page) => read.decisions({ workload: null }, page)],
  ['rollbacks', (page) => read.rollbacks({ phase: null, workload: null, open: null }, page)],
  ['workloads', (page) => read.workloads({ namespace: null }, page)],
  ['audit', (page) => read.audit(page)],
]
const FORGED = ['x', '', 'W10', 'WyJ4Il0', 'bnVsbA', 'WzEsMiwzXQ', "'; drop table incident; --"]
test.each(LISTS.flatMap(([name, list]) => FORGED.map((cursor) => [name, cursor, list] as const)))(
  'the list of %s refuses the cursor "%s" by name',
  async (_, cursor, list) => {
    await expect(list({ cursor, limit: 2 })).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'cursor' }] })
  },
)

test.each(LISTS)('the list of %s is empty at first', async (_, list) => {
  expect(await list(FIRST)).toEqual({ items: [], nextCursor: null })
})

test('an incident is read with its episodes, decisions, rollbacks and timeline, each in its order', async () => {
  const id = await store(async (tx) => {
    const incident = await incidentOf(tx, 'checkout')
    const of = { incidentId: incident.id, rollbackId: null }
    await tx.insertEpisode(anEpisode({ fingerprint: 'late', receivedAt: AT + 2, incidentId: incident.id, workloadId: incident.workloadId }))
    await tx.insertEpisode(anEpisode({ fingerprint: 'early', incidentId: incident.id, workloadId: incident.workloadId }))
    await insertRollback(tx, { incidentId: incident.id })
    await tx.appendTimeline({ kind: 'decided', at: AT + 1, actor: { kind: 'engine' }, data: { verdict: 'roll_back' } }, of)
    await tx.appendTimeline({ kind: 'alert_fired', at: AT, actor: { kind: 'webhook' }, data: { alert: 'A', summary: null } }, of)
    return incident.id
  })
  const detail = await read.incident(id)
  expect(detail?.incident).toMatchObject({ id, workload: aWorkload() })
  expect(detail?.episodes.map(({ fingerprint }) => fingerprint)).toEqual(['early', 'late'])
  expect(detail?.decisions[0]).toMatchObject({ workload: aWorkload(), rollbackId: detail?.rollbacks[0]?.id })
  expect(detail?.timeline.map(({ kind, data }) => [kind, data])).toEqual([
    ['alert_fired', { alert: 'A', summary: null }],
    ['decided', { verdict: 'roll_back' }],
  ])
})

test('of a workload with many deploys and incidents the newest 100 of each are read, in their order', async () => {
  const before = async (tx: Tx, count: number) => {
    const workloadId = await tx.workloadId(aWorkload(), AT)
    for (let number = 1; number <= count; number += 1) {
      await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number }), deployedAt: AT + number }))
      const incident = await tx.insertIncident({ workloadId, openedAt: AT, startedAt: AT + number, startedAtSource: 'active_at' })
      await tx.updateIncident(incident.id, incident.version, { closedAt: AT + number, outcome: 'recovered_by_itself' })
    }
    // A reused ReplicaSet that nobody saw become current: the newest, with an old time.
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: count + 1 }), deployedAt: AT, source: 'replica_set' }))
  }
  await store((tx) => before(tx, 120))
  const newest = Array.from({ length: 100 }, (_, index) => 121 - index)
  const found = await read.workload(aWorkload())
  expect(found?.current?.revision.number).toBe(121)
  expect(found?.deploys.map(({ revision }) => revision.number)).toEqual(newest)
  const records = await read.revisions(aWorkload())
  expect(records?.deploys.map(({ revision }) => revision.number)).toEqual(newest)
  expect(records?.incidents.map(({ startedAt }) => startedAt)).toEqual(Array.from({ length: 100 }, (_, index) => AT + 21 + index))
})

test('revisions are read with those that an alert was laid to the charge of', async () => {
  await store(async (tx) => {
    const workloadId = await tx.workloadId(aWorkload(), AT)
    const { facts } = aDecision()
    const blamed = { ...facts, workload: { current: aRevision({ number: 3 }) } as WorkloadFacts }
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: 3 }) }))
    await tx.insertDecision(aDecision({ workloadId, effect: 'simulate', facts: blamed }))
  })
  expect((await read.revisions(aWorkload()))?.blamedUids).toEqual(['rs-3'])
})

test('of a long incident the newest are read, with the first and what a rollback was decided on, without facts; the rest is counted', async () => {
  const id = await store(async (tx) => {
    const { id: incidentId, workloadId } = await incidentOf(tx, 'checkout')
    const of = { incidentId, rollbackId: null }
    const say = (at: number) =>
      tx.appendTimeline({ kind: 'alert_fired', at, actor: { kind: 'webhook' }, data: { alert: 'A', summary: null } }, of)
    const drafts = Array.from({ length: 130 }, (_, index) =>
      anEpisode({ fingerprint: `e${index}`, receivedAt: AT + index, incidentId, workloadId }),
    )
    const episodes = await tx.insertEpisodes(drafts)
    const episodeIds = new Map(episodes.map((episode) => [episode.fingerprint, episode.id]))
    for (let index = 0; index < 130; index += 1) {
      const decided = { workloadId, incidentId, decidedAt: AT + index, episodeId: episodeIds.get(`e${index}`) ?? null }
      const decisionId = await tx.insertDecision(aDecision(decided))
      if (index !== 10) continue
      const rollback = await tx.insertRollback(aRollback({ workloadId, incidentId, decisionId }))
      await tx.appendTimeline({ kind: 'opened', at: AT, actor: { kind: 'engine' }, data: {} }, { incidentId, rollbackId: rollback.id })
    }
    for (let index = 0; index < 220; index += 1) await say(AT + index)
    return incidentId
  })
  const detail = await read.incident(id)
  const kept = [0, 10, ...Array.from({ length: 100 }, (_, index) => index + 30)]
  expect(detail?.episodes.map(({ fingerprint }) => fingerprint)).toEqual(kept.map((index) => `e${index}`))
  expect(detail?.decisions.map(({ decidedAt }) => decidedAt)).toEqual(kept.map((index) => AT + index))
  expect(detail?.decisions.every((decision) => !('facts' in decision))).toBe(true)
  expect(detail?.timeline.map(({ kind }) => kind)).toEqual(['opened', ...Array.from({ length: 200 }, () => 'alert_fired')])
  expect(detail?.leftOut).toEqual({ episodes: 28, decisions: 28, timeline: 20 })
})

test.each(['00000000-0000-7000-8000-00000000ffff', 'no-id'])('what does not exist (%s) is null', async (id) => {
  expect(await read.incident(id)).toBeNull()
  expect(await read.decision(id)).toBeNull()
  expect(await read.rollback(id)).toBeNull()
  expect(await read.workload(aWorkload(id))).toBeNull()
})

test('a decision comes back with every check, its target and its facts', async () => {
  const draft = aDecision()
  const id = await store((tx) => tx.insertDecision(draft))
  expect(await read.decision(id)).toEqual({ ...draft, id, workload: null, rollbackId: null, judgement: null })
})

test('decisions and rollbacks are found by workload', async () => {
  const mine = await store((tx) => insertRollback(tx, { name: 'mine' }))
  await store((tx) => insertRollback(tx, { name: 'other' }))
  const workload = aWorkload('mine')
  expect((await read.decisions({ workload }, FIRST)).items.map(({ id }) => id)).toEqual([mine.decisionId])
  expect((await read.rollbacks({ workload, phase: null, open: null }, FIRST)).items).toEqual([mine])
})

test('rollbacks are found by phase and by whether they are open; a proposal is not', async () => {
  await store(async (tx) => {
    for (const phase of PHASES) await insertRollback(tx, { name: phase, phase })
  })
  const phases = async (filter: { phase: (typeof PHASES)[number] | null; open: boolean | null }) =>
    (await read.rollbacks({ ...filter, workload: null }, FIRST)).items.map(({ phase }) => phase).sort()
  expect(await phases({ phase: 'failed', open: null })).toEqual(['failed'])
  expect(await phases({ phase: null, open: true })).toEqual(['pending', 'progressing', 'undoing', 'verifying'])
  expect(await phases({ phase: null, open: false })).toHaveLength(PHASES.length - 4)
  expect(await phases({ phase: 'failed', open: true })).toEqual([])
})

test('a rollback is read with its own timeline', async () => {
  const rollback = await store((tx) => insertRollback(tx))
  await store((tx) =>
    tx.appendTimeline({ kind: 'opened', at: AT, actor: { kind: 'engine' }, data: {} }, { incidentId: null, rollbackId: rollback.id }),
  )
  const found = await read.rollback(rollback.id)
  expect(found?.rollback).toEqual(rollback)
  expect(found?.timeline).toMatchObject([{ kind: 'opened', rollbackId: rollback.id }])
})

test('workloads page by name, within a namespace or over all', async () => {
  await store(async (tx) => {
    for (const name of ['c', 'a', 'b']) await tx.workloadId(aWorkload(name), AT)
    await tx.workloadId({ ...aWorkload('z'), namespace: 'apps' }, AT)
  })
  const pages = await allPages((page) => read.workloads({ namespace: null }, page))
  expect(pages.map((page) => page.map(({ ref }) => `${ref.namespace}/${ref.name}`))).toEqual([
    ['apps/z', 'shop/a'],
    ['shop/b', 'shop/c'],
  ])
  expect((await read.workloads({ namespace: 'apps' }, FIRST)).items.map(({ ref }) => ref.name)).toEqual(['z'])
})

test('a workload shows what is current and what is open', async () => {
  const incident = await store((tx) => incidentOf(tx, 'busy'))
  const rollback = await store((tx) => insertRollback(tx, { name: 'busy' }))
  await store(async (tx) => {
    const { workloadId } = rollback
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: 2 }), deployedAt: AT }))
    // Reused: its ReplicaSet is older than the revision before it, and it is current all the same.
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: 3 }), deployedAt: AT - 1_000, source: 'replica_set' }))
    await tx.recordDeploy(aDeploy({ workloadId, deploymentUid: 'deleted', revision: aRevision({ number: 9 }), deployedAt: AT - 5_000 }))
    await tx.condemn({ workloadId, materialFingerprint: 'material-2', rollbackId: rollback.id, images: [], at: AT })
    await tx.workloadId(aWorkload('quiet'), AT)
  })
  const [busy, quiet] = (await read.workloads({ namespace: null }, FIRST)).items
  expect(busy).toMatchObject({
    current: { revision: { number: 3 } },
    openIncidentId: incident.id,
    openRollback: { id: rollback.id, phase: 'pending' },
  })
  expect(quiet).toEqual({
    ref: aWorkload('quiet'),
    firstSeenAt: AT,
    current: null,
    openIncidentId: null,
    openRollback: null,
    lastRollback: null,
    lastUndo: null,
  })

  const detail = await read.workload(aWorkload('busy'))
  expect(detail?.current).toEqual(busy?.current)
  expect(detail?.deploys.map(({ revision, condemned }) => [revision.number, condemned])).toEqual([
    [3, false],
    [2, true],
    [9, false],
  ])
})

test('workloads are found by a part of their name, and their namespaces are told once each', async () => {
  await store(async (tx) => {
    for (const name of ['checkout', 'check-in', 'front']) await tx.workloadId(aWorkload(name), AT)
    await tx.workloadId({ ...aWorkload('checkout'), namespace: 'apps' }, AT)
  })
  const names = async (filter: { namespace: string | null; search: string }) =>
    (await read.workloads(filter, FIRST)).items.map(({ ref }) => `${ref.namespace}/${ref.name}`)
  expect(await names({ namespace: null, search: 'CHECK' })).toEqual(['apps/checkout', 'shop/check-in', 'shop/checkout'])
  expect(await names({ namespace: 'shop', search: 'out' })).toEqual(['shop/checkout'])
  expect(await read.namespaces()).toEqual(['apps', 'shop'])
})

test('a workload shows the rollback that ended last, not the one that began last', async () => {
  const late = await store((tx) => insertRollback(tx, { phase: 'failed', endedAt: AT + 9 }))
  await store(async (tx) => {
    await insertRollback(tx, { phase: 'succeeded', endedAt: AT + 4 })
    await insertRollback(tx)
    await insertRollback(tx, { name: 'other', phase: 'aborted', endedAt: AT + 20 })
  })
  const last = { id: late.id, phase: 'failed', endedAt: AT + 9 }
  expect((await read.workloads({ namespace: null, search: 'checkout' }, FIRST)).items).toMatchObject([{ lastRollback: last }])
  expect(await read.workload(aWorkload())).toMatchObject({ lastRollback: last })
})

test('a workload shows the undo that changed it last, with who owned it then, and none that was stopped', async () => {
  const owner = { kind: 'helm', name: 'shop/shop', undo: 'until_next_upgrade' } as const
  const undone = (undoneAt: number) => ({ phase: 'succeeded' as const, clocks: { ...NO_CLOCKS, undoneAt } })
  const last = await store(async (tx) => {
    await insertRollback(tx, undone(AT + 1))
    const workloadId = await tx.workloadId(aWorkload(), AT)
    const decision = aDecision({ workloadId })
    const facts = { ...decision.facts, workload: { owner } as WorkloadFacts }
    const decisionId = await tx.insertDecision({ ...decision, facts })
    const rollback = await tx.insertRollback(aRollback({ ...undone(AT + 2), workloadId, decisionId }))
    await insertRollback(tx, { phase: 'aborted', endedAt: AT + 4 })
    await insertRollback(tx, { name: 'other', ...undone(AT + 5) })
    return rollback
  })
  const { id: rollbackId, from, to } = last
  const lastUndo = { rollbackId, incidentId: null, undoneAt: AT + 2, from, to, owner }
  expect((await read.workloads({ namespace: null, search: 'checkout' }, FIRST)).items).toMatchObject([{ lastUndo }])
  expect((await read.workload(aWorkload()))?.lastUndo).toEqual(lastUndo)
  expect((await read.workload(aWorkload('other')))?.lastUndo).toMatchObject({ owner: null })
})

test('revisions are read with what condemned them and the incidents of the workload, others left out', async () => {
  const rollback = await store((tx) => insertRollback(tx))
  const { workloadId } = rollback
  const incident = await store((tx) => incidentOf(tx, 'checkout'))
  await store(async (tx) => {
    await incidentOf(tx, 'other')
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: 1 }) }))
    await tx.recordDeploy(aDeploy({ workloadId, revision: aRevision({ number: 2 }), deployedAt: AT + 1 }))
    for (const materialFingerprint of ['m1', 'm2']) {
      await tx.condemn({ workloadId, materialFingerprint, rollbackId: rollback.id, images: ['a:2'], at: AT })
    }
    await tx.takeBackCondemnation({ workloadId, materialFingerprint: 'm1', at: AT + 5 })
  })
  const found = await read.revisions(aWorkload())
  expect(found?.deploys.map(({ revision }) => revision.number)).toEqual([2, 1])
  expect(found?.condemnations).toEqual([{ materialFingerprint: 'm2', images: ['a:2'], rollbackId: rollback.id, condemnedAt: AT }])
  expect(found?.incidents).toEqual([{ id: incident.id, startedAt: AT }])
  expect((await read.incidents({ open: null, workload: aWorkload() }, FIRST)).items.map(({ id }) => id)).toEqual([incident.id])
  expect(await read.revisions(aWorkload('nobody'))).toBeNull()
})

test('policies, heartbeats and control are read as they are', async () => {
  await store(async (tx) => {
    await tx.savePolicy({ level: 'namespace', namespace: 'shop' }, { mode: 'auto' }, 0)
    await tx.savePolicy({ level: 'cluster' }, { mode: 'off' }, 0)
    await tx.touchHeartbeat('Watchdog', AT)
    await tx.touchHeartbeat('Watchdog', AT - 5)
  })
  expect((await read.policies()).map(({ scope }) => scope.level)).toEqual(['cluster', 'namespace'])
  expect(await read.heartbeats()).toEqual([{ name: 'Watchdog', lastSeenAt: AT }])
  expect(await read.control()).toMatchObject({ version: 1, enabled: true })
})

test('the oldest that is due tells how far the engine is behind', async () => {
  expect(await read.oldestDueAt(AT)).toBeNull()
  await store(async (tx) => {
    await insertRollback(tx, { nextStepAt: AT - 5 })
    await tx.insertEpisode(anEpisode({ nextEvaluationAt: AT - 3 }))
    await tx.insertEpisode(anEpisode({ fingerprint: 'f2', nextEvaluationAt: AT + 1 }))
  })
  expect(await read.oldestDueAt(AT)).toBe(AT - 5)
  expect(await read.oldestDueAt(AT - 6)).toBeNull()
})

test('audit entries page from the newest, as they were written', async () => {
  const entry = (action: string) => ({
    at: AT,
    actor: { kind: 'user' as const, id: 'u1', name: 'ada@example.test' },
    action,
    target: 'cluster',
    reason: 'because',
    before: { pauses: [] },
    after: null,
    address: '192.0.2.7',
    requestId: 'r1',
  })
  for (const action of ['a', 'b', 'c']) await store((tx) => tx.appendAudit(entry(action)))
  const pages = await allPages((page) => read.audit(page))
  expect(pages.map((page) => page.map(({ action }) => action))).toEqual([['c', 'b'], ['a']])
  expect(pages[1]?.[0]).toEqual({ ...entry('a'), id: expect.any(String) })
})

test('a budget that a namespace once set is not read, so that what is read can be saved', async () => {
  const budget = { count: 2, windowMs: 60_000 }
  const scopes = [{ level: 'cluster' }, { level: 'namespace', namespace: 'edgelink' }] as const
  await store(async (tx) => {
    for (const scope of scopes) await tx.savePolicy(scope, { mode: 'auto', budget }, 0)
  })
  const fields = [{ mode: 'auto', budget }, { mode: 'auto' }]
  expect((await read.policies()).map((one) => one.fields)).toEqual(fields)
  expect((await store((tx) => tx.policies(scopes))).map((one) => one.fields)).toEqual(fields)
})
