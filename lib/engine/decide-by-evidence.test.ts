import { describe, expect, it } from 'vitest'
import { upstreamError } from '../core/errors.ts'
import { badDeployWorld, CALLER, CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { aMeasurement, aRule } from '../testing/fake-metrics.ts'
import { pauseAutomation } from './change-control.ts'
import { savePolicy } from './save-policy.ts'

const PAYLOAD = { ...CHECKOUT, alertname: 'HighErrorRate', auto_rollback: 'true' }
const WORKLOAD = 'edgelink/checkout'

/** Each with a bad deploy a minute ago, after an hour of peace. */
async function shopOf(names: readonly string[], policy = {}): Promise<EngineWorld> {
  const world = new EngineWorld()
  await world.configure({ policy })
  world.now = T0 - 60 * MINUTE
  for (const name of names) world.cluster.deploy(`edgelink/${name}`, { image: `${name}:1` })
  world.now = T0 - MINUTE
  for (const name of names) world.cluster.deploy(`edgelink/${name}`, { image: `${name}:2` })
  world.now = T0
  return world
}

const labelsOf = (deployment: string) => ({ namespace: 'edgelink', deployment })

describe('a delivery is a hint', () => {
  it('that changes nothing when the alert does not fire in Prometheus, and is looked up a few times', async () => {
    const world = await badDeployWorld()
    world.prometheusAgrees = false
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'not_confirmed', decideAgainAt: T0 + 15 * SECOND })
    await world.pass(10 * MINUTE)
    expect(world.store.tables.decisions).toHaveLength(5)
    expect(world.store.tables.rollbacks).toEqual([])
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(0)
  })

  it.each([
    ['another workload', { namespace: 'edgelink', deployment: 'payments' }],
    ['another service', { service: 'payments' }],
    ['nobody that can be told', { severity: 'critical' }],
  ])('that is not believed when it fires for %s, and names this one in labels of its own', async (_, fires) => {
    const world = await badDeployWorld()
    world.cluster.deploy('edgelink/payments', { image: 'payments:1' })
    world.prometheusAgrees = false
    const own = { alertname: 'HighErrorRate', auto_rollback: 'true', ...fires }
    world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }), aMeasurement())
    world.metrics.fires(own, T0)
    await world.deliver({ labels: { ...own, exported_namespace: 'edgelink', exported_deployment: 'checkout' } })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'not_confirmed' })
  })

  it('that is not believed when what fires there does not ask for a rollback, and the payload adds the label', async () => {
    const world = await badDeployWorld()
    world.prometheusAgrees = false
    const own = { ...CHECKOUT, alertname: 'HighLatency', severity: 'warning' }
    world.metrics.load(aRule({ name: 'HighLatency', labels: { severity: 'warning' } }), aMeasurement())
    world.metrics.fires(own, T0)
    await world.deliver({ labels: { ...own, auto_rollback: 'true' } })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'not_confirmed' })
  })

  it('that is believed when external labels tell which of several it is', async () => {
    const world = await badDeployWorld()
    world.cluster.deploy('staging/checkout', { image: 'checkout:1' })
    world.prometheusAgrees = false
    const own = { alertname: 'HighErrorRate', auto_rollback: 'true', service: 'checkout' }
    world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }), aMeasurement())
    world.metrics.fires(own, T0)
    await world.deliver({ labels: { ...own, namespace: 'edgelink', cluster: 'prod' } })
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that is believed as soon as it fires there', async () => {
    const world = await badDeployWorld()
    world.prometheusAgrees = false
    world.metrics.fires(PAYLOAD, T0, 'pending')
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision.reason).toBe('not_confirmed')
    world.prometheusAgrees = true
    world.metrics.fires(PAYLOAD, T0)
    await world.pass(15 * SECOND)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that is held while Prometheus is silent, and decided when it is heard', async () => {
    const world = await badDeployWorld()
    world.metrics.down = true
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'source_silent' })
    world.metrics.down = false
    await world.pass(15 * SECOND)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that goes on without Prometheus where the policy says so', async () => {
    const world = await badDeployWorld({ whenBlind: 'go_on' })
    world.metrics.down = true
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that is believed where nobody is configured who could tell', async () => {
    const world = await badDeployWorld()
    world.metrics.isConfigured = false
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'act' })
    expect(world.decision.checks.find(({ gate }) => gate === 'confirmed')).toMatchObject({
      answer: 'not_applicable',
      reason: 'source_not_configured',
    })
  })

  it('that is looked up for ten minutes while it is pending, also when a hold has kept it for longer', async () => {
    const world = await badDeployWorld({ attributionWindowMs: 60 * MINUTE })
    const until = T0 + 15 * MINUTE
    await pauseAutomation(world.deps, { caller: CALLER, scope: { level: 'cluster' }, reason: 'lunch', until, version: null })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision.reason).toBe('paused')
    // Prometheus was restarted: the alert is pending again for its `for`.
    world.prometheusAgrees = false
    world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }), aMeasurement())
    world.metrics.fires(PAYLOAD, T0, 'pending')
    await world.pass(15 * MINUTE)
    expect(world.decision).toMatchObject({ reason: 'not_confirmed', decideAgainAt: until + 15 * SECOND })
    await world.pass(9 * MINUTE + 30 * SECOND)
    expect(world.decision).toMatchObject({ reason: 'not_confirmed', decideAgainAt: until + 10 * MINUTE })
    world.metrics.fires(PAYLOAD, T0)
    await world.pass(MINUTE)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that is looked up no longer than ten minutes while it stays pending, and told once', async () => {
    const world = await badDeployWorld()
    world.prometheusAgrees = false
    world.metrics.fires(PAYLOAD, T0, 'pending')
    await world.deliver({ labels: CHECKOUT })
    await world.pass(60 * MINUTE)
    expect(world.decision).toMatchObject({ reason: 'not_confirmed', decidedAt: T0 + 10 * MINUTE, decideAgainAt: null })
    expect(world.timelineKinds()).toEqual(['alert_fired', 'decided'])
  })

  it('that is held while nobody can tell how many requests stand behind it, and decided when somebody can', async () => {
    const world = await badDeployWorld()
    const measure = world.metrics.measure.bind(world.metrics)
    // On a minute it is asked before the deploy, on the rule's own range now.
    world.metrics.measure = async (request) => {
      if (request.windowMs > MINUTE) throw upstreamError('prometheus', 'no answer within 2000 ms')
      return measure(request)
    }
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'source_silent', decideAgainAt: T0 + 15 * SECOND })
    world.metrics.measure = measure
    await world.pass(15 * SECOND)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that is held while somebody has silenced it, looked up until that is ended early, and told once', async () => {
    const world = await silencedWorld()
    world.alertmanager.silences.set('s1', T0 + 8 * 60 * MINUTE)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ reason: 'silenced', decideAgainAt: T0 + MINUTE })
    await world.pass(5 * MINUTE)
    expect(world.timelineKinds()).toEqual(['alert_fired', 'decided'])
    world.alertmanager.routed.splice(0, 1, { labels: PAYLOAD, silencedBy: [] })
    await world.pass(MINUTE)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that is looked up although the end of its silence could not be read', async () => {
    const world = await silencedWorld()
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ reason: 'silenced', decideAgainAt: T0 + MINUTE })
    world.alertmanager.routed.splice(0, 1, { labels: PAYLOAD, silencedBy: [] })
    await world.pass(MINUTE)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('that leaves a line in the timeline and no more than 60 decisions when it is silenced for eight hours', async () => {
    const world = await silencedWorld()
    world.alertmanager.silences.set('s1', T0 + 8 * 60 * MINUTE)
    await world.deliver({ labels: CHECKOUT })
    await world.pass(8 * 60 * MINUTE - SECOND)
    expect(world.store.tables.decisions).toHaveLength(1 + 10 + 46)
    expect(world.timelineKinds()).toEqual(['alert_fired', 'decided'])
  })

  async function silencedWorld(): Promise<EngineWorld> {
    const world = await badDeployWorld()
    world.alertmanager.isConfigured = true
    world.alertmanager.routed.push({ labels: { ...PAYLOAD, cluster: 'prod' }, silencedBy: ['s1'] })
    return world
  }

  it('that is held while somebody has silenced it, until the silence ends', async () => {
    const world = await badDeployWorld()
    world.alertmanager.isConfigured = true
    world.alertmanager.routed.push({ labels: { ...PAYLOAD, cluster: 'prod' }, silencedBy: ['s1'] })
    world.alertmanager.silences.set('s1', T0 + 30 * SECOND)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ reason: 'silenced', decideAgainAt: T0 + 30 * SECOND })
    world.alertmanager.routed.splice(0, 1, { labels: PAYLOAD, silencedBy: [] })
    await world.pass(20 * MINUTE)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })
})

