import { describe, expect, it } from 'vitest'
import { parts } from '../core/clocks.ts'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aMeasurement, aRule } from '../testing/fake-metrics.ts'
import { declineRollback } from './answer-rollback.ts'
import { pauseAutomation, resumeAutomation } from './change-control.ts'
import { requestRollback } from './request-rollback.ts'

const alertOf = (alertname: string) => ({ ...CHECKOUT, alertname })
const CLUSTER = { caller: CALLER, scope: { level: 'cluster' }, version: null } as const

async function measuredWorld(policy = {}): Promise<EngineWorld> {
  const world = await badDeployWorld({ bakeTimeMs: 10 * SECOND, ...policy })
  for (const name of ['HighErrorRate', 'HighLatency', 'PodsCrash']) world.metrics.load(aRule({ name, labels: {} }), aMeasurement())
  return world
}

const ends = (world: EngineWorld, alertname: string, startsAt = T0) =>
  world.deliver({ labels: alertOf(alertname), startsAt, status: 'resolved', endsAt: world.now })

const incidents = (world: EngineWorld) => world.store.tables.incidents

/** Whatever was seen, it adds up. */
function expectPartsToAddUp(world: EngineWorld): void {
  const { detectMs, decideMs, executeMs, recoverMs, mttrMs } = parts(world.rollback.clocks)
  expect(mttrMs).not.toBeNull()
  expect([detectMs, decideMs, executeMs, recoverMs].reduce<number>((sum, part) => sum + Number(part), 0)).toBe(mttrMs)
}

describe('several alerts of a workload', () => {
  it('are one incident, with one rollback, from the first onset until the last of them has ended', async () => {
    const world = await measuredWorld()
    await world.deliver({ labels: alertOf('HighErrorRate'), startsAt: T0 })
    world.now += 2 * SECOND
    for (const name of ['HighLatency', 'PodsCrash']) await world.deliver({ labels: alertOf(name) })
    await world.pass(MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    await ends(world, 'HighErrorRate')
    await ends(world, 'HighLatency')
    await world.pass(10 * SECOND)
    expect(incidents(world)).toMatchObject([{ startedAt: T0, closedAt: null }])
    await ends(world, 'PodsCrash')
    await world.pass(SECOND)
    expect(incidents(world)).toMatchObject([{ closedAt: expect.any(Number), outcome: 'rolled_back' }])
    expect(world.store.tables.rollbacks).toHaveLength(1)
    expect(world.timelineKinds().filter((kind) => kind === 'incident_closed')).toHaveLength(1)
    expect(world.timelineKinds().filter((kind) => kind === 'alert_fired')).toHaveLength(3)
  })

  it('that fire again after all was quiet are another incident', async () => {
    const world = await measuredWorld({ mode: 'off' })
    await world.deliver({ labels: alertOf('HighErrorRate') })
    world.now += MINUTE
    await ends(world, 'HighErrorRate')
    world.now += MINUTE
    await world.deliver({ labels: alertOf('HighErrorRate'), startsAt: world.now })
    expect(incidents(world)).toMatchObject([{ outcome: 'recovered_by_itself' }, { closedAt: null, startedAt: T0 + 2 * MINUTE }])
  })
})

describe('the clocks of an incident', () => {
  it('add up when it was held for a while: the wait is a part of deciding', async () => {
    const world = await measuredWorld()
    await pauseAutomation(world.deps, { ...CLUSTER, reason: 'calm', until: null })
    await world.deliver({ labels: alertOf('HighErrorRate') })
    await world.pass(3 * MINUTE)
    await resumeAutomation(world.deps, { ...CLUSTER, reason: 'go on' })
    await world.pass(MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    expect(parts(world.rollback.clocks).decideMs).toBe(3 * MINUTE)
    expectPartsToAddUp(world)
  })

  it('add up when Prometheus knows an earlier onset: the time before anyone was told is a part of detecting', async () => {
    const world = await measuredWorld()
    world.metrics.fires({ ...alertOf('HighErrorRate'), auto_rollback: 'true' }, T0 - 30 * SECOND)
    await world.deliver({ labels: alertOf('HighErrorRate') })
    world.metrics.clears(alertOf('HighErrorRate'))
    await world.pass(MINUTE)
    expect(world.rollback.clocks).toMatchObject({ startedAt: T0 - 30 * SECOND, startedAtSource: 'active_at' })
    expect(parts(world.rollback.clocks).detectMs).toBe(30 * SECOND)
    expectPartsToAddUp(world)
  })
})

describe('an incident closes', () => {
  it('as rolled back by hand, with the rollback that a person asked for while it was held', async () => {
    const world = await measuredWorld({ mode: 'off' })
    await world.deliver({ labels: alertOf('HighErrorRate') })
    const workload = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' } as const
    await requestRollback(world.deps, { caller: CALLER, workload, toRevisionUid: null, reason: 'I saw it', condemn: false })
    await world.pass(MINUTE)
    expect(incidents(world)).toMatchObject([{ closedAt: null }])
    await ends(world, 'HighErrorRate')
    await world.pass(SECOND)
    expect(incidents(world)).toMatchObject([{ outcome: 'rolled_back_by_hand' }])
  })

  it.each<[string, object, (world: EngineWorld) => Promise<unknown>]>([
    ['it was held', { mode: 'off' }, async () => {}],
    ['it was only simulated', { mode: 'observe' }, async () => {}],
    ['nobody answered its proposal yet', { mode: 'suggest' }, async () => {}],
    [
      'a person declined',
      { mode: 'suggest' },
      (world) => declineRollback(world.deps, { caller: CALLER, id: world.rollback.id, reason: 'the database' }),
    ],
  ])('as recovered by itself, when %s and the alert ended', async (_, policy, meanwhile) => {
    const world = await measuredWorld(policy)
    await world.deliver({ labels: alertOf('HighErrorRate') })
    await world.pass(10 * SECOND)
    await meanwhile(world)
    await ends(world, 'HighErrorRate')
    await world.pass(MINUTE)
    expect(incidents(world)).toMatchObject([{ outcome: 'recovered_by_itself' }])
    expect(world.cluster.effectivePatches('edgelink/checkout')).toBe(0)
  })

  it('as unresolved, when the undo did not help', async () => {
    const world = await measuredWorld()
    world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }), aMeasurement({ value: 0.9 }))
    await world.deliver({ labels: alertOf('HighErrorRate') })
    await world.pass(30 * MINUTE)
    expect(world.rollback.phase).toBe('failed')
    await ends(world, 'HighErrorRate')
    await world.pass(SECOND)
    expect(incidents(world)).toMatchObject([{ outcome: 'ended_unresolved' }])
  })
})
