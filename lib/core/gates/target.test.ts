import { describe, expect, test } from 'vitest'
import { aCandidate, aFacts, aPerson, BAD, MINUTE } from '../../testing/builders.ts'
import { target } from './target.ts'

const RESTARTED = { number: 41, materialFingerprint: BAD.materialFingerprint }

test('passes with the revision before, and shows what it would run', () => {
  expect(target.ask(aFacts())).toMatchObject({
    answer: 'pass',
    reason: 'target_good',
    values: { current: 42, revisions: [41], target: 41, targetUid: 'rs-41', images: ['shop/checkout:1.41.0'] },
  })
})

test.each([
  ['there is no other revision', [], 'no_target'],
  ['every other one was rolled away from', [aCandidate({ number: 41, condemned: true })], 'target_condemned'],
  ['every other one runs the same', [aCandidate(RESTARTED)], 'target_same'],
] as const)('holds when %s', (_, candidates, reason) => {
  expect(target.ask(aFacts({ workload: { candidates: [...candidates] } }))).toMatchObject({ answer: 'hold', reason })
})

test('holds after a mere restart: further back lies a deploy that nobody blames', () => {
  const facts = aFacts({ workload: { candidates: [aCandidate(RESTARTED), aCandidate({ number: 40 })] } })
  expect(target.ask(facts)).toMatchObject({ answer: 'hold', reason: 'target_same' })
})

test('goes further back than a restart when a person asks', () => {
  const workload = { candidates: [aCandidate(RESTARTED), aCandidate({ number: 40 })] }
  expect(target.ask(aFacts({ trigger: aPerson(), workload }))).toMatchObject({ answer: 'pass', values: { target: 40 } })
})

test('takes the revision that a person names, and holds when its ReplicaSet is gone', () => {
  const workload = { candidates: [aCandidate({ number: 41 }), aCandidate({ number: 40 })] }
  expect(target.ask(aFacts({ trigger: aPerson({ toRevisionUid: 'rs-40' }), workload })).values).toMatchObject({ target: 40 })
  expect(target.ask(aFacts({ trigger: aPerson({ toRevisionUid: 'rs-7' }), workload }))).toMatchObject({ reason: 'target_gone' })
})

test('asks nothing where no workload was found', () => {
  expect(target.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})

test('is inconclusive before the controller has made the ReplicaSet', () => {
  expect(target.ask(aFacts({ workload: { current: null } }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
})

describe('a target has served for goodAfter', () => {
  const policy = { goodAfterMs: 10 * MINUTE }
  const served = (minutes: number) => ({ ms: minutes * MINUTE, source: 'replica_set' as const })

  test('and how long, and how that is known, is shown', () => {
    const candidates = [aCandidate({ number: 41, served: served(3) }), aCandidate({ number: 40, served: served(10) })]
    expect(target.ask(aFacts({ policy, workload: { candidates } }))).toMatchObject({
      reason: 'target_good',
      values: { target: 40, servedMs: 10 * MINUTE, servedSource: 'replica_set' },
    })
  })

  test('or is none', () => {
    const candidates = [aCandidate({ number: 41, served: served(3) })]
    expect(target.ask(aFacts({ policy, workload: { candidates } }))).toMatchObject({
      answer: 'hold',
      reason: 'target_unproven',
      values: { goodAfterMs: 10 * MINUTE },
    })
  })
})