it('one error in two requests is no error rate: it is asked again, and acted on when more have failed', async () => {
  const world = await badDeployWorld()
  world.metrics.measuredNow.set('HighErrorRate', aMeasurement({ value: 0.5, requests: 2 }))
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'too_few_requests', decideAgainAt: T0 + 15 * SECOND })
  expect(world.metrics.measured.find(({ at }) => at === T0)).toMatchObject({ windowMs: 5 * MINUTE, workload: 'checkout' })
  world.metrics.measuredNow.set('HighErrorRate', aMeasurement({ value: 0.5, requests: 40 }))
  await world.pass(15 * SECOND)
  expect(world.decision).toMatchObject({ effect: 'act' })
})

describe('what was there before the deploy is not blamed on it', () => {
  it('by what the rule measured then', async () => {
    const world = await badDeployWorld()
    world.metrics.measuredBefore.set('HighErrorRate', aMeasurement({ value: 0.03 }))
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'condition_before_deploy' })
    const asked = world.metrics.measured.find(({ workload }) => workload === 'checkout')
    expect(asked).toMatchObject({ at: T0 - MINUTE, windowMs: MINUTE })
  })

  it('by an alert that was pending or fired in the hour before it', async () => {
    const world = await badDeployWorld()
    world.metrics.pastActive.set('HighErrorRate', T0 - 30 * MINUTE)
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'condition_before_deploy' })
  })

  it('but what an earlier deploy broke, and a rollback healed, is not older than this one', async () => {
    const world = await badDeployWorld({ cooldownMs: 0, bakeTimeMs: 10 * SECOND })
    world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }), aMeasurement())
    await world.deliver({ labels: CHECKOUT })
    await world.pass(2 * MINUTE)
    await world.deliver({ labels: CHECKOUT, status: 'resolved', endsAt: world.now })
    expect(world.rollback.phase).toBe('succeeded')
    world.metrics.pastActive.set('HighErrorRate', T0)
    await world.pass(MINUTE)
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.6.0' })
    await world.pass(MINUTE)
    await world.deliver({ labels: CHECKOUT, startsAt: world.now })
    expect(world.decision).toMatchObject({ effect: 'act', reason: 'deploy_explains_it' })
  })

  it('a deploy while the alert fires is given five minutes, and then people are called', async () => {
    const world = await badDeployWorld()
    await world.deliver({ labels: CHECKOUT, startsAt: T0 - 2 * MINUTE })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'new_deploy_while_firing', decideAgainAt: T0 + 4 * MINUTE })
    await world.pass(4 * MINUTE)
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'fires_on_after_deploy', decideAgainAt: null })
  })
})

