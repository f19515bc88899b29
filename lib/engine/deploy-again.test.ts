import { describe, expect, it } from 'vitest'
import { badDeployWorld, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aMeasurement, aRule } from '../testing/fake-metrics.ts'
import { recordDeploys } from './record-deploys.ts'
import { releaseHeld } from './release-held.ts'

const WORKLOAD = 'edgelink/checkout'

/** 1.5.0 was rolled away from, with success; the alert fires on or has ended. The workload cools down. */
async function putBackWorld({ resolved }: { resolved: boolean }): Promise<EngineWorld> {
  const world = await badDeployWorld({ bakeTimeMs: 10 * SECOND })
  world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }), aMeasurement())
  await world.deliver({ labels: CHECKOUT })
  await world.pass(MINUTE)
  expect(world.rollback.phase).toBe('succeeded')
  if (resolved) await world.deliver({ labels: CHECKOUT, startsAt: T0, status: 'resolved', endsAt: world.now })
  await world.pass(MINUTE)
  return world
}

/** The pipeline is run again: the same image, under a new build. What the informers see is what the worker hears. */
async function deployAgain(world: EngineWorld, image = 'checkout:1.5.0'): Promise<void> {
  world.cluster.deploy(WORKLOAD, { image, annotations: { 'ci/build-number': '812', 'kubectl.kubernetes.io/restartedAt': 'again' } })
  await look(world)
}

async function look(world: EngineWorld): Promise<void> {
  await recordDeploys(world.deps, new Map())
  await releaseHeld(world.deps)
  await world.pass(SECOND)
}

const stays = (world: EngineWorld) => {
  expect(world.store.tables.rollbacks).toHaveLength(1)
  expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
}

describe('a condemned image that is deployed again', () => {
  it('calls people at once when its alert fires, in the cooldown too, and the timeline says so', async () => {
    const world = await putBackWorld({ resolved: true })
    await deployAgain(world)
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision).toMatchObject({ verdict: 'escalate', effect: 'none', reason: 'current_condemned', decideAgainAt: null })
    expect(world.decision.checks.find(({ gate }) => gate === 'cooldown')).toMatchObject({ reason: 'cooling_down' })
    expect(world.store.tables.timeline.at(-1)).toMatchObject({
      kind: 'decided',
      data: { verdict: 'escalate', reason: 'current_condemned' },
    })
    await world.pass(60 * MINUTE)
    stays(world)
  })

  it('calls people at once under an alert that never ended, which nobody delivers a second time', async () => {
    const world = await putBackWorld({ resolved: false })
    await deployAgain(world)
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'current_condemned' })
    const { length } = world.store.tables.decisions
    await look(world)
    expect(world.store.tables.decisions).toHaveLength(length)
    stays(world)
  })

  it('is not asked about while the alert fires on as an echo of what was rolled away from', async () => {
    const world = await putBackWorld({ resolved: false })
    await look(world)
    expect(world.store.tables.decisions).toHaveLength(1)
    stays(world)
  })
})

describe('a deploy that comes before the patch', () => {
  async function overtakenWorld(image: string): Promise<EngineWorld> {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    world.now += 10 * SECOND
    world.cluster.deploy(WORKLOAD, { image })
    await world.workOff()
    expect(world.store.tables.rollbacks).toMatchObject([{ phase: 'superseded', outcome: { reason: 'deployed_meanwhile' } }])
    return world
  }

  it('is given its time, and people are called when the alert fires on', async () => {
    const world = await overtakenWorld('checkout:1.5.1')
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'new_deploy_while_firing' })
    await world.pass(6 * MINUTE)
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'fires_on_after_deploy' })
  })

  it('has helped when the alert ends: nothing is done', async () => {
    const world = await overtakenWorld('checkout:1.5.1')
    await world.pass(MINUTE)
    await world.deliver({ labels: CHECKOUT, startsAt: T0, status: 'resolved', endsAt: world.now })
    await world.pass(10 * MINUTE)
    expect(world.decision.reason).toBe('new_deploy_while_firing')
    expect(world.store.tables.rollbacks).toHaveLength(1)
    expect(world.store.tables.incidents).toMatchObject([{ closedAt: expect.any(Number) }])
  })
})
