import { describe, expect, test } from 'vitest'
import { aCandidate, aFacts, aPerson, MINUTE } from '../../testing/builders.ts'
import type { WorkloadFacts } from '../decision.ts'
import type { Owner } from '../owner.ts'
import { allowed } from './allowed.ts'

const NOW = aFacts().at
const ARGO: Owner = { kind: 'argo_cd', name: 'shop', undo: 'reverted' }
const HELM: Owner = { kind: 'helm', name: 'edgelink/shop', undo: 'until_next_upgrade' }
const freeze = [{ kind: 'once' as const, startsAt: NOW - MINUTE, endsAt: NOW + MINUTE, reason: 'the fair' }]
const WALL = { number: 41, condemned: true, irreversible: true }

test('passes where nothing forbids it', () => {
  expect(allowed.ask(aFacts())).toMatchObject({ answer: 'pass', reason: 'allowed' })
})

test('is not asked where no workload was found', () => {
  expect(allowed.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
})

describe('holds', () => {
  test.each<[string, Partial<WorkloadFacts>, string]>([
    ['a paused Deployment', { paused: true }, 'deployment_paused'],
    ['an irreversible deploy', { currentIrreversible: true }, 'irreversible'],
    ['an irreversible one between it and the target', { candidates: [aCandidate(WALL), aCandidate({ number: 40 })] }, 'irreversible'],
    ['an owner that reverts', { owner: ARGO }, 'owner_reverts'],
  ])('%s, by hand too', (_, workload, reason) => {
    expect(allowed.ask(aFacts({ workload }))).toMatchObject({ answer: 'hold', reason, endsAt: null })
    expect(allowed.ask(aFacts({ workload, trigger: aPerson() }))).toMatchObject({ answer: 'hold', reason })
  })

  test('in a freeze, until it ends, and says why', () => {
    expect(allowed.ask(aFacts({ policy: { freeze } }))).toMatchObject({
      reason: 'frozen',
      values: { why: 'the fair', endsAt: NOW + MINUTE },
      endsAt: NOW + MINUTE,
    })
  })
})

describe('lets pass', () => {
  test.each<[string, Parameters<typeof aFacts>[0]]>([
    ['a freeze, by hand', { policy: { freeze }, trigger: aPerson() }],
    ['an owner that reverts, where the policy only warns', { policy: { onOwned: 'warn' }, workload: { owner: ARGO } }],
    ['Helm, which lets it stick until the next upgrade', { workload: { owner: HELM } }],
    ['a target that is irreversible itself', { workload: { candidates: [aCandidate({ number: 41, irreversible: true })] } }],
    [
      'what lies further back than the target',
      { workload: { candidates: [aCandidate(), aCandidate({ number: 40, irreversible: true })] } },
    ],
  ])('%s', (_, facts) => {
    expect(allowed.ask(aFacts(facts)).answer).toBe('pass')
  })
})

test('names the owner', () => {
  expect(allowed.ask(aFacts({ workload: { owner: HELM } })).values).toEqual({
    owner: 'helm',
    name: 'edgelink/shop',
    undo: 'until_next_upgrade',
  })
})

test('a record of before it knows of paused Deployments only', () => {
  const facts = aFacts()
  const { freeze: _, onOwned: __, ...policy } = facts.policy
  expect(allowed.ask({ ...facts, policy: policy as typeof facts.policy })).toMatchObject({ answer: 'pass', reason: 'allowed' })
})