describe('pods tell which revision fails', () => {
  it('not this one, when pods of an older revision fail in the same way', async () => {
    const world = await badDeployWorld()
    const [current, before] = world.cluster.revisions({ namespace: 'edgelink', kind: 'Deployment', name: 'checkout' })
    world.cluster.setPods(WORKLOAD, current?.uid ?? '', [{ name: 'new-1', ready: false, reason: 'CrashLoopBackOff' }])
    world.cluster.setPods(WORKLOAD, before?.uid ?? '', [{ name: 'old-1', ready: false, reason: 'Error' }])
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'older_pods_fail' })
  })

  it('a node and not the deploy, when the others are well; and the deploy after all when they fail too', async () => {
    const world = await badDeployWorld()
    const current = world.cluster.currentOf(WORKLOAD).uid
    const crashing = { ready: false, reason: 'CrashLoopBackOff' }
    world.cluster.setPods(WORKLOAD, current, [
      { name: 'a', node: 'node-a', ...crashing },
      { name: 'b', node: 'node-b' },
    ])
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'hold', reason: 'one_node_fails' })
    world.cluster.setPods(WORKLOAD, current, [
      { name: 'a', node: 'node-a', ...crashing },
      { name: 'b', node: 'node-b', ...crashing },
    ])
    await world.pass(15 * SECOND)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })
})

