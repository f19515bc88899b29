import { afterEach, beforeEach, expect, test } from 'vitest'
import { ingestAlerts } from '../engine/ingest-alerts.ts'
import type { JobName } from '../ports.ts'
import { badDeployWorld, CHECKOUT, type EngineWorld } from '../testing/engine-world.ts'
import { gate, until } from '../testing/waiting.ts'
import { startWorker, type Worker } from './worker.ts'

/** A queue that hands over jobs when a test does. */
class FakeQueue {
  readonly handlers: [JobName, (id: string) => Promise<void>][] = []
  failsAt: JobName | null = null

  async start() {}
  async stop() {}
  async depth() {
    return []
  }
  async work(job: JobName, handle: (id: string) => Promise<void>) {
    if (job === this.failsAt) {
      this.failsAt = null
      throw new Error('the database has just gone')
    }
    this.handlers.push([job, handle])
  }
}

let world: EngineWorld
let queue: FakeQueue
let worker: Worker
beforeEach(async () => {
  world = await badDeployWorld()
  queue = new FakeQueue()
})
afterEach(() => worker.stop())

async function start(): Promise<void> {
  worker = startWorker({ deps: world.deps, queue, prepare: [], works: true })
  await until(() => worker.status().isReady)
}

test('a start that is tried again gives no job its workers twice', async () => {
  queue.failsAt = 'advance-rollback'
  await start()
  expect(queue.handlers.map(([job]) => job)).toEqual(['evaluate-alert', 'advance-rollback'])
})

test('of a storm eight are evaluated at once, by kick and queue together; what more than fifty would wait for is left to the queue', async () => {
  const finish = gate()
  let [atOnce, most, evaluated] = [0, 0, 0]
  // Where an evaluation begins; what else the loop asks for fails, and that is no matter here.
  const episode = async () => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await finish.opened
    atOnce -= 1
    evaluated += 1
    return null
  }
  world.deps.store.transaction = (work) => work({ episode } as never)
  await start()
  worker.kick(Array.from({ length: 100 }, (_, index) => `kicked-${index}`))
  const [, handle] = queue.handlers[0] ?? []
  const queued = Promise.all(['a', 'b', 'c', 'd'].map((id) => handle?.(id)))
  await until(() => atOnce > 0)
  finish.open()
  await queued
  expect(most).toBe(8)
  expect(evaluated).toBe(8 + 50 + 4)
})

test('alerts of one revision are decided while its pods are silent: they are looked at once, beside it, and a stop waits for that look', async () => {
  world = await badDeployWorld({ mode: 'off' })
  const silent = gate()
  let asked = 0
  world.cluster.pods = async () => {
    asked += 1
    await silent.opened
    return []
  }
  await start()
  const alerts = Array.from({ length: 20 }, (_, index) => world.alert({ labels: { ...CHECKOUT, pod: `checkout-${index}` } }))
  const { due } = await ingestAlerts(world.deps, { alerts, rejected: [], truncated: 0 })
  const [, handle] = queue.handlers[0] ?? []
  await Promise.all(due.map((id) => handle?.(id)))
  expect(world.store.tables.decisions).toHaveLength(20)
  expect(world.store.tables.evidence).toEqual([])
  const stopped = worker.stop()
  silent.open()
  await stopped
  expect(asked).toBe(1)
  expect(world.store.tables.evidence).toHaveLength(1)
})

test('a kick decides at once, without the queue', async () => {
  await start()
  await world.deliver({ labels: CHECKOUT })
  expect(world.rollback.phase).toBe('pending')
})
