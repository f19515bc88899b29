import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../core/json.ts'
import { PHASE_LIMIT_MS } from '../core/rollback-machine.ts'
import { badDeployWorld, CHECKOUT, type EngineWorld, MINUTE, SECOND } from '../testing/engine-world.ts'
import { aMeasurement, aRule } from '../testing/fake-metrics.ts'

const WORKLOAD = 'edgelink/checkout'
const LABELS = { ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }
const SIDECAR = { name: 'proxy', image: 'proxy:9' }

const inject = (template: JsonObject): JsonObject => {
  const spec = template['spec'] as { containers: JsonObject[] }
  return { ...template, spec: { containers: [...spec.containers, SIDECAR] } }
}

/** The bad deploy, in a cluster whose webhook adds a sidecar to every template that is patched in. */
async function injectingWorld(): Promise<EngineWorld> {
  const world = await badDeployWorld()
  world.cluster.rewrite = inject
  const rule = aRule({ name: 'HighErrorRate', labels: { auto_rollback: 'true' }, longestRangeMs: 2 * MINUTE })
  world.metrics.load(rule, () => aMeasurement({ value: world.cluster.currentOf(WORKLOAD).images[0] === 'checkout:1.5.0' ? 0.12 : 0.002 }))
  return world
}

describe('a rollback whose template an admission webhook rewrites', () => {
  it('is its own: it is verified on the pods of the ReplicaSet that the template got, and succeeds', async () => {
    const world = await injectingWorld()
    await world.deliver({ labels: LABELS })
    await world.pass(4 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'succeeded', outcome: { reason: 'healthy_for_bake_time' } })
    expect(world.rollback.to).toMatchObject({ uid: world.cluster.currentOf(WORKLOAD).uid, images: ['checkout:1.4.0', 'proxy:9'] })
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  })

  it('is recognised after a crash between the patch and its record', async () => {
    const world = await injectingWorld()
    let isAlive = true
    world.atPoint = (point) => {
      if (point !== 'patch-accepted' || !isAlive) return
      isAlive = false
      throw new Error('killed')
    }
    await world.deliver({ labels: LABELS })
    await world.pass(4 * MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  })

  it('is recognised when nobody could look before the phase was over', async () => {
    const world = await injectingWorld()
    world.cluster.undoFailures.push('lost')
    world.atPoint = (point) => {
      if (point === 'undoing-stored') world.cluster.undoFailures.push('lost')
    }
    await world.deliver({ labels: LABELS })
    await world.workOff()
    expect(world.rollback.phase).toBe('undoing')
    world.cluster.down = true
    await world.pass(PHASE_LIMIT_MS.undoing - SECOND)
    world.now += 2 * SECOND
    world.cluster.down = false
    await world.workOff()
    expect(world.rollback.phase).toBe('verifying')
  })

  it('is superseded by what is deployed over it', async () => {
    const world = await injectingWorld()
    await world.deliver({ labels: LABELS })
    await world.pass(3 * SECOND)
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.5.1' })
    await world.pass(10 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'superseded', outcome: { reason: 'deployed_meanwhile' } })
  })
})
