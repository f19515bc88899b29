import { describe, expect, it } from 'vitest'
import { parts } from '../core/clocks.ts'
import type { PolicyFields } from '../core/policy.ts'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aMeasurement, aRule } from '../testing/fake-metrics.ts'
import { advanceRollback } from './advance-rollback.ts'
import { pauseAutomation, resumeAutomation, setDryRun } from './change-control.ts'

const WORKLOAD = 'edgelink/checkout'
const CLUSTER = { level: 'cluster' } as const
const LABELS = { ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }
const RULE = aRule({ name: 'HighErrorRate', labels: { auto_rollback: 'true' }, longestRangeMs: 2 * MINUTE })

/** The bad deploy, noticed: a rollback is open, Prometheus knows the rule, and the fault goes with the revision. */
async function openedWorld(policy: PolicyFields = {}): Promise<EngineWorld> {
  const world = await badDeployWorld(policy)
  world.metrics.load(RULE, () => aMeasurement({ value: world.cluster.currentOf(WORKLOAD).images[0] === 'checkout:1.5.0' ? 0.12 : 0.002 }))
  world.metrics.fires(LABELS, T0 - 30 * SECOND)
  await world.deliver({ labels: LABELS })
  return world
}

describe('a rollback', () => {
  it('goes back, is verified for the bake time, succeeds, and its clocks are in order', async () => {
    const world = await openedWorld()
    await world.pass(3 * SECOND)
    expect(world.cluster.currentOf(WORKLOAD).images).toEqual(['checkout:1.4.0'])
    expect(world.rollback.phase).toBe('verifying')
    world.metrics.clears(LABELS)
    await world.deliver({ labels: LABELS, status: 'resolved', endsAt: world.now })
    await world.pass(3 * MINUTE)
    const { phase, outcome, clocks } = world.rollback
    expect({ phase, outcome }).toEqual({ phase: 'succeeded', outcome: { reason: 'healthy_for_bake_time', detail: null } })
    const order = [
      clocks.deployedAt,
      clocks.startedAt,
      clocks.receivedAt,
      clocks.decidedAt,
      clocks.undoneAt,
      clocks.restoredAt,
      clocks.mitigatedAt,
      clocks.verifiedAt,
    ]
    expect(order).toEqual([...order].sort((a, b) => Number(a) - Number(b)))
    const { detectMs, decideMs, executeMs, recoverMs, mttrMs } = parts(clocks)
    expect(Number(detectMs) + Number(decideMs) + Number(executeMs) + Number(recoverMs)).toBe(mttrMs)
    expect(world.timelineKinds()).toEqual([
      'alert_fired',
      'decided',
      'opened',
      'undoing',
      'undone',
      'restored',
      'alert_resolved',
      'health_changed',
      'succeeded',
      'incident_closed',
    ])
    expect(world.store.tables.incidents).toMatchObject([{ outcome: 'rolled_back' }])
    expect(world.counted.ended).toHaveLength(1)
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  })

  it('condemns what it rolled away from, so that the same image deployed again is not tried a second time', async () => {
    const world = await openedWorld({ bakeTimeMs: 10 * SECOND, cooldownMs: 0 })
    await world.pass(MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    await world.deliver({ labels: LABELS, status: 'resolved', endsAt: world.now })
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.5.0', annotations: { 'kubectl.kubernetes.io/restartedAt': 'again' } })
    world.now += SECOND
    world.metrics.clears(LABELS)
    await world.deliver({ labels: LABELS, startsAt: world.now })
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'current_condemned' })
    expect(world.store.tables.rollbacks).toHaveLength(1)
  })

  it('is not rolled back itself: an alert on the revision that we went back to escalates', async () => {
    const world = await openedWorld({ bakeTimeMs: 10 * SECOND, cooldownMs: 0 })
    await world.pass(MINUTE)
    // A revision that could be gone back to is there: it is the loop that stops it.
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.6.0' })
    world.now += 10 * MINUTE
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.4.0' })
    world.now += SECOND
    await world.deliver({ labels: { ...LABELS, alertname: 'HighLatency' }, startsAt: world.now })
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'current_was_rolled_back_to' })
  })

  it('changes nothing in a dry run and ends simulated', async () => {
    const world = await badDeployWorld({ mode: 'observe' })
    await world.deliver({ labels: LABELS })
    await world.pass(10 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'simulated', outcome: { reason: 'dry_run_accepted' } })
    expect(world.rollback.clocks).toMatchObject({ undoneAt: null, restoredAt: null, mitigatedAt: null })
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(0)
    expect(world.store.tables.condemnations).toEqual([])
  })

  it('ends superseded and leaves a deploy untouched that came before the patch', async () => {
    const world = await openedWorld()
    world.cluster.beforePatch = () => {
      world.cluster.deploy(WORKLOAD, { image: 'checkout:1.6.0' })
    }
    await world.pass(5 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'superseded', outcome: { reason: 'deployed_meanwhile' } })
    expect(world.cluster.currentOf(WORKLOAD).images).toEqual(['checkout:1.6.0'])
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(0)
  })

  it('is not disturbed by a scale before the patch', async () => {
    const world = await openedWorld()
    let scaled = false
    world.cluster.beforePatch = () => {
      if (!scaled) world.cluster.scale(WORKLOAD, 5)
      scaled = true
    }
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('verifying')
    expect(world.timelineKinds()).toContain('patch_sent_again')
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  })

  it('recognises its own patch when the answer was lost', async () => {
    const world = await openedWorld()
    world.cluster.undoFailures.push('lost')
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('verifying')
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  })

  it('waits while the API server is silent and goes on when it is back', async () => {
    const world = await openedWorld()
    world.cluster.down = true
    await world.pass(MINUTE)
    expect(world.rollback.phase).toBe('undoing')
    world.cluster.down = false
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('verifying')
  })

  it('fails when the API server stays silent', async () => {
    const world = await openedWorld()
    world.cluster.down = true
    await world.pass(6 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'cluster_silent' } })
  })

  it('sends no patch when it comes back too late: the workload may have recovered since', async () => {
    const world = await openedWorld()
    let isDead = true
    world.atPoint = (point) => {
      if (isDead && point === 'undoing-stored') throw new Error('died')
    }
    await advanceRollback(world.deps, world.rollback.id).catch(() => {})
    expect(world.rollback.phase).toBe('undoing')
    isDead = false
    world.now += 120 * MINUTE
    await world.pass(5 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'cluster_silent' } })
    expect(world.cluster.undos).toEqual([])
  })

  it('asks an alert again that it held, when it ends without having helped', async () => {
    const world = await openedWorld()
    world.cluster.undoFailures.push({ kind: 'target_gone' })
    await world.deliver({ labels: { ...LABELS, alertname: 'HighLatency' } })
    expect(world.decision.reason).toBe('rollback_open')
    await world.pass(5 * SECOND)
    expect(world.decision.reason).not.toBe('rollback_open')
  })

  it('asks an alert again that it held, when it ends unverified', async () => {
    const world = await openedWorld()
    world.metrics.measures('HighErrorRate', aMeasurement({ value: null }))
    world.metrics.clears(LABELS)
    await world.deliver({ labels: { ...LABELS, alertname: 'HighLatency' }, startsAt: T0 - SECOND })
    expect(world.decision.reason).toBe('rollback_open')
    await world.pass(30 * MINUTE)
    expect(world.rollback.phase).toBe('unverified')
    expect(world.decision.reason).toBe('fires_on_after_deploy')
  })

  it('asks an alert that it held and that fires on after a success once its end should have been told', async () => {
    const world = await openedWorld()
    world.metrics.load(aRule({ name: 'HighLatency', labels: { auto_rollback: 'true' } }), aMeasurement())
    await world.deliver({ labels: { ...LABELS, alertname: 'HighLatency' }, startsAt: T0 - SECOND })
    world.metrics.clears(LABELS)
    await world.pass(3 * MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    expect(world.decision.reason).toBe('rollback_open')
    await world.pass(5 * MINUTE)
    expect(world.decision.reason).toBe('fires_on_after_deploy')
  })

  it('asks nothing again of an alert whose end was told after a success', async () => {
    const world = await openedWorld()
    const latency = { labels: { ...LABELS, alertname: 'HighLatency' }, startsAt: T0 }
    world.metrics.load(aRule({ name: 'HighLatency', labels: { auto_rollback: 'true' } }), aMeasurement())
    await world.deliver(latency)
    world.metrics.clears(LABELS)
    await world.pass(3 * MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    await world.deliver({ ...latency, status: 'resolved', endsAt: world.now })
    await world.pass(10 * MINUTE)
    expect(world.store.tables.decisions).toHaveLength(2)
  })

  it('comes to an end though the cluster answers with something that nobody foresaw', async () => {
    const world = await openedWorld()
    world.cluster.undo = () => Promise.reject(new TypeError('metadata of undefined'))
    await world.pass(6 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'cluster_silent' } })
  })

  it.each([
    [{ kind: 'paused' } as const, 'deployment_paused'],
    [{ kind: 'target_gone' } as const, 'target_gone'],
    [{ kind: 'refused', message: 'no' } as const, 'patch_refused'],
  ])('fails when the patch meets %o', async (outcome, reason) => {
    const world = await openedWorld()
    world.cluster.undoFailures.push(outcome)
    await world.pass(5 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason } })
  })

  it('starts no patch once a pause was answered, and its alert is held by that pause', async () => {
    const world = await openedWorld()
    await pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'stop', until: null, version: null })
    await world.pass(10 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'aborted', outcome: { reason: 'paused' } })
    expect(world.cluster.undos).toEqual([])
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'paused' })
    await resumeAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'go', version: null })
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('verifying')
  })

  it('goes on with what a pause came too late for, and the answer names it', async () => {
    const world = await openedWorld()
    await world.pass(3 * SECOND)
    const { result } = await pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'stop', until: null, version: null })
    expect(result.underWay).toMatchObject([{ id: world.rollback.id, phase: 'verifying' }])
    await world.pass(3 * MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
  })

  it('only simulates when dry run was switched on before the patch', async () => {
    const world = await openedWorld()
    await setDryRun(world.deps, { caller: CALLER, on: true, reason: 'careful', until: null, version: null })
    await world.pass(5 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'simulated', dryRun: true })
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(0)
  })

  it('fails when the rollout exceeds its progress deadline', async () => {
    const world = await openedWorld()
    world.cluster.rollsOutAtOnce = false
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('progressing')
    world.cluster.setRollout(WORKLOAD, 'failed')
    await world.pass(2 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'rollout_failed' } })
  })

  it('ends superseded when somebody deploys while it progresses or is verified', async () => {
    const world = await openedWorld()
    await world.pass(10 * SECOND)
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.6.0' })
    await world.pass(10 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'superseded', outcome: { reason: 'deployed_meanwhile' } })
  })

  it('ends superseded when the Deployment is deleted', async () => {
    const world = await openedWorld()
    await world.pass(10 * SECOND)
    world.cluster.remove(WORKLOAD)
    await world.pass(10 * SECOND)
    expect(world.rollback).toMatchObject({ phase: 'superseded', outcome: { reason: 'workload_gone' } })
  })

  it('fails when it did not help: the signal stays beyond its threshold for the bake time', async () => {
    const world = await openedWorld()
    world.metrics.measures('HighErrorRate', aMeasurement({ value: 0.12 }))
    await world.pass(4 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'still_unhealthy' } })
    expect(world.rollback.clocks.mitigatedAt).toBeNull()
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  })

  it('fails when a pod of the target restarts on', async () => {
    const world = await openedWorld()
    await world.pass(3 * SECOND)
    const target = world.rollback.to.uid
    world.cluster.setPods(WORKLOAD, target, [{ name: 'a', restarts: 3, reason: 'CrashLoopBackOff' }])
    await world.pass(4 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'failed', outcome: { detail: 'pod_restarted' } })
  })

  it('succeeds on a clean window while the alert fires on as an echo of its long range', async () => {
    const world = await openedWorld()
    await world.pass(3 * MINUTE)
    expect(world.metrics.activeAlerts).toHaveLength(1)
    expect(world.rollback.phase).toBe('succeeded')
    expect(world.store.tables.incidents).toMatchObject([{ closedAt: null }])
  })

  it('reads signals only on windows that begin after the rollout was complete', async () => {
    const world = await openedWorld()
    await world.pass(3 * MINUTE)
    const restoredAt = world.rollback.clocks.restoredAt ?? 0
    // The other ones ask how it was before the deploy.
    const verifying = world.metrics.measured.filter(({ workload }) => workload === undefined)
    expect(verifying.length).toBeGreaterThan(5)
    for (const { at, windowMs } of verifying) expect(at - windowMs).toBeGreaterThanOrEqual(restoredAt)
  })

  it('never calls missing data healthy: without any it ends unverified', async () => {
    const world = await openedWorld()
    world.metrics.measures('HighErrorRate', aMeasurement({ value: null }))
    world.metrics.clears(LABELS)
    await world.pass(10 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'no_clear_answer', detail: 'signal_inconclusive' } })
  })

  it('starts the healthy stretch anew when it was interrupted', async () => {
    const world = await openedWorld()
    await world.pass(MINUTE)
    world.metrics.measures('HighErrorRate', aMeasurement({ value: 0.2 }))
    await world.pass(10 * SECOND)
    world.metrics.measures('HighErrorRate', aMeasurement({ value: 0.001 }))
    world.metrics.clears(LABELS)
    await world.pass(MINUTE)
    expect(world.rollback.phase).toBe('verifying')
    await world.pass(2 * MINUTE)
    expect(world.rollback.phase).toBe('succeeded')
    expect(world.rollback.clocks.mitigatedAt).toBeGreaterThanOrEqual(world.rollback.clocks.restoredAt ?? 0)
  })

  it('lets one of two workers win that take the same step', async () => {
    const world = await openedWorld()
    await Promise.all([advanceRollback(world.deps, world.rollback.id), advanceRollback(world.deps, world.rollback.id)])
    await Promise.all([advanceRollback(world.deps, world.rollback.id), advanceRollback(world.deps, world.rollback.id)])
    await world.pass(2 * SECOND)
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
    expect(world.timelineKinds().filter((kind) => kind === 'undone')).toHaveLength(1)
  })

  it('takes the steps that are due in a row, without waiting for the queue between them', async () => {
    const world = await openedWorld()
    world.store.tables.jobs = []
    await advanceRollback(world.deps, world.rollback.id)
    expect(world.rollback).toMatchObject({ phase: 'verifying', clocks: { undoneAt: T0, restoredAt: T0 } })
  })

  it('finds its way by the row alone when jobs were lost', async () => {
    const world = await openedWorld()
    world.store.tables.jobs = []
    await world.pass(5 * SECOND)
    expect(world.rollback.phase).toBe('verifying')
  })

  it('expires as a proposal that nobody answered', async () => {
    const world = await badDeployWorld({ mode: 'suggest' })
    await world.deliver({ labels: LABELS })
    await world.pass(16 * MINUTE)
    expect(world.rollback).toMatchObject({ phase: 'expired', outcome: { reason: 'nobody_approved' } })
    expect(world.cluster.undos).toEqual([])
  })
})
