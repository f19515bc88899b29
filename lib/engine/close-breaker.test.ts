import { describe, expect, it } from 'vitest'
import { CALLER, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { abortRollback } from './answer-rollback.ts'
import { closeBreaker } from './close-breaker.ts'
import { savePolicy } from './save-policy.ts'

const POLICY = { budget: { count: 2, windowMs: 30 * MINUTE }, attributionWindowMs: 120 * MINUTE }
const labelsOf = (deployment: string) => ({ namespace: 'edgelink', deployment })
const CLOSING = { caller: CALLER, reason: 'three bad releases, nothing in common', version: null }

/** Bad deploys of all of them a minute ago; a and b were rolled back, c is held by the open breaker. */
async function openBreaker(...more: string[]): Promise<EngineWorld> {
  const names = ['a', 'b', 'c', ...more]
  const world = new EngineWorld()
  await world.configure({ policy: POLICY })
  world.now = T0 - 60 * MINUTE
  for (const name of names) world.cluster.deploy(`edgelink/${name}`, { image: `${name}:1` })
  world.now = T0 - MINUTE
  for (const name of names) world.cluster.deploy(`edgelink/${name}`, { image: `${name}:2` })
  world.now = T0
  for (const name of ['a', 'b']) {
    await world.deliver({ labels: labelsOf(name) })
    await world.pass(3 * MINUTE)
  }
  await world.deliver({ labels: labelsOf('c') })
  expect(world.decision).toMatchObject({ effect: 'none', reason: 'budget_spent' })
  return world
}

const rolledBack = (world: EngineWorld) => world.store.tables.rollbacks.map(({ workload }) => workload.name)

describe('closing the breaker by hand', () => {
  it('decides at once what it held, and leaves a trace of who, why and what was let off', async () => {
    const world = await openBreaker()
    const { result, audited } = await closeBreaker(world.deps, CLOSING)
    expect(result).toMatchObject({
      state: 'closed',
      spent: 0,
      closesAt: null,
      lastClosed: { at: world.now, reason: CLOSING.reason, letOff: 2 },
    })
    expect(audited).toMatchObject({ action: 'breaker.close', target: 'cluster', reason: CLOSING.reason, actor: CALLER.actor })
    expect(audited.before).toMatchObject({ state: 'open', spent: 2, count: 2 })
    expect(world.store.tables.audit.at(-1)).toMatchObject({ action: 'breaker.close' })
    await world.workOff()
    expect(rolledBack(world)).toEqual(['a', 'b', 'c'])
  })

  it('begins a new budget: what comes afterwards counts, in the same instant too', async () => {
    const world = await openBreaker('d', 'e')
    await closeBreaker(world.deps, CLOSING)
    await world.workOff()
    world.now += 3 * MINUTE
    await world.deliver({ labels: labelsOf('d') })
    world.now += 3 * MINUTE
    await world.deliver({ labels: labelsOf('e') })
    expect(rolledBack(world)).toEqual(['a', 'b', 'c', 'd'])
    expect(world.decision).toMatchObject({ reason: 'budget_spent' })
  })

  it('can be done again, and then what the first closing let off stays so', async () => {
    const world = await openBreaker('d', 'e')
    await closeBreaker(world.deps, CLOSING)
    await world.pass(3 * MINUTE)
    await world.deliver({ labels: labelsOf('d') })
    await world.pass(3 * MINUTE)
    await world.deliver({ labels: labelsOf('e') })
    const { result } = await closeBreaker(world.deps, CLOSING)
    expect(result.lastClosed).toMatchObject({ letOff: 2 })
    await world.workOff()
    expect(rolledBack(world)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('is refused while it is not open', async () => {
    const world = await openBreaker()
    await closeBreaker(world.deps, CLOSING)
    const refused = closeBreaker(world.deps, CLOSING)
    await expect(refused).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/not open: 0 of 2/) })
  })

  it('is refused when somebody else closed it meanwhile', async () => {
    const world = await openBreaker()
    const { version } = await world.store.transaction((tx) => tx.control())
    await closeBreaker(world.deps, { ...CLOSING, version })
    const late = closeBreaker(world.deps, { ...CLOSING, version })
    await expect(late).rejects.toMatchObject({ code: 'conflict', message: expect.stringMatching(/someone else/) })
    expect(world.store.tables.audit.filter(({ action }) => action === 'breaker.close')).toHaveLength(1)
  })
})

describe('without anybody, the breaker closes', () => {
  it('at the instant at which the count falls below the budget', async () => {
    const world = await openBreaker()
    const endsAt = T0 + 30 * MINUTE
    expect(world.decision.decideAgainAt).toBe(endsAt)
    await world.pass(endsAt - world.now - SECOND)
    expect(rolledBack(world)).toEqual(['a', 'b'])
    await world.pass(SECOND)
    expect(rolledBack(world)).toEqual(['a', 'b', 'c'])
  })

  it('for one of those that it held: the others wait for the next one to leave the window', async () => {
    const world = await openBreaker('d')
    world.now += 3 * MINUTE
    await world.deliver({ labels: labelsOf('d') })
    await world.pass(T0 + 30 * MINUTE - world.now)
    expect(rolledBack(world)).toHaveLength(3)
    expect(world.decision).toMatchObject({ reason: 'budget_spent', decideAgainAt: T0 + 33 * MINUTE })
    await world.pass(3 * MINUTE)
    expect(rolledBack(world)).toHaveLength(4)
  })

  it('earlier, when a rollback that spent it is stopped before its patch', async () => {
    const world = await openBreaker('d')
    await closeBreaker(world.deps, CLOSING)
    const [c] = world.store.takeJobs(world.now)
    const pending = await world.evaluate(
      c?.id ?? world.store.tables.episodes.find(({ nextEvaluationAt }) => nextEvaluationAt === world.now)?.id ?? '',
    )
    expect(world.rollback).toMatchObject({ phase: 'pending', workload: { name: 'c' } })
    await savePolicy(world.deps, {
      caller: CALLER,
      scope: { level: 'cluster' },
      version: 1,
      reason: 'one at a time',
      fields: { mode: 'auto', ...POLICY, budget: { count: 1, windowMs: 30 * MINUTE } },
    })
    world.now += 3 * MINUTE
    await world.deliver({ labels: labelsOf('d') })
    expect(world.decision).toMatchObject({ reason: 'budget_spent' })
    await abortRollback(world.deps, { caller: CALLER, id: pending ?? '', reason: 'not this one' })
    await world.workOff()
    expect(world.rollback).toMatchObject({ workload: { name: 'd' } })
  })
})

it('a budget that a workload or a namespace sets has no say: the breaker is one for the cluster', async () => {
  const world = await openBreaker('d')
  await world.store.transaction((tx) =>
    tx.savePolicy({ level: 'namespace', namespace: 'edgelink' }, { budget: { count: 99, windowMs: 30 * MINUTE } }, 0),
  )
  await world.deliver({ labels: labelsOf('d') })
  expect(world.decision).toMatchObject({ reason: 'budget_spent' })
})
