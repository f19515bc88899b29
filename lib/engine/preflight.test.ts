import { describe, expect, it } from 'vitest'
import { badDeployWorld, CALLER, EngineWorld, MINUTE } from '../testing/engine-world.ts'
import { pauseAutomation, setDryRun } from './change-control.ts'
import { diffRevisions } from './diff-revisions.ts'
import { preflight } from './preflight.ts'
import { recordDeploys } from './record-deploys.ts'
import { requestRollback } from './request-rollback.ts'

const WORKLOAD = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' } as const

const ask = (world: EngineWorld, toRevisionUid: string | null = null) =>
  preflight(world.deps, { caller: CALLER, workload: WORKLOAD, toRevisionUid })

const answers = (checks: { gate: string; reason: string }[]) => Object.fromEntries(checks.map(({ gate, reason }) => [gate, reason]))

describe('a preflight', () => {
  it('names from, to and what it would change, and opens nothing', async () => {
    const world = await badDeployWorld()
    const found = await ask(world)
    expect(found).toMatchObject({ effect: 'act', reason: 'asked', from: { number: 2 }, to: { number: 1 } })
    expect(found.changes).toMatchObject([{ kind: 'image', before: 'checkout:1.5.0', after: 'checkout:1.4.0' }])
    expect(found.warnings.map(({ code }) => code)).toEqual(['replicas_untouched'])
    const { decisions, rollbacks, audit, timeline } = world.store.tables
    expect([decisions, rollbacks, audit, timeline, world.cluster.undos]).toEqual([[], [], [], [], []])
  })

  it('says which ConfigMaps changed since the target was live: it would find them as they are now', async () => {
    const world = new EngineWorld()
    const whole = (image: string) => ({
      spec: { containers: [{ name: 'main', image, envFrom: [{ configMapRef: { name: 'settings' } }] }] },
    })
    world.cluster.deploy('edgelink/checkout', { image: '', whole: whole('checkout:1') })
    world.now += 60 * MINUTE
    world.cluster.deploy('edgelink/checkout', { image: '', whole: whole('checkout:2') })
    await recordDeploys(world.deps, new Map())
    const seen = { resourceVersion: '9', createdAt: 0, writtenAt: world.now + MINUTE, tellsWrites: true }
    world.cluster.configs.set('ConfigMap edgelink/settings', seen)
    const found = await ask(world)
    expect(found.configs).toMatchObject({ of: [{ kind: 'ConfigMap', name: 'settings', state: 'changed', inTarget: true }], leftOut: 0 })
    expect(found.warnings).toContainEqual({ code: 'config_not_undone', names: ['settings'] })
  })

  it('asks the gates that the rollback by hand is asked then', async () => {
    const world = await badDeployWorld()
    const before = await ask(world)
    const { result } = await requestRollback(world.deps, {
      caller: CALLER,
      workload: WORKLOAD,
      toRevisionUid: null,
      reason: 'it fails',
      condemn: false,
    })
    expect(answers(before.checks)).toEqual(answers(result.decision.checks))
    expect(answers(before.checks)).toMatchObject({ accepted: 'accepted', cooldown: 'not_asked_by_hand' })
  })

  it('says what holds: the server refuses, one is open, the Deployment is paused, the revision is gone', async () => {
    const refused = await badDeployWorld()
    refused.cluster.dryRunAnswer = { kind: 'refused', message: 'no' }
    expect(await ask(refused)).toMatchObject({ effect: 'none', reason: 'patch_refused', to: { number: 1 } })

    const busy = await badDeployWorld()
    await requestRollback(busy.deps, { caller: CALLER, workload: WORKLOAD, toRevisionUid: null, reason: 'x', condemn: false })
    expect(await ask(busy)).toMatchObject({ effect: 'none', reason: 'rollback_open' })

    const paused = await badDeployWorld()
    paused.cluster.pause('edgelink/checkout')
    expect(await ask(paused)).toMatchObject({ effect: 'none', reason: 'deployment_paused' })

    expect(await ask(await badDeployWorld(), 'nobody')).toMatchObject({ effect: 'none', reason: 'target_gone', to: null, changes: [] })
  })

  it('simulates in dry run, and acts while automation is paused and Prometheus is down', async () => {
    const world = await badDeployWorld()
    world.metrics.down = true
    await pauseAutomation(world.deps, { caller: CALLER, scope: { level: 'cluster' }, reason: 'freeze', until: null, version: null })
    expect(await ask(world)).toMatchObject({ effect: 'act' })
    await setDryRun(world.deps, { caller: CALLER, on: true, reason: 'try', until: null, version: null })
    expect(await ask(world)).toMatchObject({ effect: 'simulate' })
  })

  it('names the system that does not answer, and the workload that is not there', async () => {
    const world = await badDeployWorld()
    world.cluster.down = true
    await expect(ask(world)).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'kubernetes' })
    world.cluster.down = false
    world.cluster.synced = false
    await expect(ask(world)).rejects.toMatchObject({ code: 'upstream_unavailable', upstream: 'kubernetes' })
    world.cluster.synced = true
    world.cluster.remove('edgelink/checkout')
    await expect(ask(world)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what differs between two revisions', () => {
  it('is told towards the current one, or the one that is named', async () => {
    const world = await badDeployWorld()
    world.now += MINUTE
    const third = world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    const [, second, first] = world.cluster.revisions(WORKLOAD)
    const images = async (toUid: string | null) => {
      const { from, to, changes } = await diffRevisions(world.deps, { workload: WORKLOAD, fromUid: first?.uid ?? '', toUid })
      return [from.number, to.number, ...changes.map(({ before, after }) => `${before} → ${after}`)]
    }
    expect(await images(null)).toEqual([1, third.number, 'checkout:1.4.0 → checkout:1.6.0'])
    expect(await images(second?.uid ?? '')).toEqual([1, 2, 'checkout:1.4.0 → checkout:1.5.0'])
  })

  it('is not found for one that is gone', async () => {
    const world = await badDeployWorld()
    await expect(diffRevisions(world.deps, { workload: WORKLOAD, fromUid: 'gone', toUid: null })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
