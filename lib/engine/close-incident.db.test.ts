import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deps, Store } from '../ports.ts'
import { badDeployWorld, CHECKOUT, MINUTE, SECOND } from '../testing/engine-world.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { gate, until } from '../testing/waiting.ts'
import { evaluateAlert } from './evaluate-alert.ts'
import { ingestAlerts } from './ingest-alerts.ts'

let under: PostgresUnderTest
beforeAll(async () => {
  under = await connectTestPostgres()
})
afterAll(() => under.close())

test('an alert that fires while its incident is about to close opens the next one, instead of joining a closed one', async () => {
  const world = await badDeployWorld()
  const { store } = under.postgres
  // Paused, so that nothing but the alerts keeps the incident open.
  await store.transaction(async (tx) => {
    const control = await tx.control('update')
    const pause = {
      scope: { level: 'cluster' as const },
      reason: 'calm',
      actor: { kind: 'engine' as const },
      since: world.now,
      until: null,
    }
    await tx.updateControl(control.version, { pauses: [pause] })
  })
  const deps: Deps = { ...world.deps, store }
  const deliver = async (by: Deps, alert: Parameters<typeof world.alert>[0]) => {
    const { due } = await ingestAlerts(by, { alerts: [world.alert(alert)], rejected: [], truncated: 0 })
    return () => Promise.all(due.map((id) => evaluateAlert(by, id)))
  }
  await (await deliver(deps, { labels: CHECKOUT }))()
  world.now += MINUTE

  const [looked, finish] = [gate(), gate()]
  const closing: Deps = { ...deps, store: haltedAfterLooking(store, looked.open, finish.opened) }
  const settled = (await deliver(closing, { labels: CHECKOUT, status: 'resolved', endsAt: world.now }))()
  await looked.opened
  let hasJoined = false
  const decided = (await deliver(deps, { labels: { ...CHECKOUT, alertname: 'Second' } }))().then(() => {
    hasJoined = true
  })
  await until(async () => hasJoined || (await isWaiting()))
  world.now += SECOND
  finish.open()
  await Promise.all([settled, decided])

  const { rows } = await under.sql.query(`
    select episode.status, incident.closed_at is null as "isOpen" from episode join incident on incident.id = episode.incident_id
    order by episode.received_at`)
  expect(rows).toEqual([
    { status: 'resolved', isOpen: false },
    { status: 'firing', isOpen: true },
  ])
})

/** Stops between the look at an incident's episodes and what follows from it. */
function haltedAfterLooking(store: Store, looked: () => void, finish: Promise<void>): Store {
  return {
    ping: () => store.ping(),
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          async episodesOfIncident(id) {
            const episodes = await tx.episodesOfIncident(id)
            looked()
            await finish
            return episodes
          },
        }),
      ),
  }
}

async function isWaiting(): Promise<boolean> {
  const { rows } = await under.sql.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'transactionid'`,
  )
  return rows.length > 0
}
