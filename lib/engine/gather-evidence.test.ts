import { describe, expect, it } from 'vitest'
import type { Evidence } from '../core/evidence.ts'
import { badDeployWorld, CALLER, CHECKOUT, EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { refOf } from '../testing/fake-deployment.ts'
import { aRule } from '../testing/fake-metrics.ts'
import { approveRollback } from './answer-rollback.ts'
import { gatherEvidence } from './gather-evidence.ts'
import { recordDeploys } from './record-deploys.ts'
import { requestRollback } from './request-rollback.ts'

const WORKLOAD = 'edgelink/checkout'
const LOG = { container: 'main', previous: true, lines: ['panic: no pool'] }
const WRITTEN = { resourceVersion: '9', createdAt: 0, writtenAt: T0 - 2 * MINUTE, tellsWrites: true }
const EVENTS = [{ type: 'Warning', reason: 'BackOff', message: 'restarting failed container', count: 7, lastSeenAt: null }]

/** The pods of the bad revision crash, and one of them has something to say. */
async function crashingWorld(policy: Parameters<typeof badDeployWorld>[0] = {}): Promise<EngineWorld> {
  const world = await badDeployWorld(policy)
  const bad = world.cluster.currentOf(WORKLOAD)
  world.cluster.setPods(WORKLOAD, bad.uid, [
    { name: 'checkout-1', ready: false, restarts: 4, reason: 'CrashLoopBackOff' },
    { name: 'checkout-2' },
  ])
  world.cluster.inspections.set('checkout-1', { events: EVENTS, logs: LOG })
  return world
}

function evidence(world: EngineWorld): Evidence[] {
  return world.store.tables.evidence.map((row) => row.evidence)
}

/** Evidence is stored beside the work that does not wait for it. */
async function kept(world: EngineWorld, count = 1): Promise<Evidence[]> {
  await expect.poll(() => evidence(world).length).toBe(count)
  return evidence(world)
}

describe('an alert that is decided', () => {
  it('leaves the failing pods with Events and log, and what changed, after they are gone', async () => {
    const world = await crashingWorld()
    await world.deliver({ labels: CHECKOUT })
    await world.pass(3 * SECOND)
    expect(world.cluster.currentOf(WORKLOAD).images).toEqual(['checkout:1.4.0'])
    const [seen] = await kept(world)
    expect(seen).toMatchObject({
      revision: { images: ['checkout:1.5.0'] },
      target: { images: ['checkout:1.4.0'] },
      podCount: 2,
      readyCount: 1,
      pods: [{ name: 'checkout-1', restarts: 4, reason: 'CrashLoopBackOff', events: EVENTS, logs: LOG }],
      diff: [{ kind: 'image', before: 'checkout:1.5.0', after: 'checkout:1.4.0' }],
    })
  })

  it('leaves it when it is held too', async () => {
    const world = await crashingWorld({ mode: 'off' })
    await world.deliver({ labels: CHECKOUT })
    expect(world.decision).toMatchObject({ effect: 'none', reason: 'mode_off' })
    expect(await kept(world)).toMatchObject([{ pods: [{ name: 'checkout-1' }] }])
  })

  it('is decided where the policy lets open questions pass, when pods say nothing: the evidence says that they were silent', async () => {
    const world = await crashingWorld()
    await world.store.transaction((tx) => tx.savePolicy({ level: 'cluster' }, { mode: 'auto', onInconclusive: 'pass' }, 1))
    const { pods } = world.cluster
    world.cluster.pods = () => new Promise(() => {})
    await world.deliver({ labels: CHECKOUT })
    world.cluster.pods = pods
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'act' })
    await world.workOff()
    expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
    await expect
      .poll(() => evidence(world), { timeout: 4_000 })
      .toMatchObject([{ pods: 'silent', podCount: null, diff: [{ kind: 'image' }] }])
  })

  it('says that logs are not allowed where rights are missing', async () => {
    const world = await crashingWorld()
    world.cluster.inspections.set('checkout-1', { events: EVENTS, logs: 'not_allowed' })
    await world.deliver({ labels: CHECKOUT })
    expect(await kept(world)).toMatchObject([{ pods: [{ logs: 'not_allowed', events: EVENTS }] }])
  })

  it('is not undone by a store that will not take it', async () => {
    const world = await crashingWorld()
    const { transaction } = world.store
    let refused = 0
    world.store.transaction = (work) =>
      transaction.call(world.store, (tx) =>
        work({
          ...tx,
          saveEvidence: async () => {
            refused += 1
            throw new Error('the disk is full')
          },
        } as typeof tx),
      ) as never
    await world.deliver({ labels: CHECKOUT })
    await world.pass(3 * SECOND)
    await expect.poll(() => refused).toBe(1)
    expect(world.rollback.phase).toBe('verifying')
  })
})

