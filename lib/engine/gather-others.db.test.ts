import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Deps, Store, Tx } from '../ports.ts'
import { EngineWorld, MINUTE, T0 } from '../testing/engine-world.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { gate, until } from '../testing/waiting.ts'
import { evaluateAlert } from './evaluate-alert.ts'
import { ingestAlerts } from './ingest-alerts.ts'
import { createLooks } from './looks.ts'

const OTHERS = ['orders', 'payments', 'stock']

let under: PostgresUnderTest
let other: Store
let world: EngineWorld
let deps: Deps
beforeAll(async () => {
  under = await connectTestPostgres()
  const replica = under.connect()
  await replica.queue.start()
  other = replica.store
})
afterAll(() => under.close())
/** Four workloads with a bad deploy each, and no Prometheus: of each other's trouble replicas know by deliveries only. */
beforeEach(async () => {
  await under.clear()
  world = new EngineWorld()
  world.metrics.isConfigured = false
  deps = { ...world.deps, store: under.postgres.store, looks: createLooks() }
  for (const [image, minutesAgo] of [
    ['good:1', 60],
    ['bad:2', 1],
  ] as const) {
    world.now = T0 - minutesAgo * MINUTE
    for (const name of ['checkout', ...OTHERS]) world.cluster.deploy(`shop/${name}`, { image })
  }
  world.now = T0
  await under.postgres.store.transaction(async (tx) => {
    const control = await tx.control('update')
    await tx.updateControl(control.version, { dryRun: { ...control.dryRun, on: false } })
    await tx.savePolicy({ level: 'cluster' }, { mode: 'auto' }, 0)
  })
})

// A look that is still kept would stand in the way of the next test's empty tables.
afterEach(() => deps.looks.stop())

const alertOf = (name: string) => world.alert({ labels: { namespace: 'shop', deployment: name } })
const ingest = (store: Store, names: readonly string[]) =>
  ingestAlerts({ ...deps, store }, { alerts: names.map(alertOf), rejected: [], truncated: 0 })

async function decisions(): Promise<{ effect: string; reason: string }[]> {
  return (await under.sql.query('select effect, reason from decision order by decided_at, id')).rows
}

/** A store whose transactions do that before they go on with a call. */
function before(store: Store, call: 'lock' | 'insertEpisodes', first: () => Promise<void>): Store {
  const halted = (tx: Tx): Tx => ({
    ...tx,
    async [call](...args: [never, never]) {
      await first()
      return tx[call](...args)
    },
  })
  return { ping: () => store.ping(), transaction: (work) => store.transaction((tx) => work(halted(tx))) }
}

test('what another replica stored after the others were looked up, and before the lock, counts', async () => {
  const { due } = await ingest(deps.store, ['checkout'])
  let isFirst = true
  const store = before(deps.store, 'lock', async () => {
    if (isFirst) await ingest(other, OTHERS)
    isFirst = false
  })
  expect(await evaluateAlert({ ...deps, store }, due[0] ?? '')).toBeNull()
  expect(await decisions()).toMatchObject([{ effect: 'none', reason: 'common_cause' }])
  expect(world.cluster.effectivePatches('shop/checkout')).toBe(0)
})

test('what another replica is storing at that moment is waited for, and counts', async () => {
  const { due } = await ingest(deps.store, ['checkout'])
  const [storing, finish] = [gate(), gate()]
  const slow = before(other, 'insertEpisodes', async () => {
    storing.open()
    await finish.opened
  })
  const stored = ingest(slow, OTHERS)
  await storing.opened
  let isDecided = false
  const decided = evaluateAlert(deps, due[0] ?? '').then(() => {
    isDecided = true
  })
  await until(async () => isDecided || (await isWaiting()))
  finish.open()
  await Promise.all([stored, decided])
  expect(await decisions()).toMatchObject([{ effect: 'none', reason: 'common_cause' }])
})

test('two deliveries do not wait for each other', async () => {
  const [storing, finish] = [gate(), gate()]
  const slow = before(other, 'insertEpisodes', async () => {
    storing.open()
    await finish.opened
  })
  const stored = ingest(slow, ['orders'])
  await storing.opened
  expect((await ingest(deps.store, ['checkout'])).counts).toMatchObject({ accepted: 1 })
  finish.open()
  await stored
})

async function isWaiting(): Promise<boolean> {
  const { rows } = await under.sql.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`,
  )
  return rows.length > 0
}
