import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectPostgres, type Postgres } from '../adapters/postgres/connect.ts'
import type { PolicyFields } from '../core/policy.ts'
import { ingestAlerts } from '../engine/ingest-alerts.ts'
import { createLooks } from '../engine/looks.ts'
import type { Deps } from '../ports.ts'
import { EngineWorld, MINUTE } from '../testing/engine-world.ts'
import { aRule } from '../testing/fake-metrics.ts'
import { connectTestPostgres, type PostgresUnderTest } from '../testing/postgres-store.ts'
import { recordLog } from '../testing/record-log.ts'
import { until } from '../testing/waiting.ts'
import { startWorker, type Worker } from './worker.ts'

/** A process of several: connections, queue and engine of its own; database and cluster are shared. */
interface Replica {
  postgres: Postgres
  deps: Deps
  worker: Worker
}

const TEN = Array.from({ length: 10 }, (_, index) => index)
const TURNS = [0, 1, 2, 3, 4]
const BUDGET = { count: 5, windowMs: 30 * MINUTE }

const world = new EngineWorld()
let under: PostgresUnderTest
let replicas: Replica[]
let round = 0

beforeAll(async () => {
  under = await connectTestPostgres()
  replicas = [1, 2, 3].map(() => {
    const postgres = connectPostgres(under.url, recordLog())
    const deps = { ...world.deps, store: postgres.store, looks: createLooks() }
    return { postgres, deps, worker: startWorker({ deps, queue: postgres.queue, prepare: [], works: true }) }
  })
  await until(() => replicas.every(({ worker }) => worker.status().isReady))
  await under.postgres.store.transaction(async (tx) => {
    const control = await tx.control('update')
    await tx.updateControl(control.version, { dryRun: { ...control.dryRun, on: false } })
  })
})
afterAll(async () => {
  await Promise.all(replicas.map(({ worker }) => worker.stop()))
  await Promise.all(replicas.map(({ postgres }) => postgres.close()))
  await under.close()
})

/** Ten workloads that nobody has seen yet, each with a bad deploy that is a minute old, hours after the round before. */
async function beginRound(policy: PolicyFields): Promise<void> {
  round += 1
  world.now += 120 * MINUTE
  for (const index of TEN) world.cluster.deploy(workload(index), { image: 'good:1' })
  world.now += 60 * MINUTE
  for (const index of TEN) world.cluster.deploy(workload(index), { image: 'bad:2' })
  world.now += MINUTE
  await under.postgres.store.transaction(async (tx) => {
    const [stored] = await tx.policies([{ level: 'cluster' }])
    await tx.savePolicy({ level: 'cluster' }, { mode: 'auto', ...policy }, stored?.version ?? 0)
  })
}

const nameOf = (index: number) => `round${round}-${index}`
const workload = (index: number) => `shop/${nameOf(index)}`
const alertOf = (index: number) => world.alert({ labels: { namespace: 'shop', deployment: nameOf(index) } })

/** As the webhook does it: stored, then decided at once by who stored it. Which replica gets which, and when, differs from turn to turn. */
async function deliverAll(turn: number): Promise<void> {
  await Promise.all(
    TEN.map(async (index) => {
      const { deps, worker } = replicas[(index + turn) % replicas.length] as Replica
      // A few milliseconds apart, as real deliveries are, each turn in another order.
      await new Promise((resolve) => setTimeout(resolve, ((index * 7 + turn) % 10) * (turn % 4)))
      const { due } = await ingestAlerts(deps, { alerts: [alertOf(index)], rejected: [], truncated: 0 })
      worker.kick(due)
    }),
  )
}

/** What was decided in this round, in the order of deciding; `others`: as many as were counted. */
async function decisions(): Promise<{ effect: string; reason: string; others: number }[]> {
  const { rows } = await under.sql.query(
    `select effect, reason,
       (jsonb_path_query_first(checks, '$[*] ? (@.gate == "not_everyone")') -> 'values' ->> 'count')::int as others
     from decision join workload on workload.id = decision.workload_id where workload.name like $1 order by decided_at, decision.id`,
    [`round${round}-%`],
  )
  return rows
}

/** Until as many were decided and nothing is left to do before time passes. */
async function untilQuiet(count: number): Promise<void> {
  await until(async () => (await decisions()).length >= count)
  await until(async () => {
    const { rows } = await under.sql.query(
      `select exists (select from rollback where next_step_at <= $1) or exists (select from episode where next_evaluation_at <= $1) as "isDue"`,
      [new Date(world.now)],
    )
    return !rows[0].isDue
  })
}

const patches = () => TEN.map((index) => world.cluster.effectivePatches(workload(index)))
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

describe('ten alerts for ten workloads in the same instant, three replicas', () => {
  test.each(TURNS.slice(0, 2))(
    'have a common cause that every replica sees in Prometheus: nothing is rolled back (turn %i)',
    async (turn) => {
      await beginRound({})
      world.metrics.isConfigured = true
      world.metrics.addRule(aRule({ name: 'HighErrorRate', labels: {} }))
      for (const index of TEN) world.metrics.fires(alertOf(index).labels, world.now)
      await deliverAll(turn)
      await untilQuiet(10)
      expect(await decisions()).toEqual(Array.from(TEN, () => ({ effect: 'none', reason: 'common_cause', others: 9 })))
      expect(sum(patches())).toBe(0)
    },
  )

  test.each(TURNS)('without a Prometheus are decided as one would, that hears of them one by one (turn %i)', async (turn) => {
    await beginRound({})
    world.metrics.isConfigured = false
    await deliverAll(turn)
    await untilQuiet(10)
    const decided = await decisions()
    expect(decided).toHaveLength(10)
    // Nobody who knew of three others has acted, and who came fourth knew of three.
    for (const { effect, reason, others } of decided) {
      expect([effect, reason]).toEqual(others < 3 ? ['act', 'deploy_explains_it'] : ['none', 'common_cause'])
    }
    const acted = decided.filter(({ effect }) => effect === 'act').length
    expect(acted).toBeLessThanOrEqual(3)
    expect(sum(patches())).toBe(acted)
  })

  test.each(TURNS)('spend the budget once, and the others have their turn when it is free again (turn %i)', async (turn) => {
    await beginRound({ budget: BUDGET, commonCause: { workloads: 100, withinMs: 2 * MINUTE } })
    world.metrics.isConfigured = false
    await deliverAll(turn)
    await untilQuiet(10)
    const counts = (await decisions()).map(({ effect, reason }) => `${effect} ${reason}`).sort()
    expect(counts).toEqual([...Array(5).fill('act deploy_explains_it'), ...Array(5).fill('none budget_spent')])
    expect(sum(patches())).toBe(5)

    world.now += BUDGET.windowMs
    await untilQuiet(15)
    expect((await decisions()).slice(10).map(({ effect }) => effect)).toEqual(Array(5).fill('act'))
    expect(patches()).toEqual(Array(10).fill(1))
  })
})
