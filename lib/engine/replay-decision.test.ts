import { expect, test } from 'vitest'
import { canonicalJson, type JsonValue } from '../core/json.ts'
import { DEFAULT_POLICY, type PolicyFields } from '../core/policy.ts'
import type { ReadModel } from '../ports.ts'
import { badDeployWorld, CHECKOUT, type EngineWorld, MINUTE } from '../testing/engine-world.ts'
import { replayDecision } from './replay-decision.ts'

/** The read model as far as a replay asks it, on what the engine stored. */
function read({ store }: EngineWorld): Pick<ReadModel, 'decision' | 'policies'> {
  return {
    decision: async (id) => asStored(store.tables.decisions.find((one) => one.id === id) ?? null),
    policies: async () => structuredClone(store.tables.policies),
  }
}

/** Postgres keeps no order of keys. */
function asStored<T>(value: T): T {
  return JSON.parse(canonicalJson(value as JsonValue)) as T
}

function replayLast(world: EngineWorld, fields: PolicyFields | null = null) {
  const edit = fields && { fields, scope: null }
  return replayDecision({ read: read(world), cluster: world.cluster }, { id: world.decision.id, edit })
}

test('while the policy stays, a decision of the engine is the same again', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  const { id } = world.decision
  expect(await replayLast(world)).toMatchObject({
    decisionId: id,
    answer: 'same',
    after: { verdict: 'roll_back', effect: 'act' },
    differences: [],
    open: [],
    notRecorded: [],
    changed: [],
    recorded: { mode: 'auto' },
    policy: { ...DEFAULT_POLICY, mode: 'auto' },
  })
})

test('the policy of now is told apart from that of then, with the gate that makes the difference', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  await world.store.transaction((tx) => tx.savePolicy({ level: 'cluster' }, { mode: 'auto', goodAfterMs: 120 * MINUTE }, 1))
  expect(await replayLast(world)).toMatchObject({
    answer: 'changed',
    before: { verdict: 'roll_back', effect: 'act' },
    after: { verdict: 'escalate', effect: 'none', reason: 'target_unproven' },
    madeBy: ['target'],
    changed: ['goodAfterMs'],
  })
})

test('an edit is laid over the policy of now', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  expect(await replayLast(world, { mode: 'suggest' })).toMatchObject({ answer: 'changed', after: { effect: 'propose' }, changed: ['mode'] })
})

test('the annotation that the workload has now lowers the mode', async () => {
  const world = await badDeployWorld()
  await world.deliver({ labels: CHECKOUT })
  world.cluster.annotate('edgelink/checkout', { 'snapback.dev/mode': 'observe' })
  expect(await replayLast(world)).toMatchObject({ after: { effect: 'simulate' }, madeBy: ['control'] })
})

test('a hold of stage 1 that another policy would not have made cannot be told to its end', async () => {
  const world = await badDeployWorld({ mode: 'off' })
  await world.deliver({ labels: CHECKOUT })
  expect(world.decision.facts.outside).toBeNull()
  const found = await replayLast(world, { mode: 'auto' })
  expect(found).toMatchObject({ answer: 'cannot_tell', after: null, ifPassed: { effect: 'act' } })
  expect(found.open.map(({ gate }) => gate)).toEqual(['confirmed', 'not_older', 'new_pods', 'accepted'])
})

test('a decision that is not there is not found', async () => {
  const world = await badDeployWorld()
  await expect(replayDecision({ read: read(world), cluster: world.cluster }, { id: 'no-id', edit: null })).rejects.toMatchObject({
    code: 'not_found',
  })
})
