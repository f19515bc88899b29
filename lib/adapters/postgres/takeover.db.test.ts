import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectTestPostgres, type PostgresUnderTest } from '../../testing/postgres-store.ts'
import { until } from '../../testing/waiting.ts'

let under: PostgresUnderTest
let child: ChildProcess
let held: string

const sweep = () => under.postgres.store.transaction((tx) => tx.enqueue('evaluate-alert', 'a'))

beforeAll(async () => {
  under = await connectTestPostgres()
  await sweep()
  const script = fileURLToPath(new URL('../../testing/hanging-worker.ts', import.meta.url))
  child = spawn(process.execPath, [script, under.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  held = String(output).trim()
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await under.close()
})

// The time-out is the promise: a rollback goes on within 15 s of the death of its replica.
test('the job of a process that was killed is taken over by another', { timeout: 15_000 }, async () => {
  expect(held).toBe('a')
  const takenOver: string[] = []
  await under.postgres.queue.work('evaluate-alert', async (id) => void takenOver.push(id))
  child.kill('SIGKILL')
  // As the sweeper does every second for a row that is due.
  const sweeping = setInterval(() => void sweep(), 1_000)
  await until(() => takenOver.length > 0)
  clearInterval(sweeping)
  expect(takenOver[0]).toBe('a')
})
