import { describe, expect, it } from 'vitest'
import type { IncidentDetail } from '../core/incident-detail.ts'
import type { ReadModel } from '../ports.ts'
import { badDeployWorld, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aMeasurement, aRule } from '../testing/fake-metrics.ts'
import { readSignal } from './read-signal.ts'

const LABELS = { ...CHECKOUT, alertname: 'HighErrorRate' }
const EXPRESSION = 'sum(rate(errors[1m])) / sum(rate(requests[1m])) > 0.05'
const RULE = aRule({ name: 'HighErrorRate', labels: {}, expression: EXPRESSION })
const LEFT = 'sum(rate(errors[1m])) / sum(rate(requests[1m]))'
const POINTS = [{ at: T0, value: 0.12 }]

async function openedWorld(): Promise<EngineWorld> {
  const world = await badDeployWorld()
  world.metrics.load(RULE, () => aMeasurement())
  world.metrics.signals.set(EXPRESSION, { kind: 'read', expression: LEFT, comparison: '>', threshold: 0.05, points: POINTS })
  await world.deliver({ labels: LABELS })
  return world
}

/** The incident as the read model gives it. */
function read(world: EngineWorld) {
  const { incidents, episodes, decisions, rollbacks, timeline } = world.store.tables
  const [incident] = incidents
  const leftOut = { episodes: 0, decisions: 0, timeline: 0 }
  const shown = decisions.map(({ facts: _, ...rest }) => rest)
  const detail: IncidentDetail | null = incident
    ? { incident, episodes, decisions: shown, rollbacks, timeline, evidence: [], together: null, leftOut }
    : null
  const deps = { ...world.deps, read: { incident: async () => detail } as unknown as ReadModel }
  return readSignal(deps, { id: incident?.id ?? '' })
}

describe('the signal of an incident', () => {
  it("is the rule's own expression around the deploy, with threshold and unit", async () => {
    const world = await openedWorld()
    await world.pass(20 * SECOND)
    expect(await read(world)).toEqual({
      state: 'read',
      alert: 'HighErrorRate',
      rule: EXPRESSION,
      comparison: '>',
      threshold: 0.05,
      unit: 'ratio',
      from: T0 - 4 * MINUTE,
      to: T0 + 20 * SECOND,
      stepMs: 2_000,
      points: POINTS,
    })
    expect(world.metrics.signalsAsked[0]).toMatchObject({ expression: EXPRESSION, labels: LABELS, workload: 'checkout' })
  })

  it('says that no Prometheus is configured', async () => {
    const world = await openedWorld()
    world.metrics.isConfigured = false
    expect(await read(world)).toMatchObject({ state: 'no_prometheus', alert: 'HighErrorRate' })
  })

  it('says that the rule is not loaded, and never reads the payload instead', async () => {
    const world = await openedWorld()
    world.metrics.loadedRules.length = 0
    expect(await read(world)).toMatchObject({ state: 'no_rule' })
    expect(world.metrics.signalsAsked).toEqual([])
  })

  it('says that there is no data, that it is not understood, that Prometheus is silent', async () => {
    const world = await openedWorld()
    world.metrics.signals.set(EXPRESSION, { kind: 'read', expression: LEFT, comparison: '>', threshold: 0.05, points: [] })
    expect(await read(world)).toMatchObject({ state: 'no_data' })
    world.metrics.signals.clear()
    expect(await read(world)).toMatchObject({ state: 'not_understood' })
    world.metrics.down = true
    expect(await read(world)).toMatchObject({ state: 'silent' })
  })

  it('goes on after the end of the rollback for as long as the story was', async () => {
    const world = await openedWorld()
    await world.pass(3 * MINUTE)
    const { rollback } = world
    world.now += 60 * MINUTE
    expect(rollback.phase).toBe('succeeded')
    expect(await read(world)).toMatchObject({ to: Number(rollback.endedAt) + (Number(rollback.endedAt) - (T0 - MINUTE)) })
  })
})
