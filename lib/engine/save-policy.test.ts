import { describe, expect, it } from 'vitest'
import type { Scope } from '../core/scope.ts'
import type { Store } from '../ports.ts'
import { badDeployWorld, CALLER, CHECKOUT, EngineWorld, MINUTE, SECOND } from '../testing/engine-world.ts'
import { savePolicy } from './save-policy.ts'

const saving = { caller: CALLER, scope: { level: 'namespace', namespace: 'edgelink' } as const, reason: 'stage 2' }

describe('saving a policy', () => {
  it('stores what the scope sets, with its next version and an audit entry of before and after', async () => {
    const world = new EngineWorld()
    await savePolicy(world.deps, { ...saving, fields: { mode: 'suggest' }, version: 0 })
    const { result } = await savePolicy(world.deps, { ...saving, fields: { mode: 'auto', cooldownMs: 1 }, version: 1 })
    expect(result.version).toBe(2)
    expect(world.store.tables.audit.at(-1)).toMatchObject({
      action: 'policy.save',
      target: 'namespace/edgelink',
      before: { mode: 'suggest' },
      after: { mode: 'auto', cooldownMs: 1 },
      reason: 'stage 2',
    })
  })

  it('refuses a version that is not the stored one, and changes nothing', async () => {
    const world = new EngineWorld()
    await savePolicy(world.deps, { ...saving, fields: { mode: 'suggest' }, version: 0 })
    await expect(savePolicy(world.deps, { ...saving, fields: { mode: 'auto' }, version: 0 })).rejects.toMatchObject({ code: 'conflict' })
    expect(world.store.tables.policies).toMatchObject([{ fields: { mode: 'suggest' }, version: 1 }])
    expect(world.store.tables.audit).toHaveLength(1)
  })

  it('decides again what mode off held', async () => {
    const world = await badDeployWorld({ mode: 'off' })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision.reason).toBe('mode_off')
    await savePolicy(world.deps, { caller: CALLER, scope: { level: 'cluster' }, fields: { mode: 'auto' }, version: 1, reason: 'go' })
    await world.workOff()
    expect(world.store.tables.rollbacks).toHaveLength(1)
  })

  it('decides again what led to no workload when the mapping of services says where it leads', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: { service: 'orders', namespace: 'edgelink' } })
    expect(world.decision.reason).toBe('workload_not_found')
    const services = [{ service: 'orders', namespace: null, workload: { namespace: 'edgelink', name: 'checkout' } }]
    const fields = { mode: 'auto', services } as const
    await savePolicy(world.deps, { caller: CALLER, scope: { level: 'cluster' }, fields, version: 1, reason: 'orders is checkout' })
    await world.workOff()
    expect(world.store.tables.rollbacks).toHaveLength(1)
  })

  it('holds from now on for a rollback that was opened and has not sent its patch: off stops it, observe simulates it', async () => {
    const scope = { level: 'cluster' } as const
    const off = await badDeployWorld()
    await off.deliver({ labels: CHECKOUT })
    expect(off.rollback).toMatchObject({ phase: 'pending', dryRun: false })
    await savePolicy(off.deps, { caller: CALLER, scope, fields: { mode: 'off' }, version: 1, reason: 'stop' })
    await off.pass(5 * SECOND)
    expect(off.cluster.undos).toEqual([])
    expect(off.rollback).toMatchObject({ phase: 'aborted', outcome: { reason: 'mode_lowered', detail: 'off' } })
    expect(off.decision).toMatchObject({ reason: 'mode_off', effect: 'none' })

    const observe = await badDeployWorld()
    await observe.deliver({ labels: CHECKOUT })
    await savePolicy(observe.deps, { caller: CALLER, scope, fields: { mode: 'observe' }, version: 1, reason: 'stop' })
    await observe.pass(5 * SECOND)
    expect(observe.rollback).toMatchObject({ phase: 'simulated' })
    expect(observe.cluster.effectivePatches('edgelink/checkout')).toBe(0)
  })

  it('makes a proposal of a rollback that has not sent its patch when the mode is lowered to suggest', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    const fields = { mode: 'suggest' } as const
    await savePolicy(world.deps, { caller: CALLER, scope: { level: 'cluster' }, fields, version: 1, reason: 'ask first' })
    await world.pass(5 * SECOND)
    expect(world.store.tables.rollbacks).toMatchObject([{ phase: 'aborted' }, { phase: 'proposed' }])
  })

  it('says when the cluster has nothing of the scope, which may be misspelt or not deployed yet', async () => {
    const world = await badDeployWorld()
    const known = async (scope: Scope, version = 0) =>
      (await savePolicy(world.deps, { ...saving, scope, fields: {}, version })).result.known
    const workload = (name: string): Scope => ({ level: 'workload', workload: { namespace: 'edgelink', kind: 'Deployment', name } })
    expect(await known({ level: 'cluster' }, 1)).toBe(true)
    expect(await known({ level: 'namespace', namespace: 'edgelink' })).toBe(true)
    expect(await known({ level: 'namespace', namespace: 'edglink' })).toBe(false)
    expect(await known(workload('checkout'))).toBe(true)
    expect(await known(workload('chekout'))).toBe(false)
    world.cluster.synced = false
    expect(await known(workload('checkout'), 1)).toBeNull()
  })

  it('asks again what was an open question for too long, since the policy may let it pass now', async () => {
    const world = await badDeployWorld()
    world.metrics.down = true
    await world.deliver({ labels: CHECKOUT })
    await world.pass(11 * MINUTE)
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'source_silent' })
    expect(world.store.tables.episodes[0]?.nextEvaluationAt).toBeNull()
    const fields = { mode: 'auto', whenBlind: 'go_on' } as const
    await savePolicy(world.deps, { ...saving, scope: { level: 'cluster' }, fields, version: 1 })
    await world.pass(5 * SECOND)
    expect(world.decision.reason).not.toBe('source_silent')
  })

  it('gives episodes free in one call, so that they are locked in one order', async () => {
    const world = await badDeployWorld()
    const calls: (readonly string[])[] = []
    const store: Store = {
      ping: () => world.store.ping(),
      transaction: (work) =>
        world.store.transaction((tx) =>
          work({
            ...tx,
            reevaluateHeld(...args) {
              calls.push(args[0])
              return tx.reevaluateHeld(...args)
            },
          }),
        ),
    }
    const services = [{ service: 'shop', namespace: null, workload: { namespace: 'edgelink', name: 'checkout' } }]
    await savePolicy({ ...world.deps, store }, { ...saving, fields: { services }, version: 0 })
    expect(calls).toEqual([expect.arrayContaining(['mode_off', 'workload_not_found', 'workload_ambiguous'])])
  })
})
