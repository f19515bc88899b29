import { describe, expect, it } from 'vitest'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND } from '../testing/engine-world.ts'
import { abortRollback, approveRollback, declineRollback } from './answer-rollback.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { pauseAutomation } from './change-control.ts'
import { requestRollback } from './request-rollback.ts'
import { savePolicy } from './save-policy.ts'

const WORKLOAD = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' } as const

async function proposedWorld(): Promise<EngineWorld> {
  const world = await badDeployWorld({ mode: 'suggest' })
  await world.deliver({ labels: CHECKOUT })
  return world
}

const by = (world: EngineWorld) => ({ caller: CALLER, id: world.rollback.id, reason: 'I looked' })

describe('answering a proposal', () => {
  it('approves: the rollback goes on by itself, with who and why in timeline and audit', async () => {
    const world = await proposedWorld()
    const { result, audited } = await approveRollback(world.deps, by(world))
    expect(result.phase).toBe('pending')
    expect(audited).toMatchObject({
      action: 'rollback.approve',
      actor: CALLER.actor,
      reason: 'I looked',
      target: 'edgelink/Deployment/checkout',
    })
    expect(world.store.tables.audit).toMatchObject([audited])
    await world.pass(5 * SECOND)
    expect(world.cluster.effectivePatches('edgelink/checkout')).toBe(1)
  })

  it('declines: nothing happens in the cluster', async () => {
    const world = await proposedWorld()
    await declineRollback(world.deps, by(world))
    await world.pass(5 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'declined', outcome: { reason: 'declined_by_hand', detail: 'I looked' } })
    expect(world.cluster.undos).toEqual([])
  })

  it('refuses a yes that comes too late: answered, paused, recovered, or another rollback is open', async () => {
    const declined = await proposedWorld()
    await declineRollback(declined.deps, by(declined))
    await expect(approveRollback(declined.deps, by(declined))).rejects.toMatchObject({ code: 'conflict' })

    const paused = await proposedWorld()
    await pauseAutomation(paused.deps, { caller: CALLER, scope: { level: 'cluster' }, reason: 'stop', until: null, version: null })
    await expect(approveRollback(paused.deps, by(paused))).rejects.toMatchObject({ code: 'conflict' })

    const recovered = await proposedWorld()
    await recovered.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: recovered.now })
    await expect(approveRollback(recovered.deps, by(recovered))).rejects.toMatchObject({ code: 'conflict' })
    expect(recovered.rollback).toMatchObject({ phase: 'expired', outcome: { reason: 'incident_closed' } })

    const late = await proposedWorld()
    late.now += 16 * MINUTE
    await expect(approveRollback(late.deps, by(late))).rejects.toMatchObject({ code: 'conflict' })

    const busy = await proposedWorld()
    const id = busy.rollback.id
    await requestRollback(busy.deps, { caller: CALLER, workload: WORKLOAD, toRevisionUid: null, reason: 'now', condemn: false })
    await expect(approveRollback(busy.deps, { ...by(busy), id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('says what holds a yes: a paused Deployment, a refusal of the API server, a target that is gone, another deploy', async () => {
    const frozen = await proposedWorld()
    frozen.cluster.pause('edgelink/checkout')
    await expect(approveRollback(frozen.deps, by(frozen))).rejects.toThrow('the Deployment is paused (spec.paused) (deployment_paused)')

    const refused = await proposedWorld()
    refused.cluster.dryRunAnswer = { kind: 'refused', message: 'denied by policy' }
    await expect(approveRollback(refused.deps, by(refused))).rejects.toThrow(
      'the API server refuses the patch: denied by policy (patch_refused)',
    )

    const silent = await proposedWorld()
    silent.cluster.dryRunAnswer = { kind: 'silent', message: 'no answer' }
    await expect(approveRollback(silent.deps, by(silent))).rejects.toThrow('source_silent')

    const pruned = await proposedWorld()
    pruned.cluster.prune('edgelink/checkout', pruned.rollback.to.uid)
    await expect(approveRollback(pruned.deps, by(pruned))).rejects.toThrow('the ReplicaSet of its target is gone (target_gone)')

    const deployed = await proposedWorld()
    deployed.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    await expect(approveRollback(deployed.deps, by(deployed))).rejects.toThrow('revision 3 was deployed meanwhile')

    const removed = await proposedWorld()
    removed.cluster.remove('edgelink/checkout')
    await expect(approveRollback(removed.deps, by(removed))).rejects.toThrow('the Deployment is gone (workload_not_found)')

    for (const world of [frozen, refused, silent, pruned, deployed, removed]) expect(world.rollback.phase).toBe('proposed')
  })

  it('names the mode, the pause or the configuration that stops automation, and the way that is left', async () => {
    for (const mode of ['off', 'observe'] as const) {
      const world = await proposedWorld()
      const scope = { level: 'cluster' } as const
      await savePolicy(world.deps, { caller: CALLER, scope, fields: { mode }, version: 1, reason: 'calm' })
      await expect(approveRollback(world.deps, by(world))).rejects.toThrow(`the mode of this workload is ${mode} now`)
    }
    const disabled = await proposedWorld()
    await applyConfiguration(disabled.deps, { dryRun: null, enabled: false })
    await expect(approveRollback(disabled.deps, by(disabled))).rejects.toThrow('AUTO_ROLLBACK_ENABLED=false')
    const paused = await proposedWorld()
    await pauseAutomation(paused.deps, { caller: CALLER, scope: { level: 'cluster' }, reason: 'stop', until: null, version: null })
    await expect(approveRollback(paused.deps, by(paused))).rejects.toThrow('paused for cluster; a rollback by hand works')
  })

  it('does not ask the cooldown: a yes is a person’s act, as a rollback by hand is', async () => {
    const world = await proposedWorld()
    const proposal = by(world)
    await world.store.transaction(async (tx) => {
      const { id: _, version: __, workload: ___, ...draft } = world.rollback
      const decisionId = await tx.insertDecision({ ...world.decision, decidedAt: world.now })
      const outcome = { reason: 'dry_run_accepted', detail: null } as const
      const ended = { phase: 'simulated', dryRun: true, nextStepAt: null, endedAt: world.now, outcome } as const
      await tx.insertRollback({ ...draft, decisionId, ...ended })
    })
    expect((await approveRollback(world.deps, proposal)).result.phase).toBe('pending')
  })

  it('knows no rollback of another id', async () => {
    const world = await proposedWorld()
    const unknown = { ...by(world), id: '00000000-0000-7000-8000-00000000ffff' }
    await expect(approveRollback(world.deps, unknown)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('aborting a rollback', () => {
  it('works before the patch', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    const { result } = await abortRollback(world.deps, by(world))
    expect(result).toMatchObject({ phase: 'aborted', outcome: { reason: 'aborted_by_hand', detail: 'I looked' } })
    await world.pass(5 * SECOND)
    expect(world.cluster.undos).toEqual([])
    expect(world.store.tables.condemnations).toEqual([])
  })

  it('is a conflict after the patch: a rollback is never rolled back', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    await world.pass(3 * SECOND)
    await expect(abortRollback(world.deps, by(world))).rejects.toMatchObject({ code: 'conflict' })
    expect(world.rollback.endedAt).toBeNull()
  })
})
