import { expect, test } from 'vitest'
import { CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'

/** 1.5.0 was deployed to many pods; the alert comes 45 minutes later, past the attribution window of 30. */
async function slowRollout(): Promise<EngineWorld> {
  const world = new EngineWorld()
  await world.configure({})
  world.now = T0 - 180 * MINUTE
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.4.0' })
  world.now = T0 - 45 * MINUTE
  world.cluster.rollsOutAtOnce = false
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.5.0' })
  world.now = T0
  return world
}

test('a rollout that still goes on explains an alert past the window of its deploy', async () => {
  const world = await slowRollout()
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ verdict: 'roll_back', reason: 'deploy_explains_it' })
  expect(world.decision.facts.workload?.deploy).toMatchObject({ completedAt: null, lastsUntil: T0 })
})

test('one that is complete does not', async () => {
  const world = await slowRollout()
  world.now = T0 - 40 * MINUTE
  world.cluster.finishRollout('edgelink/checkout')
  world.now = T0
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'outside_attribution_window' })
})

test('what a watch that died in silence last told is no reason to hold for good: it is asked again, and decided on what is there', async () => {
  const world = await slowRollout()
  world.now = T0 - 40 * MINUTE
  world.cluster.finishRollout('edgelink/checkout')
  world.cluster.frozen = true
  world.now = T0 - MINUTE
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.5.1' })
  world.now = T0
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'source_silent', decideAgainAt: T0 + 15 * SECOND })
  world.cluster.frozen = false
  await world.pass(15 * SECOND)
  expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'act' })
  expect(world.rollback.from.images).toEqual(['checkout:1.5.1'])
})

test('what fires in Prometheus is asked for as of the delivery: before it the alert may have been pending', async () => {
  const world = await slowRollout()
  await world.deliver({ labels: CHECKOUT })
  expect(world.metrics.alertsAskedAsOf[0]).toBe(T0)
})
