import { describe, expect, it } from 'vitest'
import type { WorkloadRef } from '../core/workload.ts'
import { badDeployWorld, CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'

const WORKLOAD = 'edgelink/checkout'
const REF: WorkloadRef = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' }

/** Versions of one workload, each deployed so many minutes ago. */
async function deployed(...versions: [image: string, minutesAgo: number][]): Promise<EngineWorld> {
  const world = new EngineWorld()
  await world.configure({})
  for (const [image, minutesAgo] of versions) {
    world.now = T0 - minutesAgo * MINUTE
    world.cluster.deploy(WORKLOAD, { image })
  }
  world.now = T0
  return world
}

/** Leaves only so many old ReplicaSets, as the controller does. */
function limitHistory(world: EngineWorld, limit: number): void {
  for (const { uid } of world.cluster.revisions(REF).slice(1 + limit)) world.cluster.prune(WORKLOAD, uid)
}

describe('there is nothing to go back to, and people are called', () => {
  it('on the first deploy ever', async () => {
    const world = await deployed(['checkout:1', 1])
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'escalate', effect: 'none', reason: 'no_target' })
    expect(world.store.tables.rollbacks).toEqual([])
  })

  it('with a revisionHistoryLimit of 0, which keeps no old ReplicaSet', async () => {
    const world = await badDeployWorld()
    limitHistory(world, 0)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'escalate', effect: 'none', reason: 'no_target' })
  })

  it('with a revisionHistoryLimit of 1, when the one that is kept had served for moments', async () => {
    const world = await deployed(['checkout:1', 60], ['checkout:2', 2], ['checkout:3', 1])
    limitHistory(world, 1)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'escalate', effect: 'none', reason: 'target_unproven' })
  })

  it('when the target was pruned between decision and patch: it fails, and the cluster stays as it is', async () => {
    const world = await badDeployWorld()
    world.atPoint = (point) => {
      if (point === 'undoing-stored') limitHistory(world, 0)
    }
    await world.deliver({ labels: CHECKOUT })
    await world.pass(2 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'target_gone' } })
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(0)
    expect(world.cluster.currentOf(WORKLOAD).images).toEqual(['checkout:1.5.0'])
    // Nothing was undone, so nothing is condemned; a further alert finds nobody to go back to.
    expect(world.store.tables.condemnations).toEqual([])
    await world.deliver({ labels: { ...CHECKOUT, alertname: 'HighLatency' } })
    expect(world.decision).toMatchObject({ verdict: 'escalate', effect: 'none', reason: 'no_target' })
  })
})

describe('what is irreversible is not taken back, and people are called', () => {
  const irreversible = { 'snapback.dev/irreversible': 'true' }

  it.each([
    ['the bad version itself', 'checkout:3'],
    ['one between it and the last good one', 'checkout:2'],
  ])('%s', async (_, marked) => {
    const world = await deployed(['checkout:1', 60])
    for (const [image, minutesAgo] of [
      ['checkout:2', 2],
      ['checkout:3', 1],
    ] as const) {
      world.now = T0 - minutesAgo * MINUTE
      world.cluster.deploy(WORKLOAD, { image, ...(image === marked && { annotations: irreversible }) })
    }
    world.now = T0
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'irreversible' })
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(0)
  })
})

it('with a revisionHistoryLimit of 1 it goes back to the one that is kept', async () => {
  const world = await deployed(['checkout:1', 90], ['checkout:2', 60], ['checkout:3', 1])
  limitHistory(world, 1)
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ effect: 'act', reason: 'deploy_explains_it' })
  expect(world.rollback.to.images).toEqual(['checkout:2'])
})
