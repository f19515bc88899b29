import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ChangeKind } from '../../ports.ts'
import { AT, anEpisode } from '../../testing/new-rows.ts'
import { type RecordedLog, recordLog } from '../../testing/record-log.ts'
import { type StoppablePostgres, stoppablePostgres } from '../../testing/stoppable-postgres.ts'
import { until } from '../../testing/waiting.ts'
import { connectPostgres, type Postgres } from './connect.ts'
import { migrate } from './migrate.ts'

let server: StoppablePostgres
let postgres: Postgres
let log: RecordedLog
beforeAll(async () => {
  server = await stoppablePostgres()
  log = recordLog()
  // Before the server runs: connecting to nothing yet is no failure.
  postgres = connectPostgres(server.url, log)
})
afterAll(async () => {
  await postgres?.close()
  await server?.remove()
})

/** Everything that a caller may ask of Postgres. */
const CALLS: [string, () => Promise<unknown>][] = [
  ['ping', () => postgres.store.ping()],
  ['a transaction', () => postgres.store.transaction((tx) => tx.control('share'))],
  ['a page', () => postgres.read.incidents({ open: null }, { cursor: null, limit: 1 })],
  ['control', () => postgres.read.control()],
  ['signing in', () => postgres.accounts.userByEmail('ada@example.test')],
  ['a token', () => postgres.accounts.useToken('hash', AT)],
  ['the depth of the queue', () => postgres.queue.depth()],
]

async function expectUnavailable(why: RegExp): Promise<void> {
  for (const [name, call] of CALLS) {
    const error = await call().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error, name).toMatchObject({ code: 'storage_unavailable', upstream: 'postgres', message: expect.stringMatching(why) })
    expect(inspected(error), name).not.toContain('outage-s3cret')
  }
}

const inspected = (error: unknown) =>
  JSON.stringify([error, (error as Error).message, (error as Error).stack, String((error as Error).cause)])
const worked: string[] = []
const heard: ChangeKind[] = []

// One story in its order: each test begins where the one before has left the server.
test('while the server has never been up, everything is unavailable', async () => {
  await expectUnavailable(/cannot be reached/)
  await expect(postgres.queue.start()).rejects.toMatchObject({ code: 'storage_unavailable' })
})

test('while it is up and not migrated, everything is unavailable but the ping', async () => {
  await server.start()
  await postgres.store.ping()
  await expect(postgres.store.transaction((tx) => tx.control())).rejects.toMatchObject({
    code: 'storage_unavailable',
    message: expect.stringMatching(/not migrated/),
  })
  await expect(postgres.accounts.countUsers()).rejects.toMatchObject({ code: 'storage_unavailable' })
  await expect(postgres.queue.depth()).rejects.toMatchObject({ code: 'storage_unavailable' })
})

test('once migrated everything works, without a new connection object', async () => {
  await migrate(server.url)
  await postgres.queue.start()
  await postgres.queue.work('evaluate-alert', async (id) => void worked.push(id))
  postgres.changes.subscribe(({ kind }) => heard.push(kind))
  for (const [, call] of CALLS) await call()
  await postgres.store.transaction((tx) => tx.enqueue('evaluate-alert', 'before'))
  await until(() => worked.includes('before') && heard.includes('resync'))
  heard.length = 0
})

test('a transaction that the server leaves in the middle of is lost as a whole, and says so', async () => {
  const cut = postgres.store.transaction(async (tx) => {
    await tx.insertEpisode(anEpisode())
    await server.stop()
    await tx.insertEpisode(anEpisode({ fingerprint: 'f2' }))
  })
  await expect(cut).rejects.toMatchObject({ code: 'storage_unavailable' })
})

test('while it is away again, everything is unavailable', () => expectUnavailable(/cannot be reached|connection was lost/))

test('when it is back everything works by itself: transactions, the queue and the changes', { timeout: 30_000 }, async () => {
  await server.start()
  expect((await postgres.store.transaction((tx) => tx.latestEpisodes(['f1', 'f2']))).size).toBe(0)
  await postgres.store.transaction((tx) => tx.enqueue('evaluate-alert', 'after'))
  await until(() => worked.includes('after'))
  await until(() => heard.includes('resync'))
})

test('nothing that was logged meanwhile holds the password', () => {
  expect(log.lines.length).toBeGreaterThan(0)
  expect(JSON.stringify(log.lines)).not.toContain('outage-s3cret')
})
