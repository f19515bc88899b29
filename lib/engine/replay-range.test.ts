import { describe, expect, test } from 'vitest'
import type { DecisionRecord } from '../core/decision.ts'
import type { Judgement } from '../core/judgement.ts'
import type { PolicyFields } from '../core/policy.ts'
import type { DecidedFilter, PageRequest } from '../ports.ts'
import { CALLER, CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { judgeDecision } from './judge-decision.ts'
import { replayRange } from './replay-range.ts'

const FILTER: DecidedFilter = { from: T0, to: T0 + 60 * MINUTE, namespace: null, workload: null }

/** What the engine stored, in pages as Postgres would give them. */
function pages({ store }: EngineWorld) {
  const asked: PageRequest[] = []
  const newest = () => [...store.tables.decisions].sort((a, b) => b.decidedAt - a.decidedAt || (a.id < b.id ? 1 : -1))
  const decided = async ({ from, to }: DecidedFilter, page: PageRequest) => {
    asked.push(page)
    const all = newest().filter(({ decidedAt }) => decidedAt >= from && decidedAt < to)
    const at = page.cursor === null ? 0 : Number(page.cursor)
    const next = at + page.limit
    return { items: structuredClone(all.slice(at, next)), nextCursor: next < all.length ? String(next) : null }
  }
  return { asked, read: { decided, policies: async () => structuredClone(store.tables.policies) } }
}

function replayAll(world: EngineWorld, fields: PolicyFields | null = null, most?: number) {
  const { read } = pages(world)
  const edit = fields && { fields, scope: null }
  return replayRange({ read, cluster: world.cluster }, { ...FILTER, edit }, most)
}

/** Three workloads with a bad deploy, rolled back a minute after each other. */
async function threeRolledBack(): Promise<EngineWorld> {
  const world = new EngineWorld()
  await world.configure({})
  world.now = T0 - 60 * MINUTE
  const names = ['cart', 'checkout', 'search']
  for (const name of names) world.cluster.deploy(`edgelink/${name}`, { image: `${name}:1` })
  world.now = T0
  for (const name of names) {
    world.cluster.deploy(`edgelink/${name}`, { image: `${name}:2` })
    await world.pass(5 * MINUTE)
    await world.deliver({ labels: { ...CHECKOUT, deployment: name } })
  }
  return world
}

const names = (changes: readonly { workload: DecisionRecord['workload'] }[]) => changes.map(({ workload }) => workload?.name)

describe('a time replayed', () => {
  test('with the policies that held then comes to the same', async () => {
    const world = await threeRolledBack()
    expect(await replayAll(world)).toEqual({
      from: FILTER.from,
      to: FILTER.to,
      truncated: false,
      decisions: 3,
      same: 3,
      changed: 0,
      cannotTell: 0,
      counts: [{ before: { verdict: 'roll_back', effect: 'act' }, after: { verdict: 'roll_back', effect: 'act' }, decisions: 3 }],
      open: [],
      changes: [],
      changesLeftOut: 0,
      judged: { all: { right: 0, wrong: 0, unsure: 0, none: 3 }, changed: { right: 0, wrong: 0, unsure: 0, none: 0 } },
    })
  })

  test('with an edit tells what changes and by which gate, newest first', async () => {
    const world = await threeRolledBack()
    const found = await replayAll(world, { budget: { count: 2, windowMs: 30 * MINUTE } })
    expect(found).toMatchObject({ decisions: 3, same: 2, changed: 1, cannotTell: 0 })
    expect(found.changes).toMatchObject([
      {
        decisionId: world.decision.id,
        decidedAt: world.decision.decidedAt,
        times: 1,
        before: { effect: 'act' },
        after: { verdict: 'roll_back', effect: 'none', reason: 'budget_spent' },
        madeBy: ['budget'],
        rollbackId: world.rollback.id,
      },
    ])
    expect(names(found.changes)).toEqual(['search'])
    expect(found.counts).toEqual([
      { before: { verdict: 'roll_back', effect: 'act' }, after: { verdict: 'roll_back', effect: 'act' }, decisions: 2 },
      { before: { verdict: 'roll_back', effect: 'act' }, after: { verdict: 'roll_back', effect: 'none' }, decisions: 1 },
    ])
  })

  test('goes by each workload’s own policy', async () => {
    const world = await threeRolledBack()
    const workload = { namespace: 'edgelink', kind: 'Deployment' as const, name: 'cart' }
    await world.store.transaction((tx) => tx.savePolicy({ level: 'workload', workload }, { mode: 'observe' }, 0))
    const found = await replayAll(world)
    expect(names(found.changes)).toEqual(['cart'])
    expect(found.changes[0]).toMatchObject({ after: { effect: 'simulate' }, madeBy: ['control'] })
  })

  test('says how many cannot be told, and for want of what', async () => {
    const world = await threeRolledBack()
    const found = await replayAll(world, { budget: { count: 3, windowMs: 120 * MINUTE } })
    expect(found).toMatchObject({ cannotTell: 3, changed: 0, same: 0 })
    expect(found.open).toEqual([{ gate: 'budget', why: 'wider_window', decisions: 3 }])
    expect(found.counts).toEqual([{ before: { verdict: 'roll_back', effect: 'act' }, after: null, decisions: 3 }])
  })

  test('counts beside it what people judged, of all and of what changes', async () => {
    const world = await threeRolledBack()
    const [first, , last] = world.store.tables.decisions
    for (const [decision, judgement] of [
      [first, 'right'],
      [last, 'wrong'],
    ] as const) {
      await judgeDecision(world.deps, { caller: CALLER, id: decision?.id ?? '', judgement, note: 'seen', version: 0 })
    }
    const { judged, changes } = await replayAll(world, { budget: { count: 2, windowMs: 30 * MINUTE } })
    expect(judged).toEqual({
      all: { right: 1, wrong: 1, unsure: 0, none: 1 },
      changed: { right: 0, wrong: 1, unsure: 0, none: 0 },
    })
    expect(changes[0]?.judgement).toMatchObject({ judgement: 'wrong' })
  })
})

test('a question that one alert asked many times is one change, with how often and since when', async () => {
  const world = await threeRolledBack()
  world.cluster.dryRunAnswer = { kind: 'silent', message: 'no answer' }
  await world.pass(20 * MINUTE)
  world.cluster.deploy('edgelink/cart', { image: 'cart:3' })
  await world.pass(MINUTE)
  await world.deliver({ labels: { ...CHECKOUT, deployment: 'cart', alertname: 'HighLatency' } })
  const first = world.decision
  await world.pass(2 * MINUTE)
  const asked = world.store.tables.decisions.filter(({ episodeId }) => episodeId === first.episodeId)
  expect(asked.length).toBeGreaterThan(3)
  const judgement: Judgement = { version: 1, judgement: 'unsure', note: null, actor: CALLER.actor, judgedAt: world.now }
  first.judgement = judgement
  const { changes } = await replayAll(world, { onInconclusive: 'pass' })
  expect(changes).toMatchObject([
    {
      decisionId: asked.at(-1)?.id,
      firstDecidedAt: first.decidedAt,
      times: asked.length,
      before: { effect: 'none', reason: 'source_silent' },
      after: { effect: 'act' },
      madeBy: ['accepted'],
      judgement,
    },
  ])
})

test('a range of more decisions than are replayed says from when on they were', async () => {
  const world = await threeRolledBack()
  const [, second] = world.store.tables.decisions
  expect(await replayAll(world, null, 2)).toMatchObject({ decisions: 2, truncated: true, from: second?.decidedAt, to: FILTER.to })
  expect(await replayAll(world, null, 3)).toMatchObject({ decisions: 3, truncated: false, from: FILTER.from })
})

test('facts are read a page at a time', async () => {
  const world = await threeRolledBack()
  const [, , record] = world.store.tables.decisions
  if (record === undefined) throw new Error('there is no decision')
  for (let index = 0; index < 450; index += 1)
    world.store.tables.decisions.push({ ...record, id: `d${index}`, decidedAt: T0 + index * SECOND })
  const { asked, read } = pages(world)
  const found = await replayRange({ read, cluster: world.cluster }, { ...FILTER, edit: { fields: { mode: 'off' }, scope: null } })
  expect(asked.map(({ limit }) => limit)).toEqual([200, 200, 200])
  expect(found).toMatchObject({ decisions: 453, changed: 453 })
})

test('more changes than are listed are counted', async () => {
  const world = await threeRolledBack()
  const [, , record] = world.store.tables.decisions
  if (record === undefined) throw new Error('there is no decision')
  for (let index = 0; index < 250; index += 1) {
    world.store.tables.decisions.push({ ...record, id: `d${index}`, episodeId: `e${index}`, decidedAt: T0 + index })
  }
  const found = await replayAll(world, { mode: 'off' })
  expect(found.changes).toHaveLength(200)
  expect(found.changesLeftOut).toBe(53)
  expect(found.changed).toBe(253)
})
