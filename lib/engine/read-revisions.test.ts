import { describe, expect, it } from 'vitest'
import type { PolicyFields } from '../core/policy.ts'
import type { RevisionRecords } from '../core/workload-view.ts'
import { badDeployWorld, CALLER, type EngineWorld, MINUTE, SECOND, T0 } from '../testing/engine-world.ts'
import { readRevisions } from './read-revisions.ts'
import { requestRollback } from './request-rollback.ts'
import { takeBackCondemnation } from './take-back-condemnation.ts'

const WORKLOAD = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' } as const

/** What the read model would give of the tables in memory. */
function recordsOf({ store, cluster }: EngineWorld): RevisionRecords {
  const { condemnations, incidents } = store.tables
  return {
    deploys: cluster
      .observedDeploys()
      .map((deploy) => ({ ...deploy, workloadId: 'w' }))
      .reverse(),
    condemnations: condemnations.map(({ at, ...one }) => ({ ...one, condemnedAt: at })),
    incidents: incidents.map(({ id, startedAt }) => ({ id, startedAt })),
    blamedUids: [],
  }
}

function ask(world: EngineWorld, records: RevisionRecords | null = recordsOf(world)) {
  return readRevisions(
    { ...world.deps, read: { revisions: async () => records, policies: async () => world.store.tables.policies } },
    { workload: WORKLOAD },
  )
}

describe('the revisions of a workload', () => {
  it('join the cluster with the record, and name where a rollback would go', async () => {
    const world = await badDeployWorld()
    const found = await ask(world)
    expect(found).toMatchObject({ cluster: 'answers', exists: true, currentUid: 'rs-3', targetUid: 'rs-2' })
    expect(found.revisions.map(({ revision, isCurrent, servedMs, standing }) => [revision.number, isCurrent, servedMs, standing])).toEqual([
      [2, true, MINUTE, 'short'],
      [1, false, 59 * MINUTE, 'good'],
    ])
  })

  it('need no Prometheus', async () => {
    const world = await badDeployWorld()
    world.metrics.down = true
    expect(await ask(world)).toMatchObject({ cluster: 'answers', exists: true })
  })

  it('are the record and what the cluster said last while it is silent, and say so', async () => {
    const world = await badDeployWorld()
    world.cluster.down = true
    expect(await ask(world)).toMatchObject({ cluster: 'silent', exists: null, currentUid: 'rs-3' })
  })

  it('of a Deployment that is gone are history: none is current, none can be gone back to', async () => {
    const world = await badDeployWorld()
    const records = recordsOf(world)
    world.cluster.remove('edgelink/checkout')
    const found = await ask(world, records)
    expect(found).toMatchObject({ exists: false, currentUid: null, targetUid: null })
    expect(found.revisions.map(({ isThere, isCurrent }) => isThere || isCurrent)).toEqual([false, false])
    await expect(ask(world, null)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('taking a condemnation back', () => {
  async function condemnedWorld(policy: PolicyFields = {}) {
    const world = await badDeployWorld(policy)
    await requestRollback(world.deps, { caller: CALLER, workload: WORKLOAD, toRevisionUid: null, reason: 'bad', condemn: true })
    await world.pass(5 * SECOND)
    const materialFingerprint = world.store.tables.condemnations[0]?.materialFingerprint ?? ''
    const takeBack = () =>
      takeBackCondemnation(world.deps, { caller: CALLER, workload: WORKLOAD, materialFingerprint, reason: 'it was the database' })
    return { world, takeBack }
  }

  it('makes it a target again, with an audit entry that says who and why', async () => {
    const { world, takeBack } = await condemnedWorld({ goodAfterMs: MINUTE })
    expect((await ask(world)).revisions.map(({ standing }) => standing)).toContain('condemned')
    expect(await ask(world)).toMatchObject({ targetUid: null })
    const { audited } = await takeBack()
    expect(audited).toMatchObject({
      action: 'condemnation.take-back',
      target: 'edgelink/Deployment/checkout',
      reason: 'it was the database',
    })
    expect(world.store.tables.audit.at(-1)).toMatchObject({ action: 'condemnation.take-back', actor: CALLER.actor })
    expect(await ask(world)).toMatchObject({ targetUid: 'rs-3' })
  })

  it('makes no good one of what served for a moment: the page names the target that gate 5 would choose', async () => {
    const { world, takeBack } = await condemnedWorld()
    await takeBack()
    expect(await ask(world)).toMatchObject({ targetUid: null })
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.6.0' })
    await world.deliver({ labels: { namespace: 'edgelink', deployment: 'checkout' }, startsAt: world.now })
    expect(world.decision.facts.workload?.candidates.map(({ number, condemned }) => [number, condemned])).toEqual([
      [3, false],
      [2, false],
    ])
    expect((await ask(world)).targetUid).toBe(world.decision.target?.uid ?? null)
  })

  it('is a conflict the second time, and leaves no trace then', async () => {
    const { world, takeBack } = await condemnedWorld()
    await takeBack()
    const before = world.store.tables.audit.length
    await expect(takeBack()).rejects.toMatchObject({ code: 'conflict' })
    expect(world.store.tables.audit).toHaveLength(before)
  })

  it('has what it held decided again', async () => {
    const { world, takeBack } = await condemnedWorld()
    await world.pass(20 * MINUTE)
    world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.5.0' })
    world.now += SECOND
    await world.deliver({ labels: { namespace: 'edgelink', deployment: 'checkout' }, startsAt: world.now })
    expect(world.decision).toMatchObject({ reason: 'current_condemned', effect: 'none' })
    await takeBack()
    await world.pass(SECOND)
    expect(world.decision).toMatchObject({ verdict: 'roll_back', effect: 'act' })
    expect(world.now).toBeGreaterThan(T0)
  })
})
