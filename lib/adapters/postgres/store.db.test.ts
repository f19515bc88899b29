import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { savePolicy } from '../../engine/save-policy.ts'
import { CALLER, EngineWorld } from '../../testing/engine-world.ts'
import { AT, aDecision, anEpisode, aRollback, aWorkload } from '../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'
import { storeContract } from '../../testing/store-contract.ts'
import { gate, until } from '../../testing/waiting.ts'

let under: PostgresUnderTest
beforeAll(async () => {
  under = await connectTestPostgres()
})
afterAll(() => under.close())

describe('the store on Postgres', () => {
  storeContract(async () => {
    await under.clear()
    return { store: under.postgres.store, jobs: under.jobs, close: async () => {} }
  })
})

describe('two replicas at once', () => {
  const replicas = () => [under.postgres, under.connect()] as const

  test('of two that insert the same episode one is refused by name', async () => {
    await under.clear()
    const outcomes = await Promise.allSettled(replicas().map(({ store }) => store.transaction((tx) => tx.insertEpisode(anEpisode()))))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', message: expect.stringMatching(/episode.*open/) },
    })
  })

  test('of two that open a rollback of a workload one is refused by name', async () => {
    await under.clear()
    const outcomes = await Promise.allSettled(
      replicas().map(({ store }) =>
        store.transaction(async (tx) => {
          const workloadId = await tx.workloadId(aWorkload(), AT)
          const decisionId = await tx.insertDecision(aDecision({ workloadId }))
          return tx.insertRollback(aRollback({ workloadId, decisionId }))
        }),
      ),
    )
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict', message: expect.stringMatching(/rollback.*open/) },
    })
  })

  test('the same delivery twice at once: the second waits, and sees what the first has stored', async () => {
    await under.clear()
    const [one, two] = replicas()
    const [stored, finish] = [gate(), gate()]
    const first = one.store.transaction(async (tx) => {
      await tx.latestEpisodes(['f1', 'f2'])
      await tx.insertEpisode(anEpisode())
      stored.open()
      await finish.opened
    })
    await stored.opened
    const second = two.store.transaction((tx) => tx.latestEpisodes(['f2', 'f1']))
    await until(() => isWaiting('advisory'))
    finish.open()
    await first
    expect((await second).get('f1')).toMatchObject({ status: 'firing' })
  })

  test('deliveries that overlap in any order do not wait for each other in a circle', async () => {
    await under.clear()
    const names = Array.from({ length: 12 }, (_, index) => `f${index}`)
    const shuffled = Array.from({ length: 24 }, (_, turn) =>
      names.map((_, index) => names[(index * (turn % 2 ? 5 : 7) + turn) % 12] as string),
    )
    const both = replicas()
    const deliveries = shuffled.map((fingerprints, turn) =>
      both[turn % 2]?.store.transaction(async (tx) => {
        const latest = await tx.latestEpisodes(fingerprints)
        for (const fingerprint of fingerprints) if (!latest.has(fingerprint)) await tx.insertEpisode(anEpisode({ fingerprint }))
      }),
    )
    await Promise.all(deliveries)
    expect((await under.sql.query('select count(*)::int as n from episode')).rows[0].n).toBe(12)
  })

  test('an incident that is about to be closed lets no episode join: who wants it looks again afterwards', async () => {
    await under.clear()
    const [one, two] = replicas()
    const workloadId = await one.store.transaction((tx) => tx.workloadId(aWorkload(), AT))
    const opening = { workloadId, openedAt: AT, startedAt: AT, startedAtSource: 'starts_at' as const }
    const incident = await one.store.transaction((tx) => tx.insertIncident(opening))
    const [locked, finish] = [gate(), gate()]
    const closing = one.store.transaction(async (tx) => {
      await tx.incident(incident.id, 'update')
      locked.open()
      await finish.opened
      await tx.updateIncident(incident.id, incident.version, { closedAt: AT, outcome: 'recovered_by_itself' })
    })
    await locked.opened
    // A line of its timeline waits for nobody.
    await two.store.transaction((tx) =>
      tx.appendTimeline({ kind: 'decided', at: AT, actor: { kind: 'engine' }, data: {} }, { incidentId: incident.id, rollbackId: null }),
    )
    const joining = two.store.transaction((tx) => tx.openIncident(workloadId, 'update'))
    await until(() => isWaiting('transactionid'))
    finish.open()
    await closing
    expect(await joining).toBeNull()
  })

  test('the lock for opening rollbacks is one for the whole cluster', async () => {
    const [one, two] = replicas()
    const [locked, finish] = [gate(), gate()]
    const order: string[] = []
    const first = one.store.transaction(async (tx) => {
      await tx.lock('open-rollback')
      locked.open()
      await finish.opened
      order.push('first')
    })
    await locked.opened
    const second = two.store.transaction(async (tx) => {
      await tx.lock('open-rollback')
      order.push('second')
    })
    await until(() => isWaiting('advisory'))
    finish.open()
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
  })

  test('a pause waits for the transaction that read control FOR SHARE, and is seen by the next', async () => {
    await under.clear()
    const [one, two] = replicas()
    await one.store.transaction((tx) => tx.control())
    const [read, finish] = [gate(), gate()]
    const order: string[] = []
    const starting = one.store.transaction(async (tx) => {
      await tx.control('share')
      read.open()
      await finish.opened
      order.push('patch may start')
    })
    await read.opened
    const pausing = two.store.transaction(async (tx) => {
      const control = await tx.control('update')
      const pauses = [{ scope: { level: 'cluster' as const }, reason: 'calm', actor: { kind: 'engine' as const }, since: AT, until: null }]
      await tx.updateControl(control.version, { pauses })
      order.push('paused')
    })
    await until(() => isWaiting('transactionid'))
    finish.open()
    await Promise.all([starting, pausing])
    expect(order).toEqual(['patch may start', 'paused'])
    expect((await one.store.transaction((tx) => tx.control('share'))).pauses).toHaveLength(1)
  })

  test('a change of policy waits for the decision that is under way on the old one, and is seen by the next', async () => {
    await under.clear()
    const [one, two] = replicas()
    const world = new EngineWorld()
    await one.store.transaction((tx) => tx.control())
    const [read, finish] = [gate(), gate()]
    const order: string[] = []
    const deciding = one.store.transaction(async (tx) => {
      await tx.control('share')
      await tx.policies([{ level: 'cluster' }])
      read.open()
      await finish.opened
      order.push('decided')
    })
    await read.opened
    const saving = { caller: CALLER, scope: { level: 'cluster' } as const, fields: { mode: 'off' } as const, version: 0, reason: 'stop' }
    const saved = savePolicy({ ...world.deps, store: two.store }, saving).then(() => order.push('answered'))
    await until(() => isWaiting('transactionid'))
    finish.open()
    await Promise.all([deciding, saved])
    expect(order).toEqual(['decided', 'answered'])
  })

  test('both may be the first to read control: there is one row', async () => {
    await under.clear()
    const controls = await Promise.all(replicas().map(({ store }) => store.transaction((tx) => tx.control('share'))))
    expect(controls[0]).toEqual(controls[1])
  })

  test('transactions that send the same jobs in opposite orders do not wait for each other in a circle', async () => {
    await under.clear()
    const [one, two] = replicas()
    await two.queue.start()
    const ids = Array.from({ length: 30 }, (_, index) => `id-${index}`)
    const sendings = Array.from({ length: 10 }, (_, turn) =>
      (turn % 2 ? one : two).store.transaction(async (tx) => {
        for (const id of turn % 2 ? ids : ids.toReversed()) await tx.enqueue('evaluate-alert', id, AT + turn * 1_000)
      }),
    )
    await Promise.all(sendings)
    expect((await under.jobs()).map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  test('a job cannot be sent before the queue has started, and nothing else is stored then', async () => {
    await under.clear()
    const { store } = under.connect()
    const sending = store.transaction(async (tx) => {
      await tx.insertEpisode(anEpisode())
      await tx.enqueue('evaluate-alert', 'a')
    })
    await expect(sending).rejects.toMatchObject({ code: 'storage_unavailable' })
    expect((await store.transaction((tx) => tx.latestEpisodes(['f1']))).size).toBe(0)
  })

  async function isWaiting(event: 'advisory' | 'transactionid'): Promise<boolean> {
    const { rows } = await under.sql.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = $1`,
      [event],
    )
    return rows.length > 0
  }
})
