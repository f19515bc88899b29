import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { JudgementWord } from '../core/judgement.ts'
import { CALLER } from '../testing/engine-world.ts'
import { AT, insertRollback } from '../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { gate, until } from '../testing/waiting.ts'
import { judgeDecision } from './judge-decision.ts'

let under: PostgresUnderTest
beforeAll(async () => {
  under = await connectTestPostgres()
})
beforeEach(() => under.clear())
afterAll(() => under.close())

function judge(id: string, judgement: JudgementWord) {
  const { store } = under.postgres
  return judgeDecision({ store, now: () => AT + 1 }, { caller: CALLER, id, judgement, note: 'it was the database', version: 0 })
}

test('of many people at once one is heard, the others are told to look again, and each trace is of the one', async () => {
  const { store } = under.postgres
  const rollback = await store.transaction(async (tx) => {
    const undone = await insertRollback(tx, { phase: 'succeeded' })
    await tx.condemn({ workloadId: undone.workloadId, materialFingerprint: 'material-2', rollbackId: undone.id, images: [], at: AT })
    return undone
  })
  const words: JudgementWord[] = ['wrong', 'right', 'wrong', 'unsure', 'wrong', 'right']
  const answers = await Promise.allSettled(words.map((word) => judge(rollback.decisionId, word)))
  const heard = answers.filter(({ status }) => status === 'fulfilled')
  const refused = answers.filter((answer): answer is PromiseRejectedResult => answer.status === 'rejected')
  expect(heard).toHaveLength(1)
  expect(refused.map(({ reason }) => reason.code)).toEqual(Array.from({ length: 5 }, () => 'conflict'))
  const { items } = await under.postgres.read.audit({ cursor: null, limit: 50 })
  expect(items).toHaveLength(1)
  const decision = await under.postgres.read.decision(rollback.decisionId)
  const isWrong = decision?.judgement?.judgement === 'wrong'
  expect(decision?.judgement?.version).toBe(1)
  expect((await store.transaction((tx) => tx.condemnedOf(rollback.workloadId))).size).toBe(isWrong ? 0 : 1)
})

test('a rollback that is undone while it is judged wrong has condemned nothing in the end', async () => {
  const { store } = under.postgres
  const rollback = await store.transaction((tx) => insertRollback(tx, { phase: 'undoing' }))
  const { id, version, workloadId } = rollback
  const [updated, finish] = [gate(), gate()]
  const undoing = store.transaction(async (tx) => {
    await tx.updateRollback(id, version, { phase: 'progressing', clocks: { ...rollback.clocks, undoneAt: AT } })
    updated.open()
    await finish.opened
    await tx.condemn({ workloadId, materialFingerprint: 'material-2', rollbackId: id, images: [], at: AT })
  })
  await updated.opened
  const judging = judge(rollback.decisionId, 'wrong')
  await until(isWaiting)
  finish.open()
  const [, { result }] = await Promise.all([undoing, judging])
  expect(result).toMatchObject({ takenBack: { rollbackId: id }, condemned: false })
  expect(await store.transaction((tx) => tx.rollback(id))).toMatchObject({ phase: 'progressing', condemns: false })
})

async function isWaiting(): Promise<boolean> {
  const { rows } = await under.sql.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('transactionid', 'tuple')`,
  )
  return rows.length > 0
}
