import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deps } from '../ports.ts'
import { EngineWorld, T0 } from '../testing/engine-world.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { ingestAlerts } from './ingest-alerts.ts'

let under: PostgresUnderTest
let deps: Deps
const world = new EngineWorld()
beforeAll(async () => {
  under = await connectTestPostgres()
  deps = { ...world.deps, store: under.postgres.store }
})
afterAll(() => under.close())

const HUGE = 4_000
const alertsOf = (overrides: { status?: 'resolved'; endsAt?: number }) =>
  Array.from({ length: HUGE }, (_, index) =>
    world.alert({
      labels: { namespace: 'shop', pod: `front-${index}` },
      annotations: { summary: 'x'.repeat(200) },
      startsAt: T0,
      ...overrides,
    }),
  )
const ingest = (alerts: ReturnType<typeof alertsOf>) => ingestAlerts(deps, { alerts, rejected: [], truncated: 0 })

async function count(where: string): Promise<number> {
  return (await under.sql.query(`select count(*)::int as n from ${where}`)).rows[0].n
}

test('a delivery of 4,000 new alerts fits into one transaction, and so does its end, from two Alertmanagers at once', async () => {
  const firing = alertsOf({})
  const stored = await Promise.all([ingest(firing), ingest(firing)])
  expect(stored.map(({ counts }) => counts.accepted).sort((a, b) => a - b)).toEqual([0, HUGE])
  expect(await count(`episode where status = 'firing' and next_evaluation_at is not null`)).toBe(HUGE)
  expect(await count(`pgboss.job where name = 'evaluate-alert' and state = 'created'`)).toBe(HUGE)

  const { counts } = await ingest(alertsOf({ status: 'resolved', endsAt: T0 + 60_000 }))
  expect(counts).toMatchObject({ accepted: HUGE, duplicate: 0 })
  expect(await count(`episode where status = 'resolved' and version = 2`)).toBe(HUGE)
})
