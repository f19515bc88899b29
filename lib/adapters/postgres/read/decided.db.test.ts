import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DecidedFilter, PageRequest, ReadModel, Tx } from '../../../ports.ts'
import { AT, aDecision, aWorkload, insertRollback } from '../../../testing/new-rows.ts'
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
const ALL: DecidedFilter = { from: AT, to: AT + 1_000, namespace: null, workload: null }
const ADA = { kind: 'user' as const, id: 'u1', name: 'ada@example.test' }
const store = <T>(work: (tx: Tx) => Promise<T>) => under.postgres.store.transaction(work)

/** One decision a name, a millisecond apart. */
async function decide(names: readonly string[], namespace = 'shop'): Promise<string[]> {
  return store(async (tx) => {
    const ids: string[] = []
    for (const [index, name] of names.entries()) {
      const workloadId = await tx.workloadId({ ...aWorkload(name), namespace }, AT)
      ids.push(await tx.insertDecision(aDecision({ workloadId, decidedAt: AT + index })))
    }
    return ids
  })
}

const idsOf = async (filter: Partial<DecidedFilter>) => (await read.decided({ ...ALL, ...filter }, FIRST)).items.map(({ id }) => id)

describe('decisions of a time', () => {
  test('come with their facts, and with what people say of them', async () => {
    const [id = ''] = await decide(['checkout'])
    const said = { judgement: 'wrong' as const, note: 'it was the database', actor: ADA, judgedAt: AT + 5 }
    await store((tx) => tx.saveJudgement(id, 0, said))
    const [found] = (await read.decided(ALL, FIRST)).items
    expect(found).toEqual(await read.decision(id))
    expect(found).toMatchObject({ facts: aDecision().facts, judgement: { ...said, version: 1 } })
  })

  test('are those from its beginning to before its end, newest first', async () => {
    const [, second, third] = await decide(['a', 'b', 'c', 'd'])
    expect(await idsOf({ from: AT + 1, to: AT + 3 })).toEqual([third, second])
  })

  test('page by when they were decided, each once, though replicas store them in another order', async () => {
    const ids = await store(async (tx) => {
      const at = [AT + 2, AT, AT + 1, AT + 1]
      const stored: string[] = []
      for (const decidedAt of at) stored.push(await tx.insertDecision(aDecision({ decidedAt })))
      return stored
    })
    const first = await read.decided(ALL, { cursor: null, limit: 2 })
    const second = await read.decided(ALL, { cursor: first.nextCursor, limit: 2 })
    expect(first.items.map(({ id }) => id)).toEqual([ids[0], ids[3]])
    expect(second.items.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect(second.nextCursor).toBeNull()
  })

  test('are found by namespace and by workload', async () => {
    const [a, b] = await decide(['a', 'b'])
    const [other] = await decide(['a'], 'apps')
    expect(await idsOf({ namespace: 'shop' })).toEqual([b, a])
    expect(await idsOf({ namespace: 'apps' })).toEqual([other])
    expect(await idsOf({ workload: aWorkload('a') })).toEqual([a])
    expect(await idsOf({ namespace: 'apps', workload: aWorkload('a') })).toEqual([])
  })

  test('leave out what people asked for', async () => {
    await store((tx) => tx.insertDecision(aDecision({ trigger: 'person' })))
    expect(await idsOf({})).toEqual([])
  })

  test.each(['x', '', 'W10', 'WyJub3QgYSBkYXRlIiwieCJd'])('refuse the cursor "%s" by name', async (cursor) => {
    await expect(read.decided(ALL, { cursor, limit: 2 })).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'cursor' }] })
  })
})

test('a rollback is read with what people say of the decision that it came of', async () => {
  const { id, decisionId } = await store((tx) => insertRollback(tx))
  expect(await read.rollback(id)).toMatchObject({ judgement: null })
  await store((tx) => tx.saveJudgement(decisionId, 0, { judgement: 'unsure', note: null, actor: ADA, judgedAt: AT }))
  expect(await read.rollback(id)).toMatchObject({ judgement: { judgement: 'unsure', note: null, version: 1 } })
})
