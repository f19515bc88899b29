import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { always } from '../testing/always.ts'
import { arbitraryFacts, arbitraryPolicy } from '../testing/arbitrary-facts.ts'
import { aCandidate, aFacts, anAlertTrigger, aPerson, aPolicy, MINUTE, SECOND, T0 } from '../testing/builders.ts'
import { decide, stageOneHolds } from './decide.ts'
import type { DecisionRecord, Facts } from './decision.ts'
import type { Policy } from './policy.ts'
import { replay } from './replay.ts'
import { pickTarget, targetAsked } from './target-revision.ts'

type Recorded = Pick<DecisionRecord, 'verdict' | 'effect' | 'reason' | 'checks' | 'target' | 'facts'>

function recordOf(facts: Facts): Recorded {
  return { ...decide(facts), facts }
}

/** As the engine gathers them by a policy: no wider than it asks, and stage 2 only where stage 1 holds nothing. */
function gathered(world: Facts, policy: Policy): Facts {
  const { at, trigger } = world
  const onsetAt = trigger.kind === 'alert' ? trigger.onset.at : at
  const facts: Facts = {
    ...world,
    policy,
    control: { ...world.control, mode: policy.mode },
    acted: (world.acted ?? []).filter((one) => one.at > at - policy.budget.windowMs),
    others: (world.others ?? []).filter((one) => Math.abs(one.onsetAt - onsetAt) <= policy.commonCause.withinMs),
  }
  const isAsked = !stageOneHolds(facts)
  const dryRun = isAsked ? dryRunOf(facts) : null
  return { ...facts, outside: isAsked ? world.outside : null, workload: facts.workload && { ...facts.workload, dryRun } }
}

/** The API server takes the patch to a revision with an even number. */
function dryRunOf({ workload, trigger, policy }: Facts) {
  if (workload?.current == null) return null
  const { target } = pickTarget(workload.current, workload.candidates, targetAsked({ trigger, policy }))
  if (target === null) return null
  return target.number % 2 === 0 ? { kind: 'accepted' as const } : { kind: 'refused' as const, message: 'no' }
}

const asDecided = (facts: Facts): Facts => ({ ...facts, control: { ...facts.control, mode: facts.policy.mode } })

test('with the recorded policy it is the recorded decision', () => {
  always(arbitraryFacts.map(asDecided), (facts) => {
    const record = recordOf(facts)
    const replayed = replay(record, facts.policy)
    expect(replayed).toMatchObject({ answer: 'same', differences: [], open: [], madeBy: [], ifPassed: null })
    const { verdict, effect, reason, target } = record
    expect(replayed.after).toEqual({ verdict, effect, reason, target })
  })
})

test('with any other policy it tells what would have been decided, or that it cannot tell', () => {
  const cases = fc.record({ world: arbitraryFacts, first: arbitraryPolicy, now: arbitraryPolicy })
  let told = 0
  always(cases, ({ world, first, now }) => {
    if (world.trigger.kind !== 'alert' || world.outside === null) return
    const record = recordOf(gathered(world, first))
    const real = decide(gathered(world, now))
    const { answer, after } = replay(record, now)
    if (after === null) {
      expect(answer).toBe('cannot_tell')
      return
    }
    told += 1
    expect([after.verdict, after.effect]).toEqual([real.verdict, real.effect])
    if (real.effect !== 'none') expect(after.target?.uid).toBe(real.target?.uid)
    const isSame = record.verdict === real.verdict && record.effect === real.effect
    if (!isSame) expect(answer).toBe('changed')
  })
  expect(told).toBeGreaterThan(100)
})

test('what changed was made by at least one gate', () => {
  const cases = fc.record({ facts: arbitraryFacts.map(asDecided), policy: arbitraryPolicy })
  always(cases, ({ facts, policy }) => {
    const { answer, madeBy, differences } = replay(recordOf(facts), policy)
    if (answer === 'changed') expect(madeBy.length).toBeGreaterThan(0)
    expect(differences.map(({ gate }) => gate)).toEqual(expect.arrayContaining(madeBy))
  })
})

