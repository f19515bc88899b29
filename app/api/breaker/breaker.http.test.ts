import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppApi, startAppApi } from '../../../lib/testing/app-api.ts'
import { aDecision, anEpisode, insertRollback } from '../../../lib/testing/new-rows.ts'

interface Breaker {
  state: 'open' | 'closed'
  spent: number
  count: number
  rollbacks: { id: string; at: string; workload: { name: string } }[]
  openSince: string | null
  closesAt: string | null
  lastClosed: { actor: object; reason: string; letOff: number } | null
  version: number
}

const MINUTE = 60_000
const NOW = Date.now()

let api: AppApi
beforeAll(async () => {
  api = await startAppApi()
})
afterAll(() => api.close())

const read = async () => (await api.get<Breaker>('/api/breaker', 'viewer')).body
const close = (body: object = {}, as: 'viewer' | 'operator' = 'operator') =>
  api.send<Breaker>('POST', '/api/breaker', { action: 'close', reason: 'nothing in common', ...body }, as)
const gauge = async () => (await fetch(`${api.app.url}/metrics`).then((reply) => reply.text())).match(/^edgelink_breaker_open (\d)$/m)?.[1]

test('with its budget left it is closed, and closing it is a conflict', async () => {
  expect(await read()).toMatchObject({
    state: 'closed',
    spent: 0,
    count: 5,
    rollbacks: [],
    openSince: null,
    closesAt: null,
    lastClosed: null,
  })
  expect(await close()).toMatchObject({ status: 409, contentType: 'application/problem+json' })
  expect(await gauge()).toBe('0')
})

test('spent, it says by what, since when and until when', async () => {
  await api.store.transaction(async (tx) => {
    for (const minutes of [25, 20, 15, 10, 5])
      await insertRollback(tx, { name: `shop-${minutes}`, openedAt: NOW - minutes * MINUTE, phase: 'succeeded' })
    await insertRollback(tx, { name: 'by-hand', openedAt: NOW, trigger: 'person', phase: 'succeeded' })
  })
  const breaker = await read()
  expect(breaker).toMatchObject({
    state: 'open',
    spent: 5,
    openSince: new Date(NOW - 5 * MINUTE).toISOString(),
    closesAt: new Date(NOW + 5 * MINUTE).toISOString(),
  })
  expect(breaker.rollbacks.map(({ workload }) => workload.name)).toEqual(['shop-25', 'shop-20', 'shop-15', 'shop-10', 'shop-5'])
  expect(await gauge()).toBe('1')
})

test('a viewer sees it and does not close it; an old version is a conflict', async () => {
  expect((await close({}, 'viewer')).status).toBe(403)
  const { version } = await read()
  expect((await close({ version: version + 1 })).status).toBe(409)
  expect((await close({ reason: ' ' })).status).toBe(400)
  expect(await read()).toMatchObject({ state: 'open' })
})

test('closed by hand, it decides again what it held, and everyone sees who closed it', async () => {
  const episode = await api.store.transaction(async (tx) => {
    const { id } = await tx.insertEpisode(anEpisode())
    await tx.insertDecision(aDecision({ episodeId: id, effect: 'none', reason: 'budget_spent' }))
    return id
  })
  const { version } = await read()
  expect(await close({ version })).toMatchObject({ status: 200, body: { state: 'closed', spent: 0, version: version + 1 } })
  expect((await close({ version })).status).toBe(409)
  expect(await read()).toMatchObject({
    state: 'closed',
    spent: 0,
    lastClosed: { actor: { kind: 'token', name: 'test' }, reason: 'nothing in common', letOff: 5 },
  })
  expect((await api.store.transaction((tx) => tx.episode(episode)))?.version).toBeGreaterThan(1)
  expect(await gauge()).toBe('0')
  const { body } = await api.get<{ items: object[] }>('/api/audit?limit=1')
  expect(body.items).toMatchObject([{ action: 'breaker.close', target: 'cluster', reason: 'nothing in common' }])
})
