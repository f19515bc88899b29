import { describe, expect, it } from 'vitest'
import { badDeployWorld, CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { releaseHeld } from './release-held.ts'

async function heldWorld(): Promise<EngineWorld> {
  const world = await badDeployWorld()
  world.cluster.pause('edgelink/checkout')
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ effect: 'none', reason: 'deployment_paused' })
  return world
}

describe('an alert that is held by a paused Deployment', () => {
  it('is left alone while the Deployment is paused, and while the caches do not tell', async () => {
    const world = await heldWorld()
    expect(await releaseHeld(world.deps)).toBe(0)
    world.cluster.pause('edgelink/checkout', false)
    world.cluster.synced = false
    expect(await releaseHeld(world.deps)).toBe(0)
    await world.pass(MINUTE)
    expect(world.store.tables.decisions).toHaveLength(1)
  })

  it('is decided again when the Deployment is resumed', async () => {
    const world = await heldWorld()
    world.cluster.pause('edgelink/checkout', false)
    expect(await releaseHeld(world.deps)).toBe(1)
    await world.pass(SECOND)
    expect(world.store.tables.rollbacks).toHaveLength(1)
    expect(await releaseHeld(world.deps)).toBe(0)
  })

  it('is brought due once, however often the cluster changes before it is decided', async () => {
    const world = await heldWorld()
    world.cluster.pause('edgelink/checkout', false)
    await releaseHeld(world.deps)
    const [before] = structuredClone(world.store.tables.episodes)
    world.now += SECOND
    expect(await releaseHeld(world.deps)).toBe(0)
    expect(world.store.tables.episodes).toEqual([before])
  })
})

it('an alert that the annotation of its Deployment holds is decided again when the annotation is changed', async () => {
  const world = await badDeployWorld()
  world.cluster.annotate('edgelink/checkout', { 'snapback.dev/mode': 'off' })
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision.reason).toBe('mode_off')
  expect(await releaseHeld(world.deps)).toBe(0)
  world.cluster.annotate('edgelink/checkout', { 'snapback.dev/mode': 'auto' })
  expect(await releaseHeld(world.deps)).toBe(1)
  await world.pass(SECOND)
  expect(world.store.tables.rollbacks).toHaveLength(1)
})

it('an alert that the owner holds is decided again when the owner is suspended', async () => {
  const world = await badDeployWorld()
  const flux = { kind: 'flux_kustomization', name: 'flux-system/apps', known: 'object' } as const
  world.cluster.owners.set('edgelink/Deployment/checkout', { ...flux, undo: 'reverted', revertsWithinMs: 10 * MINUTE })
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'owner_reverts' })
  expect(await releaseHeld(world.deps)).toBe(0)
  world.cluster.owners.set('edgelink/Deployment/checkout', { ...flux, undo: 'until_resumed' })
  expect(await releaseHeld(world.deps)).toBe(1)
  await world.pass(SECOND)
  expect(world.decision.checks.find(({ gate }) => gate === 'allowed')).toMatchObject({ answer: 'pass', reason: 'owner_lets_it_stick' })
  expect(world.store.tables.rollbacks).toHaveLength(1)
})

it('an alert whose owners do not answer is asked again until they do, and acted on then', async () => {
  const world = await badDeployWorld()
  world.cluster.owners.set('edgelink/Deployment/checkout', 'silent')
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'source_silent' })
  expect(world.decision.facts.workload).toMatchObject({ owner: null, ownerSilent: true })
  world.cluster.owners.delete('edgelink/Deployment/checkout')
  await world.pass(15 * SECOND)
  expect(world.store.tables.rollbacks).toHaveLength(1)
})

it('an owner that falls silent releases nothing', async () => {
  const world = await badDeployWorld()
  world.cluster.owners.set('edgelink/Deployment/checkout', { kind: 'flagger', name: 'edgelink/front', undo: 'reverted', known: 'object' })
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision.reason).toBe('owner_reverts')
  world.cluster.owners.set('edgelink/Deployment/checkout', 'silent')
  expect(await releaseHeld(world.deps)).toBe(0)
})

it('each workload is released by itself: what goes wrong with one takes nothing back from another', async () => {
  const world = await heldWorld()
  world.cluster.deploy('edgelink/search', { image: 'search:1.0.0' })
  world.now += 10 * MINUTE
  world.cluster.deploy('edgelink/search', { image: 'search:1.1.0' })
  world.cluster.pause('edgelink/search')
  await world.deliver({ labels: { namespace: 'edgelink', deployment: 'search' } })
  expect(world.decision.reason).toBe('deployment_paused')
  world.cluster.pause('edgelink/checkout', false)
  const deployment = world.cluster.deployment.bind(world.cluster)
  world.cluster.deployment = (ref) => {
    if (ref.name === 'search') throw new Error('gone wrong')
    return deployment(ref)
  }
  await expect(releaseHeld(world.deps)).rejects.toThrow('gone wrong')
  expect(world.store.tables.episodes.map(({ nextEvaluationAt }) => nextEvaluationAt)).toEqual([world.now, null])
})

it('an alert that found nothing to go back to is decided again when its workload is deployed while it fires on', async () => {
  const world = new EngineWorld()
  await world.configure({})
  world.now = T0 - 60 * MINUTE
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
  world.now = T0
  await world.deliver({ labels: CHECKOUT, startsAt: T0 })
  expect(world.decision.checks.find(({ gate }) => gate === 'target')).toMatchObject({ answer: 'hold', reason: 'no_target' })
  expect(await releaseHeld(world.deps)).toBe(0)
  // It was on its way while the facts were gathered, and the condition began after it.
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:2' })
  world.now += SECOND
  expect(await releaseHeld(world.deps)).toBe(1)
  await world.pass(SECOND)
  expect(world.decision).toMatchObject({ effect: 'act', target: { images: ['checkout:1'] } })
  expect(await releaseHeld(world.deps)).toBe(0)
})
