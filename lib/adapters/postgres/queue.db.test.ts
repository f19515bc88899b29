import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { AT, anEpisode } from '../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'
import { gate, until } from '../../testing/waiting.ts'
import type { Postgres } from './connect.ts'

let under: PostgresUnderTest
let worker: Postgres

beforeAll(async () => {
  under = await connectTestPostgres()
})
beforeEach(async () => {
  await worker?.queue.stop()
  await under.clear()
  worker = under.connect()
  await worker.queue.start()
})
afterAll(() => under.close())

const send = (id: string, runAt?: number) => under.postgres.store.transaction((tx) => tx.enqueue('evaluate-alert', id, runAt))
const states = async () =>
  (await under.sql.query<{ state: string }>('select state from pgboss.job order by created_on')).rows.map((row) => row.state)

test('a job reaches a worker with the id that it was sent with', async () => {
  const handled: string[] = []
  await worker.queue.work('evaluate-alert', async (id) => void handled.push(id))
  await send('a')
  await until(() => handled.length > 0)
  expect(handled).toEqual(['a'])
})

test('a deferred job waits for its time, and is no backlog until then', async () => {
  const handled: number[] = []
  const runAt = Date.now() + 1_500
  await send('a', runAt)
  expect(await worker.queue.depth()).toContainEqual({ job: 'evaluate-alert', queued: 0, active: 0 })
  await worker.queue.work('evaluate-alert', async () => void handled.push(Date.now()))
  await until(() => handled.length > 0)
  expect(handled[0]).toBeGreaterThanOrEqual(runAt)
})

test('a job for later does not keep one for now from running', async () => {
  const handled: string[] = []
  await worker.queue.work('evaluate-alert', async (id) => void handled.push(id))
  await send('a', Date.now() + 3_600_000)
  await send('a', Date.now())
  await until(() => handled.length > 0)
  expect(await under.jobs()).toEqual([])
})

/** As the engine does: the instant is read after the transaction began. */
const sendNow = () =>
  under.postgres.store.transaction(async (tx) => {
    await tx.control()
    await tx.enqueue('evaluate-alert', 'a', Date.now())
  })

test.each([
  ['sent for now', sendNow],
  ['that was for later and is wanted now', () => send('a', Date.now() + 3_600_000).then(sendNow)],
])('a job %s wakes the workers by NOTIFY: none waits for its poll', async (_, sendIt) => {
  const woken: string[] = []
  const listener = new Client(under.url)
  await listener.connect()
  listener.on('notification', ({ payload }) => woken.push(payload ?? ''))
  // The name that pg-boss makes of its schema.
  const { rows } = await listener.query(`select 'pgboss_' || left(encode(sha224('pgboss'), 'hex'), 24) as channel`)
  await listener.query(`listen ${rows[0].channel}`)
  await sendIt()
  await until(() => woken.length > 0)
  expect(woken).toEqual(['evaluate-alert'])
  await listener.end()
})

test('a job sent while the same one runs is kept and runs after it, never beside it', async () => {
  const [running, finish] = [gate(), gate()]
  let [runs, atOnce, most] = [0, 0, 0]
  await worker.queue.work('evaluate-alert', async () => {
    runs += 1
    atOnce += 1
    most = Math.max(most, atOnce)
    running.open()
    await finish.opened
    atOnce -= 1
  })
  await send('a')
  await running.opened
  await send('a', Date.now())
  await send('a', Date.now())
  expect(await states()).toEqual(['active', 'created'])
  finish.open()
  await until(() => runs === 2)
  expect(most).toBe(1)
})

test('the sweeper sends nothing for what a worker is at', async () => {
  const [running, finish] = [gate(), gate()]
  await worker.queue.work('evaluate-alert', async () => {
    running.open()
    await finish.opened
  })
  await send('a')
  await running.opened
  await send('a')
  expect(await states()).toEqual(['active'])
  finish.open()
})

test('a handler that throws is tried again, and the sweeper does not cut its back-off short', async () => {
  let attempts = 0
  await worker.queue.work('evaluate-alert', async () => {
    attempts += 1
    if (attempts === 1) throw new Error('not yet')
  })
  await send('a')
  await until(async () => (await states()).includes('retry'))
  await send('a')
  expect(await states()).toEqual(['retry'])
  await until(() => attempts === 2)
})

test('a worker leaves a queued job alone while a transaction sends it again, so that it sees what that one stores', async () => {
  const { store } = under.postgres
  const episode = await store.transaction((tx) => tx.insertEpisode(anEpisode()))
  const dueAt = Date.now() + 1_500
  await send(episode.id, dueAt)
  await send('zz', Date.now() + 3_600_000)
  const seen: unknown[] = []
  await worker.queue.work('evaluate-alert', async (id) => {
    if (id === episode.id) seen.push((await store.transaction((tx) => tx.episode(id)))?.truncatedAlerts)
  })
  // Someone holds the second job, so that the sending transaction stands still with the first in its hands.
  await under.sql.query('begin')
  await under.sql.query(`select 1 from pgboss.job where singleton_key = 'zz' for update`)
  const sending = store.transaction(async (tx) => {
    await tx.updateEpisode(episode.id, 1, { truncatedAlerts: 5 })
    await tx.enqueue('evaluate-alert', episode.id, dueAt)
    await tx.enqueue('evaluate-alert', 'zz', dueAt)
  })
  await until(() => Date.now() > dueAt + 1_500)
  expect(seen).toEqual([])
  await under.sql.query('commit')
  await sending
  await until(() => seen.length > 0)
  expect(seen).toEqual([5])
})

test('depth counts what waits for a worker and what runs', async () => {
  const [running, finish] = [gate(), gate()]
  await send('a')
  await send('b')
  expect(await worker.queue.depth()).toEqual([
    { job: 'evaluate-alert', queued: 2, active: 0 },
    { job: 'advance-rollback', queued: 0, active: 0 },
  ])
  await worker.queue.work('evaluate-alert', async () => {
    running.open()
    await finish.opened
  })
  await running.opened
  await until(async () => (await worker.queue.depth())[0]?.active === 2)
  finish.open()
})

test('stopping lets a running job end', async () => {
  const running = gate()
  let hasEnded = false
  await worker.queue.work('evaluate-alert', async () => {
    running.open()
    await new Promise((resolve) => setTimeout(resolve, 300))
    hasEnded = true
  })
  await send('a')
  await running.opened
  await worker.queue.stop()
  expect(hasEnded).toBe(true)
  expect(await states()).toEqual(['completed'])
})

test('starting twice, and on two replicas at once, is the same as once', async () => {
  await Promise.all([worker.queue.start(), under.connect().queue.start(), under.connect().queue.start()])
  await send('a', AT)
  expect(await under.jobs()).toHaveLength(1)
})
