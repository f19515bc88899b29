import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from '../testing/app.ts'
import { untilReady } from '../testing/delivery.ts'
import { createTestDatabase } from '../testing/postgres.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.drop())

test.each(['SIGTERM', 'SIGINT'] as const)('told by %s it ends in order, also while nobody is connected', async (signal) => {
  const app = await startApp({ databaseUrl: database.url })
  await untilReady(app)
  const before = app.output()
  process.kill(app.pid, signal)
  expect(await app.exited).toEqual({ code: 0, signal: null })
  const lines = app.output().slice(before.length).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'info', event: 'stopped' }])
  // Next warns so when it serves a build that is meant for another server.
  expect(before).not.toContain('standalone')
})