/** Both revisions read these. */
async function configuredWorld(configMaps: readonly string[]): Promise<EngineWorld> {
  const world = new EngineWorld()
  await world.configure({})
  const envFrom = configMaps.map((name) => ({ configMapRef: { name } }))
  const whole = (image: string) => ({ metadata: { labels: { app: 'checkout' } }, spec: { containers: [{ name: 'main', image, envFrom }] } })
  world.now = T0 - 60 * MINUTE
  world.cluster.deploy(WORKLOAD, { image: '', whole: whole('checkout:1.4.0') })
  world.now = T0 - MINUTE
  world.cluster.deploy(WORKLOAD, { image: '', whole: whole('checkout:1.5.0') })
  await recordDeploys(world.deps, new Map())
  world.now = T0
  for (const name of configMaps) world.cluster.configs.set(`ConfigMap edgelink/${name}`, WRITTEN)
  return world
}

it('an alert that is decided leaves what else changed: a ConfigMap, and the traffic then and now', async () => {
  const world = await configuredWorld(['settings'])
  world.metrics.load(aRule({ name: 'HighErrorRate', labels: {} }))
  world.metrics.traffics.set('HighErrorRate', (at) => (at < T0 ? 100 : 320))
  await world.deliver({ labels: CHECKOUT })
  const [seen] = await kept(world)
  expect(seen?.configs).toMatchObject({ of: [{ kind: 'ConfigMap', name: 'settings', state: 'changed', changedAt: WRITTEN.writtenAt }] })
  expect(seen?.traffic).toMatchObject({ state: 'read', before: { perSecond: 100 }, now: { perSecond: 320 } })
  expect(JSON.stringify(world.decision.facts)).not.toContain('settings')
})

it('a ConfigMap that nobody answers for is silent, and takes nothing else with it', async () => {
  const world = await configuredWorld(['settings', 'stuck'])
  const { inspectConfig } = world.cluster
  world.cluster.inspectConfig = (namespace, ref) =>
    ref.name === 'stuck' ? new Promise(() => {}) : inspectConfig.call(world.cluster, namespace, ref)
  const [revision, target] = world.cluster.revisions(refOf(WORKLOAD))
  if (!revision || !target) throw new Error('no revisions')
  const look = await gatherEvidence(world.deps, { workload: refOf(WORKLOAD), revision, target, deployedAt: T0, labels: null })
  expect(look.configs?.of.map(({ name, state }) => [name, state])).toEqual([
    ['settings', 'changed'],
    ['stuck', 'silent'],
  ])
  expect(look.podCount).toBe(2)
})

it('is not looked at again while the same question is asked, but again before the patch', async () => {
  const world = await crashingWorld()
  world.cluster.dryRunAnswer = { kind: 'silent', message: 'no answer' }
  await world.deliver({ labels: CHECKOUT })
  await kept(world)
  let asked = 0
  const { inspectPod } = world.cluster
  world.cluster.inspectPod = (...of) => {
    asked += 1
    return inspectPod.apply(world.cluster, of)
  }
  await world.pass(5 * MINUTE)
  expect(world.store.tables.decisions.length).toBeGreaterThan(10)
  expect(asked).toBe(0)
  world.cluster.dryRunAnswer = { kind: 'accepted' }
  await world.pass(20 * SECOND)
  expect(world.cluster.effectivePatches(WORKLOAD)).toBe(1)
  expect(asked).toBe(1)
})

it('a proposal is looked at again when it is approved, before its pods go', async () => {
  const world = await crashingWorld({ mode: 'suggest' })
  await world.deliver({ labels: CHECKOUT })
  const [first] = await kept(world)
  await world.pass(5 * MINUTE)
  const later = { ...LOG, lines: ['panic: pool exhausted'] }
  world.cluster.inspections.set('checkout-1', { events: EVENTS, logs: later })
  await approveRollback(world.deps, { id: world.rollback.id, caller: CALLER, reason: 'go' })
  await world.pass(2 * SECOND)
  await expect.poll(() => evidence(world)).toMatchObject([{ pods: [{ logs: later }] }])
  expect(evidence(world)[0]?.seenAt).toBeGreaterThan(first?.seenAt ?? 0)
})

it('of a rollback by hand without an incident it belongs to the rollback', async () => {
  const world = await crashingWorld()
  await requestRollback(world.deps, { caller: CALLER, workload: refOf(WORKLOAD), toRevisionUid: null, reason: 'bad', condemn: false })
  await kept(world)
  expect(world.store.tables.evidence[0]?.key).toContain(world.rollback.id)
})

it('a look never throws: with the cluster away everything says so', async () => {
  const world = await crashingWorld()
  const revision = world.cluster.currentOf(WORKLOAD)
  world.cluster.down = true
  const look = await gatherEvidence(world.deps, { workload: refOf(WORKLOAD), revision, target: revision, deployedAt: null, labels: null })
  expect(look).toMatchObject({ podCount: null, pods: 'silent', diff: null })
})
