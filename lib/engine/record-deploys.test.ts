import { describe, expect, it } from 'vitest'
import { EngineWorld } from '../testing/engine-world.ts'
import { recordDeploys } from './record-deploys.ts'

describe('recording deploys', () => {
  it('stores each deploy once, also from two replicas', async () => {
    const world = new EngineWorld()
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:2' })
    await Promise.all([recordDeploys(world.deps, new Map()), recordDeploys(world.deps, new Map())])
    expect(world.store.tables.deploys.map(({ revision }) => revision.number)).toEqual([1, 2])
  })

  it('asks the store for nothing that it stored before', async () => {
    const world = new EngineWorld()
    const stored = new Map()
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    expect(await recordDeploys(world.deps, stored)).toBe(1)
    world.store.isAway = true
    expect(await recordDeploys(world.deps, stored)).toBe(0)
  })

  it('loses none when the store was away', async () => {
    const world = new EngineWorld()
    const stored = new Map()
    world.store.isAway = true
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    await expect(recordDeploys(world.deps, stored)).rejects.toMatchObject({ code: 'storage_unavailable' })
    world.store.isAway = false
    expect(await recordDeploys(world.deps, stored)).toBe(1)
    expect(world.store.tables.deploys).toHaveLength(1)
  })

  it('adds the completion of a rollout when it is seen', async () => {
    const world = new EngineWorld()
    const stored = new Map()
    world.cluster.rollsOutAtOnce = false
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    await recordDeploys(world.deps, stored)
    world.now += 5_000
    world.cluster.finishRollout('edgelink/checkout')
    await recordDeploys(world.deps, stored)
    expect(world.store.tables.deploys).toMatchObject([{ completedAt: world.now }])
  })

  it('counts a revision that became current again as a deploy of its own', async () => {
    const world = new EngineWorld()
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:2' })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    await recordDeploys(world.deps, new Map())
    expect(world.store.tables.deploys.map(({ revision }) => [revision.number, revision.images[0]])).toEqual([
      [1, 'checkout:1'],
      [2, 'checkout:2'],
      [3, 'checkout:1'],
    ])
  })
})