describe('many at once', () => {
  const NAMES = Array.from({ length: 10 }, (_, index) => `service-${index}`)

  it('have a common cause, which Prometheus shows from the first alert on', async () => {
    const world = await shopOf(NAMES)
    for (const name of NAMES) world.metrics.fires({ ...PAYLOAD, ...labelsOf(name) }, T0 - 30 * SECOND)
    for (const name of NAMES) await world.deliver({ labels: labelsOf(name) })
    expect(world.store.tables.decisions.map(({ reason }) => reason)).toEqual(NAMES.map(() => 'common_cause'))
    expect(world.store.tables.rollbacks).toEqual([])
  })

  it('have one by our own record too, where Prometheus is not asked: decided one after the other, the fourth is held', async () => {
    const world = await shopOf(NAMES)
    world.metrics.isConfigured = false
    for (const name of NAMES) await world.deliver({ labels: labelsOf(name) })
    expect(world.store.tables.rollbacks).toHaveLength(3)
    expect(world.store.tables.decisions.slice(3).every(({ reason }) => reason === 'common_cause')).toBe(true)
  })

  it('spend the budget of the cluster; the breaker closes by itself as the window moves on', async () => {
    const world = await shopOf(['a', 'b', 'c'], { budget: { count: 2, windowMs: 10 * MINUTE }, attributionWindowMs: 60 * MINUTE })
    await world.deliver({ labels: labelsOf('a') })
    await world.pass(MINUTE)
    await world.deliver({ labels: labelsOf('b') })
    await world.pass(MINUTE)
    await world.deliver({ labels: labelsOf('c') })
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'budget_spent', decideAgainAt: T0 + 10 * MINUTE })
    await world.pass(8 * MINUTE)
    expect(world.decision).toMatchObject({ effect: 'act' })
    expect(world.rollback.workload.name).toBe('c')
  })

  it('a simulation and a rollback by hand spend nothing', async () => {
    const world = await shopOf(['a', 'b'], { mode: 'observe', budget: { count: 1, windowMs: 30 * MINUTE } })
    await world.deliver({ labels: labelsOf('a') })
    await world.deliver({ labels: labelsOf('b') })
    expect(world.store.tables.decisions.map(({ effect }) => effect)).toEqual(['simulate', 'simulate'])
  })
})

describe('the target', () => {
  it('is an older one, when the last one served for a moment only', async () => {
    const world = await badDeployWorld()
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.5.1' })
    world.now += SECOND
    await world.deliver({ labels: CHECKOUT })
    expect(world.rollback).toMatchObject({ from: { images: ['checkout:1.5.1'] }, to: { images: ['checkout:1.4.0'] } })
    expect(world.decision.checks.find(({ gate }) => gate === 'target')?.values).toMatchObject({ servedMs: 59 * MINUTE })
  })

  it('is none, when nothing has served for long enough: people are called', async () => {
    const world = await badDeployWorld({ goodAfterMs: 60 * MINUTE })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'target_unproven', target: null })
  })
})

describe('the workload forbids it', () => {
  it('while a freeze stands, and is decided again when it ends', async () => {
    const freeze = [{ kind: 'once' as const, startsAt: T0 - MINUTE, endsAt: T0 + 20 * MINUTE, reason: 'the fair' }]
    const world = await badDeployWorld({ freeze })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'frozen', decideAgainAt: T0 + 20 * MINUTE })
    await world.pass(20 * MINUTE)
    expect(world.decision).toMatchObject({ effect: 'act' })
  })

  it('when something else owns it, until the policy says that a warning will do', async () => {
    const world = await badDeployWorld()
    world.cluster.annotate(WORKLOAD, { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:edgelink/checkout' })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'none', reason: 'owner_reverts' })
    const saving = { caller: CALLER, scope: { level: 'cluster' }, version: 1, reason: 'no auto-sync' } as const
    await savePolicy(world.deps, { ...saving, fields: { mode: 'auto', onOwned: 'warn' } })
    await world.pass(SECOND)
    expect(world.decision).toMatchObject({ effect: 'act' })
    expect(world.decision.checks.find(({ gate }) => gate === 'allowed')?.values).toMatchObject({ owner: 'argo_cd', name: 'shop' })
  })

  it('when what lies between is irreversible', async () => {
    const world = await badDeployWorld()
    const irreversible = { 'snapback.dev/irreversible': 'true' }
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.6.0', annotations: irreversible })
    world.now += SECOND
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'irreversible', decideAgainAt: null })
  })
})
