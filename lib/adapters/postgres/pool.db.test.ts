import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'
import { recordLog } from '../../testing/record-log.ts'
import { type SilentProxy, silentProxy } from '../../testing/silent-proxy.ts'
import { PrismaClient } from './generated/client.ts'
import { createPool } from './pool.ts'
import { storing } from './storage-error.ts'

let under: PostgresUnderTest
let proxy: SilentProxy
let pool: Pool
let prisma: PrismaClient
beforeAll(async () => {
  under = await connectTestPostgres()
  proxy = await silentProxy(under.url)
  // One connection, so that the next transaction would get the silent one again.
  pool = createPool(proxy.url, recordLog(), { max: 1, query_timeout: 300, statement_timeout: 200 })
  prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
  proxy.close()
  await under.close()
})

const UNAVAILABLE = { code: 'storage_unavailable', upstream: 'postgres' }
const look = () => storing(() => prisma.$transaction((db) => db.workload.count()))

test('a connection that went silent is given up after one time-out, and the next transaction works', async () => {
  expect(await look()).toBe(0)
  proxy.silence()
  await expect(look()).rejects.toMatchObject(UNAVAILABLE)
  expect(await look()).toBe(0)
})

test('so is one that went silent in the middle of a transaction', async () => {
  const cut = prisma.$transaction(async (db) => {
    await db.workload.count()
    proxy.silence()
    await db.workload.count()
  })
  await expect(storing(() => cut)).rejects.toMatchObject(UNAVAILABLE)
  expect(await look()).toBe(0)
})

test('a statement outside a transaction gives it up too', async () => {
  await prisma.workload.count()
  proxy.silence()
  await expect(storing(() => prisma.workload.count())).rejects.toMatchObject(UNAVAILABLE)
  expect(await prisma.workload.count()).toBe(0)
})

test('a statement that the server stops for taking too long leaves its connection as it was', async () => {
  const pid = async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid
  const before = await pid()
  await expect(storing(() => prisma.$transaction((db) => db.$executeRaw`select pg_sleep(5)`))).rejects.toMatchObject({
    code: 'storage_unavailable',
  })
  expect(await pid()).toBe(before)
})
