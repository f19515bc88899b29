import { describe, expect, it } from 'vitest'
import { badDeployWorld, CALLER, CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { pauseAutomation, resumeAutomation } from './change-control.ts'

const CLUSTER = { level: 'cluster' } as const

describe('evaluating an alert', () => {
  it('opens a rollback of the bad deploy to the revision before it', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'act', reason: 'deploy_explains_it' })
    expect(world.rollback).toMatchObject({ phase: 'pending', from: { number: 2 }, to: { number: 1 }, dryRun: false, condemns: true })
    expect(world.rollback.clocks).toMatchObject({ deployedAt: T0 - MINUTE, startedAt: T0, receivedAt: T0, decidedAt: T0, undoneAt: null })
  })

  it('keeps the facts, so that the stored decision is what they say', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    const { decide } = await import('../core/decide.ts')
    const { facts, checks, verdict, effect, reason } = world.decision
    expect(decide(JSON.parse(JSON.stringify(facts)))).toMatchObject({ checks, verdict, effect, reason })
  })

  it('simulates in dry run and in mode observe', async () => {
    for (const setting of [{ dryRun: true }, { policy: { mode: 'observe' as const } }]) {
      const world = await badDeployWorld()
      await world.store.transaction(async (tx) => {
        const control = await tx.control('update')
        if (setting.dryRun) await tx.updateControl(control.version, { dryRun: { ...control.dryRun, on: true } })
        else await tx.savePolicy(CLUSTER, { mode: 'observe' }, 1)
      })
      await world.deliver({ labels: CHECKOUT })
      expect(world.decision.effect).toBe('simulate')
      expect(world.rollback.dryRun).toBe(true)
    }
  })

  it('proposes in mode suggest, once for several alerts', async () => {
    const world = await badDeployWorld({ mode: 'suggest' })
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: { ...CHECKOUT, alertname: 'HighLatency' } })
    expect(world.store.tables.rollbacks).toMatchObject([{ phase: 'proposed', expiresAt: T0 + 15 * MINUTE }])
    expect(world.store.tables.incidents).toHaveLength(1)
  })

  it('lets the annotation on the workload lower the mode and never raise it', async () => {
    const world = await badDeployWorld()
    world.cluster.annotate('edgelink/checkout', { 'snapback.dev/mode': 'off' })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'mode_off' })

    const observing = await badDeployWorld({ mode: 'observe' })
    observing.cluster.annotate('edgelink/checkout', { 'snapback.dev/mode': 'auto' })
    await observing.deliver({ labels: CHECKOUT })
    expect(observing.decision.effect).toBe('simulate')
  })

  it('joins a second alert to the open incident and opens nothing more', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: { ...CHECKOUT, alertname: 'HighLatency' } })
    expect(world.store.tables.incidents).toHaveLength(1)
    expect(world.store.tables.rollbacks).toHaveLength(1)
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'rollback_open' })
  })

  it('holds what began before the deploy', async () => {
    const world = await badDeployWorld()
    world.metrics.fires({ ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }, T0 - 2 * MINUTE)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', effect: 'none', reason: 'older_than_deploy' })
    expect(world.store.tables.rollbacks).toEqual([])
  })

  it('reads the onset from Prometheus, where external labels are not shown', async () => {
    const world = await badDeployWorld()
    world.metrics.fires({ ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }, T0 - 30 * SECOND)
    await world.deliver({ labels: { ...CHECKOUT, cluster: 'prod' } })
    expect(world.decision.facts.trigger).toMatchObject({ onset: { at: T0 - 30 * SECOND, source: 'active_at' } })
    expect(world.store.tables.incidents).toMatchObject([{ startedAt: T0 - 30 * SECOND, startedAtSource: 'active_at' }])
  })

  it('takes startsAt, marked, when Prometheus is silent', async () => {
    const world = await badDeployWorld()
    world.metrics.down = true
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision.facts.trigger).toMatchObject({ onset: { at: T0, source: 'starts_at' } })
  })

  it('escalates an alert that leads to no workload, without an incident of any', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: { service: 'unknown' } })
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'workload_not_found', workloadId: null, incidentId: null })
    expect(world.store.tables.incidents).toEqual([])
  })

  it('asks again every 15 s for 10 min while the cluster is not known, and no longer', async () => {
    const world = await badDeployWorld()
    world.cluster.synced = false
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'source_silent', decideAgainAt: T0 + 15 * SECOND })
    await world.pass(20 * MINUTE)
    expect(world.store.tables.decisions).toHaveLength(41)
    expect(world.store.tables.episodes).toMatchObject([{ nextEvaluationAt: null }])
  })

  it('decides as soon as the cluster is known again', async () => {
    const world = await badDeployWorld()
    world.cluster.synced = false
    await world.deliver({ labels: CHECKOUT })
    world.cluster.synced = true
    await world.pass(16 * SECOND)
    expect(world.rollback.phase).not.toBe('proposed')
    expect(world.store.tables.decisions).toHaveLength(2)
  })

  it('does not act where nobody could ask the server for a dry run, and asks again', async () => {
    const world = await badDeployWorld()
    world.cluster.dryRunAnswer = { kind: 'silent', message: 'no answer' }
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'source_silent' })
    world.cluster.dryRunAnswer = null
    await world.pass(16 * SECOND)
    expect(world.decision.effect).toBe('act')
  })

  it('holds while the workload cools down and decides again when that ends', async () => {
    const world = await badDeployWorld({ cooldownMs: 5 * MINUTE, bakeTimeMs: 10 * SECOND })
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    await world.pass(5 * MINUTE)
    expect(world.rollback.phase).toBe('unverified')
    const endedAt = world.rollback.endedAt ?? 0
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    world.now += SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision).toMatchObject({ reason: 'cooling_down', effect: 'none', decideAgainAt: endedAt + 5 * MINUTE })
    await world.pass(5 * MINUTE)
    expect(world.store.tables.rollbacks).toHaveLength(2)
  })

  it('holds while paused, and decides again when somebody resumes', async () => {
    const world = await badDeployWorld()
    await pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'game day', until: null, version: null })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'paused' })
    await world.pass(MINUTE)
    expect(world.store.tables.decisions).toHaveLength(1)
    await resumeAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'over', version: null })
    await world.pass(SECOND)
    expect(world.rollback).toMatchObject({ trigger: 'alert', dryRun: false })
  })

  it('decides again when a pause runs out by itself', async () => {
    const world = await badDeployWorld()
    await pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'lunch', until: T0 + 2 * MINUTE, version: null })
    await world.deliver({ labels: CHECKOUT })
    await world.pass(MINUTE)
    expect(world.store.tables.rollbacks).toEqual([])
    await world.pass(61 * SECOND)
    expect(world.store.tables.rollbacks).toHaveLength(1)
  })

  it('decides again when a pause for good was replaced by one that runs out', async () => {
    const world = await badDeployWorld()
    const pause = (until: number | null) =>
      pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'stop', until, version: null })
    await pause(null)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision.reason).toBe('paused')
    await pause(world.now + MINUTE)
    await world.pass(MINUTE - SECOND)
    expect(world.store.tables.rollbacks).toEqual([])
    await world.pass(5 * SECOND)
    expect(world.store.tables.rollbacks).toHaveLength(1)
  })

  it('decides nothing twice when the queue delivers the job after the replica did the work', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT })
    const [episode] = world.store.tables.episodes
    await world.evaluate(episode?.id ?? '')
    expect(world.store.tables.decisions).toHaveLength(1)
  })

  it('lets one of two replicas win that decide at the same time', async () => {
    const world = await badDeployWorld()
    const { ingestAlerts } = await import('./ingest-alerts.ts')
    const { due } = await ingestAlerts(world.deps, { alerts: [world.alert({ labels: CHECKOUT })], rejected: [], truncated: 0 })
    const id = due[0] ?? ''
    await Promise.all([world.evaluate(id), world.evaluate(id)])
    expect(world.store.tables.decisions).toHaveLength(1)
    expect(world.store.tables.rollbacks).toHaveLength(1)
  })

  it('closes an incident that recovered by itself when the alert is resolved', async () => {
    const world = await badDeployWorld({ mode: 'off' })
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: T0 + MINUTE })
    expect(world.store.tables.incidents).toMatchObject([{ outcome: 'recovered_by_itself' }])
    expect(world.timelineKinds()).toEqual(['alert_fired', 'decided', 'alert_resolved', 'incident_closed'])
  })

  it('does not act on an alert that was resolved before it was decided', async () => {
    const world = new EngineWorld()
    await world.configure({})
    const { ingestAlerts } = await import('./ingest-alerts.ts')
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1' })
    world.now += MINUTE
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:2' })
    const firing = world.alert({ labels: CHECKOUT })
    await ingestAlerts(world.deps, { alerts: [firing], rejected: [], truncated: 0 })
    const { due } = await ingestAlerts(world.deps, {
      alerts: [{ ...firing, status: 'resolved', endsAt: world.now }],
      rejected: [],
      truncated: 0,
    })
    await world.evaluate(due[0] ?? '')
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'recovered_by_itself', effect: 'none' })
    expect(world.store.tables.rollbacks).toEqual([])
    expect(world.store.tables.incidents).toMatchObject([{ outcome: 'recovered_by_itself' }])
  })
})

