import { describe, expect, it } from 'vitest'
import { ManualClock } from './clock.ts'
import { conditionOf } from './kubernetes/deployment-status.ts'
import type { Deployment } from './kubernetes/objects.ts'
import { createWorld, type DeploymentView, type World } from './world.ts'

const START = Date.parse('2026-11-24T12:00:00Z')
const SHOP = { namespace: 'edgelink', name: 'checkout' }

/** A world in which one Deployment is rolled out, and time that passes when told to. */
function givenShop({ replicas = 4, progressDeadlineSeconds = 600, revisionHistoryLimit = 10, leakMs = 300_000 } = {}) {
  const clock = new ManualClock(START)
  const world = createWorld({ clock, timing: { leakMs } })
  const labels = { app: SHOP.name }
  world.store.create('deployments', {
    metadata: SHOP,
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'shop/checkout:1.0.0' }] } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      progressDeadlineSeconds,
      revisionHistoryLimit,
    },
    status: {},
  })
  clock.advance(30_000)
  return { clock, world }
}

function shop(world: World): DeploymentView {
  const found = world.deployments().find(({ name }) => name === SHOP.name)
  if (!found) throw new Error('no such Deployment')
  return found
}

function progressing(world: World) {
  const deployment = world.store.get('deployments', SHOP.namespace, SHOP.name) as Deployment
  return conditionOf(deployment.status, 'Progressing')
}

describe('the Deployment controller', () => {
  it('rolls a first revision out', () => {
    const { world } = givenShop()
    expect(shop(world)).toMatchObject({ revision: 1, isComplete: true, availableReplicas: 4 })
    expect(progressing(world)).toMatchObject({ status: 'True', reason: 'NewReplicaSetAvailable' })
    expect(world.pods().map(({ ready, image, revision }) => [ready, image, revision])).toEqual(
      Array.from({ length: 4 }, () => [true, 'shop/checkout:1.0.0', 1]),
    )
  })

  it('never has fewer ready pods than allowed, nor more pods than allowed, while it rolls', () => {
    const { clock, world } = givenShop()
    const ready: number[] = []
    const pods: number[] = []
    world.onChange(() => {
      const alive = world.pods().filter(({ isTerminating }) => !isTerminating)
      ready.push(alive.filter((pod) => pod.ready).length)
      pods.push(alive.length)
    })
    world.deploy(SHOP, 'shop/checkout:1.1.0')
    clock.advance(60_000)
    expect(shop(world)).toMatchObject({ revision: 2, isComplete: true })
    expect(Math.min(...ready)).toBe(3)
    expect(Math.max(...pods)).toBe(5)
  })

  it('gives a ReplicaSet that is used again the next number, and keeps the old one in its history', () => {
    const { clock, world } = givenShop()
    const [first] = shop(world).revisions
    world.deploy(SHOP, 'shop/checkout:1.1.0')
    clock.advance(60_000)
    world.deploy(SHOP, 'shop/checkout:1.0.0')
    clock.advance(60_000)
    expect(shop(world).revisions.map(({ number, image }) => [number, image])).toEqual([
      [3, 'shop/checkout:1.0.0'],
      [2, 'shop/checkout:1.1.0'],
    ])
    const again = world.store.get('replicasets', SHOP.namespace, first?.name ?? '')
    expect(again?.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    })
  })

  it('keeps the old pods serving when the new ones crash, and tells when the deadline has passed', () => {
    const { clock, world } = givenShop({ progressDeadlineSeconds: 60 })
    world.deploy(SHOP, 'shop/checkout:1.1.0-crash-loop')
    clock.advance(40_000)
    expect(shop(world)).toMatchObject({ isComplete: false, availableReplicas: 3 })
    const crashing = world.pods().filter(({ revision }) => revision === 2)
    expect(crashing).toHaveLength(2)
    for (const pod of crashing) expect(pod).toMatchObject({ ready: false, reason: 'CrashLoopBackOff', lastEnd: { exitCode: 1 } })
    expect(crashing.every(({ restarts }) => restarts >= 2)).toBe(true)
    expect(progressing(world)).toMatchObject({ status: 'True', reason: 'ReplicaSetUpdated' })
    clock.advance(60_000)
    expect(progressing(world)).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' })
  })

  it('does nothing for a new template while paused, and goes on when resumed', () => {
    const { clock, world } = givenShop()
    const pause = (paused: boolean) =>
      world.store.change('deployments', SHOP, ({ spec }) => {
        spec.paused = paused
      })
    pause(true)
    world.deploy(SHOP, 'shop/checkout:1.1.0')
    world.scale(SHOP, 6)
    clock.advance(60_000)
    expect(shop(world)).toMatchObject({ revision: 1, availableReplicas: 6, updatedReplicas: 0, paused: true })
    expect(progressing(world)).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused' })
    pause(false)
    clock.advance(60_000)
    expect(shop(world)).toMatchObject({ revision: 2, isComplete: true, availableReplicas: 6 })
  })

  it('shares a scale between both revisions in the middle of a rollout', () => {
    const { clock, world } = givenShop()
    world.deploy(SHOP, 'unready:1')
    clock.advance(20_000)
    expect(shop(world).revisions.map(({ replicas }) => replicas)).toEqual([2, 3])
    world.scale(SHOP, 8)
    clock.advance(20_000)
    expect(shop(world).revisions.map(({ replicas }) => replicas)).toEqual([4, 6])
  })

  it('keeps as many earlier revisions as the history limit says', () => {
    const { clock, world } = givenShop({ revisionHistoryLimit: 2 })
    for (const version of ['1.1.0', '1.2.0', '1.3.0']) {
      world.deploy(SHOP, `shop/checkout:${version}`)
      clock.advance(60_000)
    }
    expect(shop(world).revisions.map(({ number }) => number)).toEqual([4, 3, 2])
  })
})

