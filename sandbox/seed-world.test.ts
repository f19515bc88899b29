import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ManualClock } from './clock.ts'
import { readSeeds, SHOP, seedWorld } from './seed-world.ts'
import { createWorld } from './world.ts'

const START = Date.parse('2026-11-24T12:00:00Z')

function given(seeds = SHOP) {
  const clock = new ManualClock(START)
  const world = createWorld({ clock })
  seedWorld(world, seeds)
  clock.advance(10_000)
  return { clock, world }
}

describe('a seeded world', () => {
  it('serves the last revision of each workload, with the earlier ones behind it and their age', () => {
    const { world } = given()
    const checkout = world.deployments().find(({ name }) => name === 'checkout')
    expect(checkout).toMatchObject({ revision: 2, isComplete: true, availableReplicas: 4 })
    expect(checkout?.revisions.map(({ number, image, createdAt, replicas }) => [number, image, START - createdAt, replicas])).toEqual([
      [2, 'registry.example/checkout:2.6.0', 14 * 86_400_000, 4],
      [1, 'registry.example/checkout:2.5.0', 21 * 86_400_000, 0],
    ])
    expect(world.deployments().every(({ isComplete }) => isComplete)).toBe(true)
  })

  it('has a Service for each', () => {
    const { world } = given()
    expect(world.store.list('services', 'edgelink').map(({ metadata }) => metadata.name)).toEqual(
      world.deployments().map(({ name }) => name),
    )
  })

  it('has the ConfigMaps that templates read, as old as the first revision; a release writes them, and an undo does not', () => {
    const envFrom = [{ configMapRef: { name: 'settings' } }]
    const template = (image: string) => ({ metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image, envFrom }] } })
    const { clock, world } = given([
      { namespace: 'shop', name: 'a', replicas: 1, revisions: [{ template: template('shop/a:1'), ageMinutes: 60 }] },
    ])
    const writtenAt = () =>
      Date.parse(world.store.get('configmaps', 'shop', 'settings')?.metadata.managedFields?.at(-1)?.time ?? '') - START
    expect(writtenAt()).toBe(-60 * 60_000)
    world.deploy({ namespace: 'shop', name: 'a' }, 'shop/a:2')
    expect(writtenAt()).toBe(10_000)
    clock.advance(20_000)
    world.store.change('deployments', { namespace: 'shop', name: 'a' }, ({ spec }) => {
      spec.template = template('shop/a:1')
    })
    clock.advance(20_000)
    expect([writtenAt(), world.store.get('configmaps', 'shop', 'settings')?.data]).toEqual([10_000, { release: 'shop/a:2' }])
  })

  it('goes on from the numbers and uids that the seed gives', () => {
    const revisions = [
      { image: 'shop/a:1', ageMinutes: 60, number: 6, uid: 'uid-of-6' },
      { image: 'shop/a:2', ageMinutes: 30, number: 9, uid: 'uid-of-9' },
    ]
    const { clock, world } = given([{ namespace: 'shop', name: 'a', replicas: 1, uid: 'uid-of-a', revisions }])
    expect(world.deployments()).toMatchObject([{ uid: 'uid-of-a', revision: 9 }])
    world.deploy({ namespace: 'shop', name: 'a' }, 'shop/a:1')
    clock.advance(20_000)
    const [again] = world.deployments()[0]?.revisions ?? []
    expect(again).toMatchObject({ number: 10, image: 'shop/a:1' })
    expect(world.store.get('replicasets', 'shop', again?.name ?? '')?.metadata.uid).toBe('uid-of-6')
  })

  it('comes from a file, which is refused when it holds something else', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'seeds-'))
    const file = path.join(folder, 'world.json')
    writeFileSync(file, JSON.stringify(SHOP))
    expect(readSeeds(file)).toEqual(SHOP)
    writeFileSync(file, '{"name":"checkout"}')
    expect(() => readSeeds(file)).toThrow('is no JSON array of workloads')
    rmSync(folder, { recursive: true })
  })
})
