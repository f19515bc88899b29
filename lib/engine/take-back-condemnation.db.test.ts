import { afterAll, beforeAll, expect, test } from 'vitest'
import { CALLER } from '../testing/engine-world.ts'
import { AT, aDecision, anEpisode, aWorkload, insertRollback } from '../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { gate, until } from '../testing/waiting.ts'
import { takeBackCondemnation } from './take-back-condemnation.ts'

let under: PostgresUnderTest
beforeAll(async () => {
  under = await connectTestPostgres()
})
afterAll(() => under.close())

test('a decision under way that is held by a condemnation is asked again when that is taken back meanwhile', async () => {
  const { store } = under.postgres
  const { workloadId, episodeId } = await store.transaction(async (tx) => {
    const { id: rollbackId, workloadId } = await insertRollback(tx)
    await tx.condemn({ workloadId, materialFingerprint: 'material-2', rollbackId, images: [], at: AT })
    const { id } = await tx.insertEpisode(anEpisode({ workloadId, nextEvaluationAt: AT }))
    return { workloadId, episodeId: id }
  })
  const [looked, finish] = [gate(), gate()]
  const deciding = store.transaction(async (tx) => {
    await tx.control('share')
    const condemned = await tx.condemnedOf(workloadId)
    looked.open()
    await finish.opened
    expect(condemned.size).toBe(1)
    await tx.insertDecision(aDecision({ episodeId, workloadId, effect: 'none', reason: 'current_condemned' }))
    await tx.updateEpisode(episodeId, 1, { nextEvaluationAt: null })
  })
  await looked.opened
  let isTaken = false
  const asked = { caller: CALLER, workload: aWorkload(), materialFingerprint: 'material-2', reason: 'it was the database' }
  const taking = takeBackCondemnation({ store, now: () => AT + 1 }, asked).then(() => {
    isTaken = true
  })
  await until(async () => isTaken || (await isWaiting()))
  finish.open()
  await Promise.all([deciding, taking])
  expect(await store.transaction((tx) => tx.episode(episodeId))).toMatchObject({ nextEvaluationAt: AT + 1 })
})

async function isWaiting(): Promise<boolean> {
  const { rows } = await under.sql.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('transactionid', 'tuple')`,
  )
  return rows.length > 0
}
