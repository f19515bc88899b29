import { afterAll, beforeAll, expect, test } from 'vitest'
import { CALLER } from '../testing/engine-world.ts'
import { AT, insertRollback } from '../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { gate, until } from '../testing/waiting.ts'
import { closeBreaker } from './close-breaker.ts'

let under: PostgresUnderTest
beforeAll(async () => {
  under = await connectTestPostgres()
})
afterAll(() => under.close())

test('closing waits for what is being opened, and lets it off too; of two who close at once one is told', async () => {
  const { store } = under.postgres
  const ids = await store.transaction(async (tx) => {
    await tx.savePolicy({ level: 'cluster' }, { budget: { count: 1, windowMs: 60_000 } }, 0)
    return [(await insertRollback(tx, { name: 'before' })).id]
  })
  const { version } = await store.transaction((tx) => tx.control())
  const [opened, finish] = [gate(), gate()]
  // As a decision does it: the control row FOR SHARE until its rollback is committed.
  const opening = store.transaction(async (tx) => {
    await tx.control('share')
    ids.push((await insertRollback(tx, { name: 'meanwhile', openedAt: AT + 1 })).id)
    opened.open()
    await finish.opened
  })
  await opened.opened
  const replicas = [under.postgres, under.connect()]
  await replicas[1]?.queue.start()
  const deps = (one: (typeof replicas)[number]) => ({ store: one.store, now: () => AT + 2 })
  const closing = Promise.allSettled(replicas.map((one) => closeBreaker(deps(one), { caller: CALLER, reason: 'looked', version })))
  await until(async () => (await waiting()) === 2)
  finish.open()
  await opening
  const outcomes = await closing
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
  const closed = await store.transaction((tx) => tx.breakerClosing())
  expect(closed?.rollbacks.map(({ id }) => id).sort()).toEqual([...ids].sort())
  expect(await store.transaction((tx) => tx.actedSince(0))).toEqual([])
})

async function waiting(): Promise<number> {
  const { rows } = await under.sql.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('transactionid', 'tuple')`,
  )
  return rows.length
}
