import { beforeEach, expect, it } from 'vitest'
import type { Control } from '../core/control.ts'
import type { Queue, ReadModel } from '../ports.ts'
import { aSpentRollback } from '../testing/builders.ts'
import { EngineWorld, MINUTE, SECOND } from '../testing/engine-world.ts'
import { readGauges } from './read-gauges.ts'

let world: EngineWorld
let read: Pick<ReadModel, 'control' | 'breakerClosing' | 'spentSince' | 'policies' | 'heartbeats' | 'oldestDueAt'>
let queue: Pick<Queue, 'depth'>

beforeEach(() => {
  world = new EngineWorld()
  read = {
    control: () => world.store.transaction((tx) => tx.control()),
    breakerClosing: async () => null,
    spentSince: async () => [],
    policies: async () => [],
    heartbeats: async () => [],
    oldestDueAt: async () => null,
  }
  queue = { depth: async () => [{ job: 'advance-rollback', queued: 2, active: 1 }] }
})

const gauges = () => readGauges({ ...world.deps, read: { ...world.deps.read, ...read }, queue })

const paused = (control: Control, until: number | null): Control => ({
  ...control,
  pauses: [{ scope: { level: 'namespace', namespace: 'shop' }, reason: 'x', actor: { kind: 'engine' }, since: 0, until }],
})

it('reads what is known now', async () => {
  read.heartbeats = async () => [{ name: 'Watchdog', lastSeenAt: world.now - 12_500 }]
  read.oldestDueAt = async (now) => now - 3 * SECOND
  expect(await gauges()).toEqual({
    automationPaused: false,
    dryRun: true,
    breakerOpen: false,
    heartbeatAgeSeconds: [{ name: 'Watchdog', seconds: 12.5 }],
    queue: [{ job: 'advance-rollback', queued: 2, active: 1 }],
    oldestDueAgeSeconds: 3,
    upstreams: [
      { name: 'postgres', isUp: true },
      { name: 'kubernetes', isUp: true },
      { name: 'prometheus', isUp: true },
    ],
  })
})

it('is zero behind when nothing is due', async () => {
  expect((await gauges()).oldestDueAgeSeconds).toBe(0)
})

it('counts a pause of any scope while it lasts', async () => {
  const control = paused(await read.control(), world.now + MINUTE)
  read.control = async () => control
  expect((await gauges()).automationPaused).toBe(true)
  world.now += MINUTE
  expect((await gauges()).automationPaused).toBe(false)
})

it('says that the breaker is open while as many rollbacks as the budget allows lie within its window', async () => {
  const spent = [9, 1].map((minutes) => aSpentRollback({ at: world.now - minutes * MINUTE }))
  read.policies = async () => [{ scope: { level: 'cluster' }, fields: { budget: { count: 2, windowMs: 10 * MINUTE } }, version: 1 }]
  read.spentSince = async () => spent
  expect((await gauges()).breakerOpen).toBe(true)
  world.now += MINUTE
  expect((await gauges()).breakerOpen).toBe(false)
})

it('leaves out what does not answer, and what is not configured', async () => {
  world.store.isAway = true
  world.metrics.isConfigured = false
  const away = () => world.store.ping() as never
  Object.assign(read, { control: away, heartbeats: away, oldestDueAt: away })
  queue.depth = away
  expect(await gauges()).toEqual({
    automationPaused: null,
    dryRun: null,
    breakerOpen: null,
    heartbeatAgeSeconds: [],
    queue: [],
    oldestDueAgeSeconds: null,
    upstreams: [
      { name: 'postgres', isUp: false },
      { name: 'kubernetes', isUp: true },
    ],
  })
})
