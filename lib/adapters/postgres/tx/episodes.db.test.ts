import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AT, anEpisode } from '../../../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../../../testing/postgres-store.ts'
import { PrismaClient } from '../generated/client.ts'
import { episodeQueries } from './episodes.ts'

let under: PostgresUnderTest
let prisma: PrismaClient
beforeAll(async () => {
  under = await connectTestPostgres()
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: under.url }) })
})
afterAll(async () => {
  await prisma.$disconnect()
  await under.close()
})

test('of an alert that fired thousands of times a delivery reads the last two', async () => {
  const MANY = 3_000
  const ended = Array.from({ length: MANY }, (_, index) =>
    anEpisode({ status: 'resolved', receivedAt: AT + index * 2, resolvedAt: AT + index * 2 + 1 }),
  )
  await under.postgres.store.transaction((tx) => tx.insertEpisodes(ended))
  const open = await under.postgres.store.transaction((tx) => tx.insertEpisode(anEpisode()))
  await under.sql.query('analyze episode')
  const { latest, read } = await prisma.$transaction(async (db) => ({
    latest: await episodeQueries({ db, touched: new Map() }).latestEpisodes(['f1', 'f1', 'unknown']),
    // Of this transaction alone.
    read: await db.$queryRaw<{ rows: number }[]>`
      select (seq_tup_read + idx_tup_fetch)::int as rows from pg_stat_xact_user_tables where relname = 'episode'`,
  }))
  expect(latest).toEqual(new Map([['f1', { ...open, lastEndedAt: AT + MANY * 2 - 1 }]]))
  // The two, and the row of the one that is the latest.
  expect(read[0]?.rows).toBeLessThan(10)
})
