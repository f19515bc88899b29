import { describe, expect, it } from 'vitest'
import type { ConfigSeen } from '../core/config-change.ts'
import type { JsonObject } from '../core/json.ts'
import { EngineWorld, MINUTE, T0 } from '../testing/engine-world.ts'
import { refOf } from '../testing/fake-deployment.ts'
import { lookAtConfigs } from './look-at-configs.ts'
import { recordDeploys } from './record-deploys.ts'

const WORKLOAD = 'edgelink/checkout'

function template(image: string, configMaps: readonly string[], secrets: readonly string[] = []): JsonObject {
  const envFrom = [...configMaps.map((name) => ({ configMapRef: { name } })), ...secrets.map((name) => ({ secretRef: { name } }))]
  return { metadata: { labels: { app: 'checkout' } }, spec: { containers: [{ name: 'main', image, envFrom }] } }
}

function written(at: number): ConfigSeen {
  return { resourceVersion: String(at), createdAt: T0 - 10_000 * MINUTE, writtenAt: at, tellsWrites: true }
}

/** 1.4.0 served for an hour; 1.5.0 came a minute ago. */
async function deployed(good: JsonObject, bad: JsonObject) {
  const world = new EngineWorld()
  world.now = T0 - 60 * MINUTE
  const target = world.cluster.deploy(WORKLOAD, { image: '', whole: good })
  world.now = T0 - MINUTE
  const current = world.cluster.deploy(WORKLOAD, { image: '', whole: bad })
  world.now = T0
  await recordDeploys(world.deps, new Map())
  const look = (limitMs = 1_000) =>
    lookAtConfigs(world.deps, { workload: refOf(WORKLOAD), current, target, templates: { current: bad, target: good }, limitMs })
  return { world, look }
}

describe('the ConfigMaps and Secrets of a workload', () => {
  it('that were written since the target was live are told from those that were not, may not be read, or are gone', async () => {
    const { world, look } = await deployed(template('a:1', ['old', 'settings'], ['keys']), template('a:2', ['settings', 'new']))
    world.cluster.configs.set('ConfigMap edgelink/settings', written(T0 - 3 * MINUTE))
    world.cluster.configs.set('ConfigMap edgelink/old', written(T0 - 500 * MINUTE))
    world.cluster.configs.set('Secret edgelink/keys', 'not_allowed')
    const seen = await look()
    expect(seen).toMatchObject({ since: T0 - 11 * MINUTE, leftOut: 0 })
    expect(seen?.of.map(({ name, state, inTarget }) => [name, state, inTarget])).toEqual([
      ['old', 'unchanged', true],
      ['settings', 'changed', true],
      ['keys', 'not_allowed', true],
      ['new', 'gone', false],
    ])
  })

  it('are each asked for once, no more than thirty of them, and a few at a time', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `c${index}`)
    const { world, look } = await deployed(template('a:1', names), template('a:2', names))
    let [running, most] = [0, 0]
    const { inspectConfig } = world.cluster
    world.cluster.inspectConfig = async (...of) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running -= 1
      return inspectConfig.apply(world.cluster, of)
    }
    const seen = await look()
    expect(seen).toMatchObject({ leftOut: 20 })
    expect(seen?.of).toHaveLength(30)
    expect(new Set(world.cluster.configsAsked).size).toBe(30)
    expect([world.cluster.configsAsked.length, most]).toEqual([30, 4])
  })

  it('that do not answer are silent, and nobody is asked any more once the time is over', async () => {
    const { world, look } = await deployed(template('a:1', ['a', 'b', 'c', 'd', 'e', 'f']), template('a:2', ['a']))
    let asked = 0
    world.cluster.inspectConfig = () => {
      asked += 1
      return new Promise(() => {})
    }
    const seen = await look(300)
    expect(seen?.of.map(({ state }) => state)).toEqual(['silent', 'silent', 'silent', 'silent', 'silent', 'silent'])
    expect(asked).toBe(4)
  })

  it('are asked for without a claim when the record of deploys cannot be read', async () => {
    const { world, look } = await deployed(template('a:1', ['settings']), template('a:2', ['settings']))
    world.cluster.configs.set('ConfigMap edgelink/settings', written(T0))
    world.store.transaction = () => Promise.reject(new Error('the database is away'))
    expect(await look()).toMatchObject({ since: null, of: [{ state: 'unknown', changedAt: T0 }] })
  })

  it('are none where the templates read none; without a template nobody knows', async () => {
    const { world, look } = await deployed(template('a:1', []), template('a:2', []))
    expect(await look()).toEqual({ since: null, of: [], leftOut: 0 })
    const [current, target] = world.cluster.revisions(refOf(WORKLOAD))
    if (!current || !target) throw new Error('no revisions')
    const templates = { current: null, target: null }
    expect(await lookAtConfigs(world.deps, { workload: refOf(WORKLOAD), current, target, templates, limitMs: 9 })).toBeNull()
  })
})