describe('a policy that decides otherwise', () => {
  it('names the gate that holds now', () => {
    const record = recordOf(aFacts({ workload: { lastRollbackEndedAt: T0 - 20 * MINUTE } }))
    const replayed = replay(record, aPolicy({ cooldownMs: 60 * MINUTE }))
    expect(replayed).toMatchObject({
      answer: 'changed',
      before: { effect: 'act' },
      after: { verdict: 'roll_back', effect: 'none', reason: 'cooling_down' },
      madeBy: ['cooldown'],
      open: [],
    })
    expect(replayed.differences).toContainEqual(
      expect.objectContaining({
        gate: 'cooldown',
        before: expect.objectContaining({ answer: 'pass' }),
        after: expect.objectContaining({ answer: 'hold' }),
        because: 'policy',
      }),
    )
  })

  it('names gate 15 where the mode makes the difference', () => {
    const replayed = replay(recordOf(aFacts()), aPolicy({ mode: 'observe' }))
    expect(replayed).toMatchObject({ answer: 'changed', before: { effect: 'act' }, after: { effect: 'simulate' }, madeBy: ['control'] })
  })

  it('names gate 5 where it would go back to another revision, which the API server was not asked about', () => {
    const young = aCandidate({ number: 41, served: { ms: 15 * MINUTE, source: 'watched' } })
    const old = aCandidate({ number: 40, served: { ms: 90 * MINUTE, source: 'watched' } })
    const record = recordOf(aFacts({ workload: { candidates: [young, old] } }))
    const replayed = replay(record, aPolicy({ goodAfterMs: 60 * MINUTE }))
    expect(replayed).toMatchObject({
      answer: 'cannot_tell',
      after: null,
      ifPassed: { effect: 'act', target: { number: 40 } },
      open: [{ gate: 'accepted', why: 'other_target', values: { asked: 41, target: 40 } }],
    })
    expect(replayed.differences).toMatchObject([{ gate: 'target' }])
  })

  it('asks evidence of stage 2 anew: how few requests say nothing', () => {
    const policy = aPolicy({ minRequests: 1_000 })
    const measurement = { kind: 'comparison' as const, expression: 'e', comparison: '>' as const, threshold: 0.05, samples: 4 }
    const outside = aFacts().outside
    if (!outside) throw new Error('there is no outside')
    const before = { state: 'read' as const, since: T0, lastActiveAt: null, measurement: { ...measurement, value: 0.2, requests: 500 } }
    const record = recordOf(aFacts({ outside: { ...outside, before } }))
    expect(record.reason).toBe('condition_before_deploy')
    expect(replay(record, policy)).toMatchObject({ differences: [{ gate: 'not_older', after: { reason: 'condition_before_unknown' } }] })
  })
})