describe('an alert that is held by more than one thing', () => {
  it('names the hold that stands longest, so that a resume sets it free', async () => {
    const world = await badDeployWorld({ cooldownMs: 5 * MINUTE, bakeTimeMs: 10 * SECOND })
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    await world.pass(MINUTE)
    const pause = { caller: CALLER, scope: CLUSTER, reason: 'until the morning', until: T0 + 600 * MINUTE, version: null }
    await pauseAutomation(world.deps, pause)
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    world.now += SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision).toMatchObject({ reason: 'paused', decideAgainAt: T0 + 600 * MINUTE })
    await resumeAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'found it', version: null })
    await world.pass(SECOND)
    expect(world.decision.reason).toBe('cooling_down')
    await world.pass(5 * MINUTE)
    expect(world.store.tables.rollbacks).toHaveLength(2)
  })
})

describe('an alert whose workload cannot be found for a while', () => {
  it('stays in its incident', async () => {
    const world = await badDeployWorld()
    await pauseAutomation(world.deps, { caller: CALLER, scope: CLUSTER, reason: 'lunch', until: T0 + MINUTE, version: null })
    await world.deliver({ labels: CHECKOUT })
    const [before] = world.store.tables.episodes
    expect(before?.incidentId).not.toBeNull()
    world.cluster.synced = false
    await world.pass(61 * SECOND)
    expect(world.store.tables.decisions.length).toBeGreaterThan(1)
    expect(world.store.tables.episodes).toMatchObject([{ incidentId: before?.incidentId, workloadId: before?.workloadId }])
  })

  it('is asked again although the mode that is known so far is off', async () => {
    const world = await badDeployWorld({ mode: 'off' })
    world.cluster.synced = false
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ reason: 'source_silent', decideAgainAt: T0 + 15 * SECOND })
  })
})

