import { describe, expect, it } from 'vitest'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { pauseAutomation, setDryRun } from './change-control.ts'
import { requestRollback } from './request-rollback.ts'

const WORKLOAD = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' } as const

function request(world: EngineWorld, overrides: Partial<Parameters<typeof requestRollback>[1]> = {}) {
  return requestRollback(world.deps, {
    caller: CALLER,
    workload: WORKLOAD,
    toRevisionUid: null,
    reason: 'customers call',
    condemn: false,
    ...overrides,
  })
}

describe('a rollback by hand', () => {
  it('goes back to the newest good revision, with the decision, the words and an audit entry', async () => {
    const world = await badDeployWorld()
    const { result, audited } = await request(world)
    expect(result.decision).toMatchObject({ trigger: 'person', verdict: 'roll_back', effect: 'act', reason: 'asked' })
    expect(result.rollback).toMatchObject({
      trigger: 'person',
      reason: 'customers call',
      actor: CALLER.actor,
      condemns: false,
      to: { number: 1 },
    })
    expect(result.rollback?.clocks).toMatchObject({ startedAt: null, receivedAt: null, decidedAt: T0 })
    expect(audited).toMatchObject({ action: 'rollback.request', reason: 'customers call', before: { revision: 2 } })
    await world.pass(5 * SECOND)
    expect(world.cluster.currentOf('edgelink/checkout').images).toEqual(['checkout:1.4.0'])
    expect(world.store.tables.condemnations).toEqual([])
  })

  it('goes to any revision that is named, a condemned one too', async () => {
    const world = await badDeployWorld()
    const first = world.cluster.revisions(WORKLOAD).find(({ number }) => number === 1)
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    const { result } = await request(world, { toRevisionUid: first?.uid ?? '' })
    expect(result.rollback?.to.uid).toBe(first?.uid)
  })

  it('condemns what it left when it was asked to', async () => {
    const world = await badDeployWorld()
    await request(world, { condemn: true })
    await world.pass(5 * SECOND)
    expect(world.store.tables.condemnations).toMatchObject([{ images: ['checkout:1.5.0'] }])
  })

  it('works while automation is paused, and from its beginning to its end', async () => {
    const world = await badDeployWorld()
    await pauseAutomation(world.deps, { caller: CALLER, scope: { level: 'cluster' }, reason: 'freeze', until: null, version: null })
    await request(world)
    await world.pass(5 * SECOND)
    expect(world.cluster.effectivePatches('edgelink/checkout')).toBe(1)
  })

  it('simulates in dry run', async () => {
    const world = await badDeployWorld()
    await setDryRun(world.deps, { caller: CALLER, on: true, reason: 'try', until: null, version: null })
    const { result } = await request(world)
    expect(result.decision.effect).toBe('simulate')
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('simulated')
  })

  it('is asked neither for cooldown nor for loops nor for a deploy that explains it', async () => {
    const world = await badDeployWorld()
    const { result } = await request(world)
    const skipped = result.decision.checks.filter(({ reason }) => reason === 'not_asked_by_hand').map(({ gate }) => gate)
    expect(skipped).toEqual(expect.arrayContaining(['deploy_explains', 'no_loop', 'cooldown']))
  })

  it('starts the cooldown of the workload', async () => {
    const world = await badDeployWorld()
    await request(world)
    await world.pass(5 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'nothing_to_tell_by' } })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.7.0' })
    world.now += SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision).toMatchObject({ reason: 'cooling_down', effect: 'none' })
  })

  it('is held, with the reason, when the Deployment is paused, one is open, or the revision is gone', async () => {
    const paused = await badDeployWorld()
    paused.cluster.pause('edgelink/checkout')
    expect((await request(paused)).result).toMatchObject({ rollback: null, decision: { effect: 'none', reason: 'deployment_paused' } })

    const busy = await badDeployWorld()
    await request(busy)
    expect((await request(busy)).result).toMatchObject({ rollback: null, decision: { reason: 'rollback_open' } })

    const gone = await badDeployWorld()
    expect((await request(gone, { toRevisionUid: 'no-such-uid' })).result).toMatchObject({
      rollback: null,
      decision: { reason: 'target_gone' },
    })
  })

  it('knows no workload that the cluster does not have', async () => {
    const world = await badDeployWorld()
    await expect(request(world, { workload: { ...WORKLOAD, name: 'nope' } })).rejects.toMatchObject({ code: 'not_found' })
    expect(world.store.tables.audit).toEqual([])
  })

  it('closes the incident that it ended, as rolled back by hand', async () => {
    const world = await badDeployWorld({ mode: 'off' })
    await world.deliver({ labels: CHECKOUT })
    const { result } = await request(world)
    expect(result.rollback?.incidentId).toBe(world.store.tables.incidents[0]?.id)
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    await world.pass(30 * MINUTE)
    expect(world.store.tables.incidents).toMatchObject([{ outcome: 'rolled_back_by_hand' }])
  })
})
