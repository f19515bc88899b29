import { describe, expect, test } from 'vitest'
import type { JudgementWord } from '../core/judgement.ts'
import { badDeployWorld, CALLER, CHECKOUT, type EngineWorld, MINUTE, SECOND } from '../testing/engine-world.ts'
import { refOf } from '../testing/fake-deployment.ts'
import { approveRollback } from './answer-rollback.ts'
import { judgeDecision } from './judge-decision.ts'
import { requestRollback } from './request-rollback.ts'

const WORKLOAD = 'edgelink/checkout'
const NOTE = 'it was the database'

function judge(world: EngineWorld, judgement: JudgementWord, { version = 0, note = NOTE, id = world.decision.id } = {}) {
  return judgeDecision(world.deps, { caller: CALLER, id, judgement, note, version })
}

/** 1.5.0 was rolled back, which healed it. */
async function rolledBack(): Promise<EngineWorld> {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  await world.pass(10 * MINUTE)
  expect(world.store.tables.condemnations).toHaveLength(1)
  return world
}

describe('a rollback that was wrong', () => {
  test('gives free what it condemned, and says so in audit and timeline', async () => {
    const world = await rolledBack()
    const { from } = world.rollback
    const { result } = await judge(world, 'wrong')
    expect(result).toMatchObject({
      judgement: { version: 1, judgement: 'wrong', note: NOTE, actor: CALLER.actor, judgedAt: world.now },
      takenBack: { materialFingerprint: from.materialFingerprint, rollbackId: world.rollback.id },
      condemned: false,
    })
    expect(world.store.tables.condemnations).toEqual([])
    expect(world.decision.judgement).toEqual(result.judgement)
    expect(world.store.tables.audit.at(-1)).toMatchObject({
      action: 'decision.judge',
      target: 'edgelink/Deployment/checkout',
      reason: NOTE,
      before: null,
      after: { judgement: 'wrong', condemnationTakenBack: from.materialFingerprint },
    })
    expect(world.store.tables.timeline.at(-1)).toMatchObject({
      kind: 'judged',
      actor: CALLER.actor,
      incidentId: world.decision.incidentId,
      rollbackId: world.rollback.id,
      data: { judgement: 'wrong', note: NOTE, condemnation: 'taken_back' },
    })
  })

  test('lets the same image be deployed like any other: its alert is decided again and not for being condemned', async () => {
    const world = await rolledBack()
    const judged = world.decision.id
    await world.pass(20 * MINUTE)
    world.cluster.deploy(WORKLOAD, { image: 'checkout:1.5.0' })
    await world.pass(MINUTE)
    await world.deliver({ labels: { ...CHECKOUT, alertname: 'HighLatency' } })
    expect(world.decision).toMatchObject({ verdict: 'escalate', reason: 'current_condemned' })
    await judge(world, 'wrong', { id: judged })
    await world.pass(2 * SECOND)
    expect(world.decision).toMatchObject({ verdict: 'roll_back', reason: 'deploy_explains_it' })
  })

  test('condemns nothing when it is judged before its patch, and goes on all the same', async () => {
    const world = await badDeployWorld({ mode: 'suggest' })
    await world.deliver({ labels: CHECKOUT })
    const { result } = await judge(world, 'wrong')
    expect(result).toMatchObject({ takenBack: null, condemned: false })
    await approveRollback(world.deps, { caller: CALLER, id: world.rollback.id, reason: 'go all the same' })
    await world.pass(5 * SECOND)
    expect(world.rollback.clocks.undoneAt).not.toBeNull()
    expect(world.rollback.condemns).toBe(false)
    expect(world.store.tables.condemnations).toEqual([])
  })

  test('called right after all is not condemned again: only a rollback condemns', async () => {
    const world = await rolledBack()
    await judge(world, 'wrong')
    const { result } = await judge(world, 'right', { version: 1 })
    expect(result).toMatchObject({ judgement: { version: 2, judgement: 'right' }, takenBack: null, condemned: false })
    expect(world.store.tables.audit.at(-1)).toMatchObject({ before: { judgement: 'wrong', note: NOTE }, after: { judgement: 'right' } })
  })
})

test.each(['right', 'unsure'] as const)('%s leaves the condemnation as it is', async (word) => {
  const world = await rolledBack()
  const { result } = await judge(world, word)
  expect(result).toMatchObject({ takenBack: null, condemned: true })
  expect(world.store.tables.condemnations).toHaveLength(1)
  expect(world.store.tables.timeline.at(-1)).toMatchObject({ kind: 'judged', data: { judgement: word, condemnation: 'kept' } })
})

test('of two people at once one is told that the other was first', async () => {
  const world = await rolledBack()
  await judge(world, 'right')
  await expect(judge(world, 'wrong')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('at version 1, not 0') })
  expect(world.decision.judgement).toMatchObject({ judgement: 'right', version: 1 })
  expect(world.store.tables.condemnations).toHaveLength(1)
})

test('a simulation that was wrong no longer speaks against the revision as a target', async () => {
  const world = await badDeployWorld({ mode: 'observe' })
  await world.deliver({ labels: CHECKOUT })
  const id = world.decision.workloadId ?? ''
  const blamed = () => world.store.transaction((tx) => tx.blamedRevisions(id, [world.decision.facts.workload?.current?.uid ?? '']))
  expect((await blamed()).size).toBe(1)
  const { result } = await judge(world, 'wrong')
  expect((await blamed()).size).toBe(0)
  expect(result).toMatchObject({ takenBack: null, condemned: false })
})

test('a hold is judged too', async () => {
  const world = await badDeployWorld({ mode: 'off' })
  await world.deliver({ labels: CHECKOUT })
  const { result } = await judge(world, 'wrong', { note: 'nobody should have had to get up' })
  expect(result).toMatchObject({ judgement: { judgement: 'wrong' }, takenBack: null, condemned: null })
})

test('an alert that led to no workload is judged, with nobody to tell', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: { namespace: 'edgelink', deployment: 'gone' } })
  const events = world.store.tables.timeline.length
  await judge(world, 'right')
  expect(world.store.tables.timeline).toHaveLength(events)
  expect(world.store.tables.audit.at(-1)).toMatchObject({ target: `decision ${world.decision.id}` })
})

test('what a person asked for is not judged', async () => {
  const world = await badDeployWorld()
  await requestRollback(world.deps, { caller: CALLER, workload: refOf(WORKLOAD), toRevisionUid: null, reason: 'bad', condemn: true })
  await world.pass(5 * SECOND)
  await expect(judge(world, 'wrong')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('a person asked for it') })
  expect(world.store.tables.condemnations).toHaveLength(1)
})

test('an alert that asked for nothing is not judged', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  world.decision.verdict = 'ignore'
  await expect(judge(world, 'right')).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('asked for nothing') })
})

test('a decision that is not there is not found', async () => {
  const world = await badDeployWorld()
  await expect(judge(world, 'right', { id: 'no-id' })).rejects.toMatchObject({ code: 'not_found' })
})