describe('an alert that is held for longer than questions are asked again', () => {
  it('is decided when the cooldown ends, although a question is open that the policy lets pass', async () => {
    const world = await badDeployWorld({ cooldownMs: 30 * MINUTE, bakeTimeMs: 10 * SECOND, onInconclusive: 'pass' })
    await coolingWorld(world)
    world.cluster.skewMs = 60 * SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision.checks).toContainEqual(expect.objectContaining({ gate: 'deploy_explains', answer: 'inconclusive' }))
    expect(world.decision).toMatchObject({ reason: 'cooling_down', effect: 'none' })
    await world.pass(31 * MINUTE)
    expect(world.store.tables.rollbacks).toHaveLength(2)
  })

  it('is decided when the cooldown ends, although a question was open that is answered meanwhile', async () => {
    const world = await badDeployWorld({ cooldownMs: 30 * MINUTE, bakeTimeMs: 10 * SECOND })
    await coolingWorld(world)
    world.cluster.skewMs = 60 * SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision.reason).toBe('clocks_differ')
    await world.pass(MINUTE)
    world.cluster.skewMs = 0
    await world.pass(30 * MINUTE)
    expect(world.store.tables.rollbacks).toHaveLength(2)
  })

  it('is asked again for ten minutes after the hold, when the question is still open then', async () => {
    const world = await badDeployWorld({ cooldownMs: 30 * MINUTE, bakeTimeMs: 10 * SECOND })
    await coolingWorld(world)
    world.cluster.skewMs = 60 * SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    const before = world.store.tables.decisions.length
    await world.pass(60 * MINUTE)
    expect(world.store.tables.decisions.length - before).toBe(41)
    expect(world.store.tables.episodes.at(-1)).toMatchObject({ nextEvaluationAt: null })
  })

  /** A rollback has just ended, and the next deploy is bad too. */
  async function coolingWorld(world: EngineWorld): Promise<void> {
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    await world.pass(5 * MINUTE)
    expect(world.rollback.endedAt).not.toBeNull()
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    world.now += SECOND
  }
})

describe('a proposal whose question is over', () => {
  it('ends with its incident, and says why', async () => {
    const world = await badDeployWorld({ mode: 'suggest' })
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    expect(world.rollback).toMatchObject({ phase: 'expired', outcome: { reason: 'incident_closed' }, nextStepAt: null })
    expect(world.store.tables.timeline.filter(({ rollbackId }) => rollbackId === world.rollback.id).at(-1)).toMatchObject({
      kind: 'expired',
      data: { reason: 'incident_closed' },
      incidentId: world.rollback.incidentId,
    })
    expect(world.timelineKinds().at(-1)).toBe('incident_closed')
  })

  it('does not swallow the proposal of the next incident', async () => {
    const world = await badDeployWorld({ mode: 'suggest' })
    await world.deliver({ labels: CHECKOUT })
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    world.now += SECOND
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.store.tables.rollbacks).toMatchObject([{ phase: 'expired' }, { phase: 'proposed', from: { number: 3 } }])
  })

  it('makes place for the next one when another revision is in trouble in the same incident', async () => {
    const world = await badDeployWorld({ mode: 'suggest' })
    await world.deliver({ labels: CHECKOUT })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    world.now += SECOND
    await world.deliver({ labels: { ...CHECKOUT, alertname: 'HighLatency' }, startsAt: world.now })
    expect(world.store.tables.rollbacks).toMatchObject([
      { phase: 'expired', outcome: { reason: 'proposed_anew', detail: '3 → 1' } },
      { phase: 'proposed', from: { number: 3 }, to: { number: 1 } },
    ])
  })
})