describe('what the record cannot answer', () => {
  const held = recordOf(
    aFacts({
      trigger: anAlertTrigger({ onset: { at: T0 + 40 * MINUTE, source: 'active_at' } }),
      outside: null,
      workload: { dryRun: null },
    }),
  )

  it('is stage 2, where a gate before it held then', () => {
    expect(held.reason).toBe('outside_attribution_window')
    const replayed = replay(held, aPolicy({ attributionWindowMs: 60 * MINUTE }))
    expect(replayed).toMatchObject({ answer: 'cannot_tell', after: null, ifPassed: { verdict: 'roll_back', effect: 'act' }, madeBy: [] })
    expect(replayed.open.map(({ gate, why }) => [gate, why])).toEqual([
      ['confirmed', 'not_asked_then'],
      ['not_older', 'not_asked_then'],
      ['new_pods', 'not_asked_then'],
      ['accepted', 'not_asked_then'],
    ])
    expect(replayed.open[0]?.values).toEqual({ heldBy: ['deploy_explains'] })
  })

  it('does not matter where another gate holds now', () => {
    const replayed = replay(held, aPolicy({ attributionWindowMs: 60 * MINUTE, mode: 'off' }))
    expect(replayed).toMatchObject({ answer: 'changed', after: { verdict: 'roll_back', effect: 'none', reason: 'mode_off' }, open: [] })
    expect(replayed.madeBy).toEqual(['deploy_explains', 'control'])
  })

  const at = T0 + 2 * MINUTE + 2 * SECOND
  const spent = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index}`, at: at - (index + 1) * MINUTE }))

  it('is how much was spent in a longer window than the budget had', () => {
    const record = recordOf(aFacts({ acted: spent(1) }))
    expect(replay(record, aPolicy({ budget: { count: 5, windowMs: 60 * MINUTE } }))).toMatchObject({
      answer: 'cannot_tell',
      ifPassed: { effect: 'act' },
      open: [{ gate: 'budget', why: 'wider_window', values: { gatheredMs: 30 * MINUTE, askedMs: 60 * MINUTE } }],
    })
  })

  it('but not where what was found in the shorter one is enough to hold', () => {
    const record = recordOf(aFacts({ acted: spent(2) }))
    expect(replay(record, aPolicy({ budget: { count: 2, windowMs: 60 * MINUTE } }))).toMatchObject({
      answer: 'changed',
      after: { effect: 'none', reason: 'budget_spent' },
      madeBy: ['budget'],
      open: [],
    })
  })

  it('is who else was in trouble in a wider time', () => {
    const wider = aPolicy({ commonCause: { workloads: 2, withinMs: 10 * MINUTE } })
    expect(replay(recordOf(aFacts()), wider)).toMatchObject({
      answer: 'cannot_tell',
      open: [{ gate: 'not_everyone', why: 'wider_window', values: { gatheredMs: 2 * MINUTE, askedMs: 10 * MINUTE } }],
    })
  })

  it('is another workload, where the mapping of services leads to one', () => {
    const labels = { auto_rollback: 'true', service: 'front', namespace: 'edgelink' }
    const record = recordOf(aFacts({ trigger: anAlertTrigger({ labels }) }))
    const mapping = (name: string) =>
      aPolicy({ services: [{ service: 'front', namespace: null, workload: { namespace: 'edgelink', name } }] })
    expect(replay(record, mapping('other'))).toMatchObject({
      answer: 'cannot_tell',
      after: null,
      ifPassed: null,
      differences: [],
      open: [{ gate: 'workload_found', why: 'other_workload', values: { service: 'front', workloads: ['edgelink/Deployment/other'] } }],
    })
    expect(replay(record, mapping('checkout'))).toMatchObject({ answer: 'same', open: [] })
  })

  it('is no mapping where the alert names its Deployment', () => {
    const services = [{ service: 'front', namespace: null, workload: { namespace: 'edgelink', name: 'other' } }]
    expect(replay(recordOf(aFacts()), aPolicy({ services }))).toMatchObject({ answer: 'same', open: [] })
  })

  it('does not keep it from telling that an alert that was over asks for nothing', () => {
    const record = recordOf(aFacts({ trigger: anAlertTrigger({ firing: false, labels: { auto_rollback: 'true', service: 'front' } }) }))
    const services = [{ service: 'front', namespace: null, workload: { namespace: 'edgelink', name: 'other' } }]
    expect(replay(record, aPolicy({ services }))).toMatchObject({ answer: 'same', after: { reason: 'recovered_by_itself' } })
  })
})

describe('what is no policy', () => {
  it('stays as recorded: a pause and dry run', () => {
    const paused = recordOf(aFacts({ control: { paused: { until: null, scope: 'cluster' } }, outside: null, workload: { dryRun: null } }))
    expect(replay(paused, aPolicy({ cooldownMs: 0 }))).toMatchObject({ answer: 'same', after: { reason: 'paused' } })
    const dry = recordOf(aFacts({ policy: { mode: 'observe' }, control: { dryRun: true } }))
    expect(replay(dry, aPolicy({ mode: 'auto' }))).toMatchObject({ answer: 'same', after: { effect: 'simulate' } })
  })
})

describe('an older record', () => {
  it('is replayed as far as it goes: gates that it knows nothing for are left out', () => {
    const { acted: _acted, others: _others, outside: _outside, ...facts } = aFacts()
    const replayed = replay(recordOf(facts), aPolicy({ budget: { count: 1, windowMs: 60 * MINUTE }, mode: 'suggest' }))
    expect(replayed).toMatchObject({ answer: 'changed', after: { effect: 'propose' }, open: [] })
    expect(replayed.notRecorded).toEqual(['budget', 'not_everyone', 'confirmed', 'not_older', 'new_pods'])
  })

  it('may know of fewer fields of a policy: then the defaults held', () => {
    const { acted: _acted, others: _others, outside: _outside, ...facts } = aFacts()
    const { budget: _budget, commonCause: _cause, freeze: _freeze, whenBlind: _blind, goodAfterMs: _good, ...policy } = facts.policy
    const older = { ...recordOf(facts), facts: { ...facts, policy: policy as Policy } }
    expect(replay(older, aPolicy())).toMatchObject({ answer: 'same', differences: [], open: [] })
    expect(replay(older, aPolicy({ cooldownMs: 0, mode: 'off' }))).toMatchObject({ answer: 'changed', madeBy: ['control'] })
  })

  it('tells where a newer Snapback, not the policy, answers otherwise', () => {
    const record = recordOf(aFacts({ workload: { paused: true } }))
    const checks = record.checks.map((one) =>
      one.gate === 'allowed' ? { ...one, answer: 'pass' as const, reason: 'allowed' as const } : one,
    )
    const older = { ...record, checks, effect: 'act' as const, reason: 'deploy_explains_it' as const }
    const replayed = replay(older, record.facts.policy)
    expect(replayed).toMatchObject({ answer: 'changed', after: { reason: 'deployment_paused' } })
    expect(replayed.differences.find(({ gate }) => gate === 'allowed')).toMatchObject({ because: 'program' })
  })
})

test('a rollback by hand is replayed by what it is asked', () => {
  const owner = { kind: 'argo_cd' as const, name: 'shop', undo: 'reverted' as const }
  const record = recordOf(aFacts({ trigger: aPerson(), workload: { owner }, policy: { onOwned: 'warn' } }))
  expect(record.effect).toBe('act')
  expect(replay(record, aPolicy({ onOwned: 'refuse', mode: 'off' }))).toMatchObject({
    answer: 'changed',
    after: { effect: 'none', reason: 'owner_reverts' },
    madeBy: ['allowed'],
  })
})
