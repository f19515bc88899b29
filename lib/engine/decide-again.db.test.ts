import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FreezeWindow } from '../core/freeze.ts'
import type { PolicyFields } from '../core/policy.ts'
import type { ReasonCode } from '../core/reason.ts'
import type { Deps, Store } from '../ports.ts'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aRule } from '../testing/fake-metrics.ts'
import { aDecision, aRollback } from '../testing/new-rows.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { closeBreaker } from './close-breaker.ts'
import { evaluateAlert } from './evaluate-alert.ts'
import { ingestAlerts } from './ingest-alerts.ts'
import { steerAutomation } from './steer-automation.ts'

const CLUSTER = { level: 'cluster' } as const
const POLICY: PolicyFields = { mode: 'auto', attributionWindowMs: 120 * MINUTE, budget: { count: 1, windowMs: 10 * MINUTE } }
const FREEZE: FreezeWindow = { kind: 'once', startsAt: T0 - MINUTE, endsAt: T0 + 10 * MINUTE, reason: 'the fair' }

let under: PostgresUnderTest
/** Two replicas that started after the first one had decided, as far as they know. */
let others: Store[]
beforeAll(async () => {
  under = await connectTestPostgres()
  const replicas = [under.connect(), under.connect()]
  for (const { queue } of replicas) await queue.start()
  others = replicas.map(({ store }) => store)
})
beforeEach(() => under.clear())
afterAll(() => under.close())

interface Hold {
  reason: ReasonCode
  policy?: PolicyFields
  begin?(deps: Deps, world: EngineWorld): Promise<unknown>
  end?(deps: Deps, world: EngineWorld): Promise<unknown>
}

async function addRollback({ store }: Deps, name: string, openedAt: number, endedAt: number): Promise<void> {
  await store.transaction(async (tx) => {
    const workloadId = await tx.workloadId({ namespace: 'edgelink', kind: 'Deployment', name }, openedAt)
    const decisionId = await tx.insertDecision(aDecision({ workloadId }))
    await tx.insertRollback(aRollback({ workloadId, decisionId, phase: 'succeeded', openedAt, phaseSince: endedAt, endedAt }))
  })
}

const steer = (deps: Deps, command: Parameters<typeof steerAutomation>[1]['command']) => steerAutomation(deps, { caller: CALLER, command })

const HOLDS: [string, Hold][] = [
  ['a cooldown', { reason: 'cooling_down', begin: (deps) => addRollback(deps, 'checkout', T0 - 40 * MINUTE, T0 - 5 * MINUTE) }],
  [
    'a pause',
    {
      reason: 'paused',
      begin: (deps) => steer(deps, { action: 'pause', scope: CLUSTER, reason: 'calm', until: null, version: null }),
      end: (deps) => steer(deps, { action: 'resume', scope: CLUSTER, reason: 'done', version: null }),
    },
  ],
  ['a freeze', { reason: 'frozen', policy: { freeze: [FREEZE] } }],
  ['a breaker that closes by itself', { reason: 'budget_spent', begin: (deps) => addRollback(deps, 'other', T0, T0) }],
  [
    'a breaker that somebody closes',
    {
      reason: 'budget_spent',
      policy: { budget: { count: 1, windowMs: 60 * MINUTE } },
      begin: (deps) => addRollback(deps, 'other', T0, T0),
      end: (deps) => closeBreaker(deps, { caller: CALLER, reason: 'nothing in common', version: null }),
    },
  ],
  [
    'a silent Prometheus',
    {
      reason: 'source_silent',
      begin: async (_, { metrics }) => {
        metrics.down = true
      },
      end: async (_, { metrics }) => {
        metrics.down = false
      },
    },
  ],
]

/** The engine of one replica, with its own connection to the one database. */
function replicaOf(world: EngineWorld, store: Store): Deps {
  return { ...world.deps, store }
}

async function heldWorld(hold: Hold): Promise<{ world: EngineWorld; first: Deps }> {
  const world = await badDeployWorld()
  const first = replicaOf(world, under.postgres.store)
  await first.store.transaction(async (tx) => {
    const control = await tx.control('update')
    await tx.updateControl(control.version, { dryRun: { ...control.dryRun, on: false } })
    await tx.savePolicy(CLUSTER, { ...POLICY, ...hold.policy }, 0)
  })
  const labels = { ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }
  world.metrics.addAlert({ labels, state: 'firing', activeAt: T0 })
  world.metrics.addRule(aRule({ name: 'HighErrorRate', labels: {}, expression: 'error_ratio > 0.05' }))
  await hold.begin?.(first, world)
  const { due } = await ingestAlerts(first, { alerts: [world.alert({ labels: CHECKOUT })], rejected: [], truncated: 0 })
  for (const id of due) await evaluateAlert(first, id)
  expect(await latest()).toMatchObject({ effect: 'none', reason: hold.reason })
  return { world, first }
}

async function latest() {
  const { rows } = await under.sql.query(
    'select effect, reason from decision where episode_id is not null order by decided_at desc, id desc limit 1',
  )
  return rows[0]
}

async function undone(): Promise<number> {
  const { rows } = await under.sql.query('select 1 from rollback where opened_at > $1', [new Date(T0)])
  return rows.length
}

describe.each(HOLDS)('%s', (_, hold) => {
  test('ends after a restart, with every job lost: two replicas find the row due, and one of them acts', async () => {
    const { world, first } = await heldWorld(hold)
    await under.sql.query('delete from pgboss.job')
    const replicas = others.map((store) => replicaOf(world, store))
    world.now = T0 + (hold.reason === 'source_silent' ? MINUTE : 10 * MINUTE) - SECOND
    if (hold.end === undefined) expect(await first.store.transaction((tx) => tx.dueEpisodes(world.now, 10))).toEqual([])
    await hold.end?.(first, world)
    world.now += SECOND
    const [due] = await first.store.transaction((tx) => tx.dueEpisodes(world.now, 10))
    await Promise.allSettled(replicas.map((deps) => evaluateAlert(deps, due ?? 'nothing is due')))
    expect(await latest()).toMatchObject({ effect: 'act', reason: 'deploy_explains_it' })
    expect(await undone()).toBe(1)
  })

  test('ends in nothing when the alert was resolved meanwhile, whoever hears of it', async () => {
    const { world, first } = await heldWorld(hold)
    const other = replicaOf(world, others[0] ?? first.store)
    world.now = T0 + MINUTE
    const resolved = world.alert({ labels: CHECKOUT, startsAt: T0, status: 'resolved', endsAt: world.now })
    const { due } = await ingestAlerts(other, { alerts: [resolved], rejected: [], truncated: 0 })
    for (const id of due) await evaluateAlert(other, id)
    world.now = T0 + 10 * MINUTE
    await hold.end?.(first, world)
    expect(await first.store.transaction((tx) => tx.dueEpisodes(world.now, 10))).toEqual([])
    expect(await undone()).toBe(0)
    const { rows } = await under.sql.query('select outcome from incident')
    expect(rows).toEqual([{ outcome: 'recovered_by_itself' }])
  })
})
