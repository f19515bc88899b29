import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ChangeKind } from '../../ports.ts'
import { AT, anEpisode, aWorkload, insertRollback } from '../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'
import { recordLog } from '../../testing/record-log.ts'
import { until } from '../../testing/waiting.ts'
import { createChangeListener } from './changes.ts'

let under: PostgresUnderTest
let heard: { kind: ChangeKind; ids: string[] }[] = []
const kinds = () => heard.map(({ kind }) => kind)
const listeners = async () =>
  (await under.sql.query(`select pid from pg_stat_activity where datname = current_database() and application_name = 'snapback changes'`))
    .rows

beforeAll(async () => {
  under = await connectTestPostgres()
  under.connect().changes.subscribe((change) => heard.push(change))
  // The first thing heard: from here on nothing is missed.
  await until(() => kinds().includes('resync'))
})
beforeEach(async () => {
  await under.clear()
  heard = []
})
afterAll(() => under.close())

test('what one replica has stored another hears of, by kind and id', async () => {
  const rollback = await under.postgres.store.transaction((tx) => insertRollback(tx))
  await until(() => kinds().includes('rollback'))
  expect(heard).toContainEqual({ kind: 'rollback', ids: [rollback.id] })
  expect(heard).toContainEqual({ kind: 'decision', ids: [rollback.decisionId] })
  expect(heard).toContainEqual({ kind: 'workload', ids: [rollback.workloadId] })
})

test('a transaction that failed is not told of', async () => {
  const { store } = under.postgres
  await expect(
    store.transaction(async (tx) => {
      await tx.workloadId(aWorkload('never'), AT)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  const stored = await store.transaction((tx) => tx.workloadId(aWorkload(), AT))
  await until(() => heard.length > 0)
  expect(heard).toEqual([{ kind: 'workload', ids: [stored] }])
})

test('what changes nothing for people is not told of', async () => {
  const { store } = under.postgres
  await store.transaction((tx) => tx.insertEpisode(anEpisode()))
  await store.transaction((tx) => tx.control('share'))
  const policy = await store.transaction((tx) => tx.savePolicy({ level: 'cluster' }, { mode: 'auto' }, 0))
  await until(() => heard.length > 0)
  expect(policy).toBe(true)
  expect(heard).toEqual([{ kind: 'policy', ids: ['cluster'] }])
})

test('many transactions at once are told of together, each id once', async () => {
  const { store } = under.postgres
  const control = await store.transaction((tx) => tx.control())
  await store.transaction((tx) => tx.updateControl(control.version, { enabled: false }))
  await store.transaction((tx) => tx.updateControl(control.version + 1, { enabled: true }))
  const ids = await Promise.all([1, 2, 3].map((index) => store.transaction((tx) => tx.workloadId(aWorkload(`many-${index}`), AT))))
  await until(() => new Set(heard.filter(({ kind }) => kind === 'workload').flatMap((change) => change.ids)).size === 3)
  expect(heard.flatMap((change) => (change.kind === 'workload' ? change.ids : [])).sort()).toEqual(ids.sort())
  expect(heard.filter(({ kind }) => kind === 'control').every((change) => change.ids.length === 1)).toBe(true)
})

test('more than a notification can carry is told as one: look at everything', async () => {
  const names = Array.from({ length: 400 }, (_, index) => aWorkload(`w${index}`))
  await under.postgres.store.transaction(async (tx) => {
    for (const name of names) await tx.workloadId(name, AT)
  })
  await until(() => heard.length > 0)
  expect(heard).toEqual([{ kind: 'resync', ids: [] }])
})

test('a connection that was lost comes back by itself, and then everything has to be looked at again', async () => {
  const [lost] = await listeners()
  await under.sql.query('select pg_terminate_backend($1)', [lost.pid])
  await until(() => heard.length > 0)
  expect(heard).toEqual([{ kind: 'resync', ids: [] }])
  const id = await under.postgres.store.transaction((tx) => tx.workloadId(aWorkload(), AT))
  await until(() => kinds().includes('workload'))
  expect(heard.at(-1)).toEqual({ kind: 'workload', ids: [id] })
})

test('what others say on the channel means: look at everything', async () => {
  await under.sql.query(`select pg_notify('snapback_changes', 'not json'), pg_notify('snapback_changes', '[{"kind":"workload"}]')`)
  await until(() => heard.length > 1)
  expect(heard).toEqual([
    { kind: 'resync', ids: [] },
    { kind: 'resync', ids: [] },
  ])
})

test('a listener that fails does not keep the others from hearing', async () => {
  const log = recordLog()
  const listener = createChangeListener(under.url, log)
  const others: ChangeKind[] = []
  listener.subscribe(() => {
    throw new Error('a stream that is closed')
  })
  listener.subscribe(({ kind }) => others.push(kind))
  await until(() => others.length > 0)
  await under.postgres.store.transaction((tx) => tx.workloadId(aWorkload(), AT))
  await until(() => others.includes('workload'))
  expect(log.lines.map(({ event }) => event)).toContain('changes.listener-failed')
  await listener.close()
})

test('who has unsubscribed hears nothing more', async () => {
  const gone: unknown[] = []
  const stop = under.postgres.changes.subscribe((change) => gone.push(change))
  await until(() => gone.length > 0)
  stop()
  gone.length = 0
  await under.postgres.store.transaction((tx) => tx.workloadId(aWorkload(), AT))
  await until(() => heard.length > 0)
  expect(gone).toEqual([])
})