describe('a kubelet', () => {
  it('grows a leaking container until its limit ends it, and starts it again', () => {
    const { clock, world } = givenShop({ replicas: 1, leakMs: 300_000 })
    world.deploy(SHOP, 'shop/checkout:1.1.0-memory-leak')
    clock.advance(60_000)
    const [before] = world.pods()
    clock.advance(60_000)
    const [after] = world.pods()
    expect(after?.memoryBytes).toBeGreaterThan(before?.memoryBytes ?? 0)
    expect(after).toMatchObject({ ready: true, restarts: 0 })
    clock.advance(210_000)
    const [ended] = world.pods()
    expect(ended).toMatchObject({ restarts: 1, lastEnd: { reason: 'OOMKilled', exitCode: 137 }, ready: true })
    expect(ended?.memoryBytes).toBeLessThan(after?.memoryBytes ?? 0)
  })

  it('tells of back-offs in Events, counted', () => {
    const { clock, world } = givenShop({ replicas: 1 })
    world.deploy(SHOP, 'crash:1')
    clock.advance(60_000)
    const backOff = world.store.list('events', SHOP.namespace).find(({ reason }) => reason === 'BackOff')
    expect(backOff).toMatchObject({ type: 'Warning', involvedObject: { kind: 'Pod' }, source: { component: 'kubelet' } })
    expect(backOff?.count).toBeGreaterThan(1)
  })

  it('spreads pods over the nodes', () => {
    const { world } = givenShop({ replicas: 3 })
    expect(new Set(world.pods().map(({ node }) => node)).size).toBe(3)
  })
})

describe('the world', () => {
  it('removes an earlier revision, and never the current one', () => {
    const { clock, world } = givenShop()
    world.deploy(SHOP, 'shop/checkout:1.1.0')
    clock.advance(60_000)
    world.removeRevision(SHOP, 1)
    clock.advance(1_000)
    expect(shop(world).revisions.map(({ number }) => number)).toEqual([2])
    expect(() => world.removeRevision(SHOP, 2)).toThrow('no earlier revision 2')
  })

  it('takes away what belonged to a Deployment that is deleted', () => {
    const { clock, world } = givenShop()
    world.store.delete('deployments', SHOP)
    clock.advance(10_000)
    expect([world.deployments(), world.store.list('replicasets', null), world.pods()]).toEqual([[], [], []])
  })
})
