import { describe, expect, it } from 'vitest'
import type { FreezeWindow } from '../core/freeze.ts'
import type { ReasonCode } from '../core/reason.ts'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aDecision, aRollback } from '../testing/new-rows.ts'
import { closeBreaker } from './close-breaker.ts'
import { steerAutomation } from './steer-automation.ts'

const CLUSTER = { level: 'cluster' } as const
const POLICY = { attributionWindowMs: 120 * MINUTE, budget: { count: 1, windowMs: 10 * MINUTE } }
const FREEZE: FreezeWindow = { kind: 'once', startsAt: T0 - MINUTE, endsAt: T0 + 10 * MINUTE, reason: 'the fair' }

interface Hold {
  reason: ReasonCode
  /** Puts it there before the alert is delivered. */
  begin(world: EngineWorld): Promise<unknown>
  /** Ends it, where time alone does not: at once. Otherwise it ends 10 minutes later, or 15 s later for a question. */
  end?(world: EngineWorld): Promise<unknown>
  lastsMs: number
  /** Nobody knows whose incident it would be. */
  hasNoIncident?: true
}

/** Of another workload, so that only the budget is spent, or of this one. */
async function addRollback(world: EngineWorld, name: string, endedAt: number): Promise<void> {
  await world.store.transaction(async (tx) => {
    const workloadId = await tx.workloadId({ namespace: 'edgelink', kind: 'Deployment', name }, T0 - 60 * MINUTE)
    const decisionId = await tx.insertDecision(aDecision({ workloadId }))
    const openedAt = name === 'checkout' ? T0 - 40 * MINUTE : T0
    await tx.insertRollback(aRollback({ workloadId, decisionId, phase: 'succeeded', openedAt, phaseSince: endedAt, endedAt }))
  })
}

const steer = (world: EngineWorld, command: Parameters<typeof steerAutomation>[1]['command']) =>
  steerAutomation(world.deps, { caller: CALLER, command })
const pause = (until: number | null) => (world: EngineWorld) =>
  steer(world, { action: 'pause', scope: CLUSTER, reason: 'calm', until, version: null })

const HOLDS: [string, Hold][] = [
  ['a cooldown', { reason: 'cooling_down', begin: (world) => addRollback(world, 'checkout', T0 - 5 * MINUTE), lastsMs: 10 * MINUTE }],
  ['a pause that runs out', { reason: 'paused', begin: pause(T0 + 10 * MINUTE), lastsMs: 10 * MINUTE }],
  [
    'a pause that somebody ends',
    {
      reason: 'paused',
      begin: pause(null),
      end: (world) => steer(world, { action: 'resume', scope: CLUSTER, reason: 'done', version: null }),
      lastsMs: 10 * MINUTE,
    },
  ],
  [
    'a freeze',
    {
      reason: 'frozen',
      begin: (world) => world.store.transaction((tx) => tx.savePolicy(CLUSTER, { mode: 'auto', ...POLICY, freeze: [FREEZE] }, 1)),
      lastsMs: 10 * MINUTE,
    },
  ],
  ['a breaker that closes by itself', { reason: 'budget_spent', begin: (world) => addRollback(world, 'other', T0), lastsMs: 10 * MINUTE }],
  [
    'a breaker that somebody closes',
    {
      reason: 'budget_spent',
      begin: (world) => addRollback(world, 'other', T0),
      end: (world) => closeBreaker(world.deps, { caller: CALLER, reason: 'nothing in common', version: null }),
      lastsMs: 5 * MINUTE,
    },
  ],
  [
    'a Prometheus that is silent',
    {
      reason: 'source_silent',
      begin: async ({ metrics }) => {
        metrics.down = true
      },
      end: async ({ metrics }) => {
        metrics.down = false
      },
      lastsMs: MINUTE,
    },
  ],
  [
    'an Alertmanager that is silent',
    {
      reason: 'source_silent',
      begin: async ({ alertmanager }) => {
        Object.assign(alertmanager, { isConfigured: true, down: true })
      },
      end: async ({ alertmanager }) => {
        Object.assign(alertmanager, { isConfigured: false, down: false })
      },
      lastsMs: MINUTE,
    },
  ],
  [
    'a cluster that is silent',
    {
      reason: 'source_silent',
      begin: async ({ cluster }) => {
        cluster.synced = false
      },
      end: async ({ cluster }) => {
        cluster.synced = true
      },
      lastsMs: MINUTE,
      hasNoIncident: true,
    },
  ],
]

async function heldWorld({ reason, begin }: Hold): Promise<EngineWorld> {
  const world = await badDeployWorld(POLICY)
  await begin(world)
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ effect: 'none', reason })
  return world
}

const undone = (world: EngineWorld) => world.store.tables.rollbacks.filter(({ openedAt, trigger }) => trigger === 'alert' && openedAt > T0)

describe.each(HOLDS)('%s', (_, hold) => {
  it('holds to its end, and then it is decided again, since the alert still fires', async () => {
    const world = await heldWorld(hold)
    await world.pass(hold.lastsMs - SECOND)
    expect(undone(world)).toEqual([])
    await hold.end?.(world)
    await world.pass(15 * SECOND)
    expect(world.decision).toMatchObject({ effect: 'act', reason: 'deploy_explains_it' })
    expect(undone(world)).toHaveLength(1)
  })

  it('ends the same when every job was lost in a restart: the row says when', async () => {
    const world = await heldWorld(hold)
    await world.pass(hold.lastsMs - SECOND)
    await hold.end?.(world)
    world.store.tables.jobs = []
    await world.pass(15 * SECOND)
    expect(undone(world)).toHaveLength(1)
  })

  it('brings nothing when the alert was resolved before its end: recovered by itself', async () => {
    const world = await heldWorld(hold)
    await world.pass(30 * SECOND)
    await world.deliver({ labels: CHECKOUT, startsAt: T0, status: 'resolved', endsAt: world.now })
    await world.pass(hold.lastsMs)
    await hold.end?.(world)
    await world.pass(MINUTE)
    expect(undone(world)).toEqual([])
    expect(world.cluster.effectivePatches('edgelink/checkout')).toBe(0)
    expect(world.store.tables.incidents.map(({ outcome }) => outcome)).toEqual(hold.hasNoIncident ? [] : ['recovered_by_itself'])
  })
})
