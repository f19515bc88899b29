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

describe('the owner', () => {
  const told = { known: 'object', name: 'shop/checkout' } as const
  test.each<[string, Owner, 'refuse' | 'warn', string]>([
    ['Argo CD that heals itself', { kind: 'argo_cd', undo: 'reverted', revertsWithinMs: 5_000, ...told }, 'refuse', 'hold owner_reverts'],
    ['the same, warned of', { kind: 'argo_cd', undo: 'reverted', revertsWithinMs: 5_000, ...told }, 'warn', 'pass owner_reverts_anyway'],
    ['Argo CD with auto-sync alone', { kind: 'argo_cd', undo: 'until_next_commit', ...told }, 'refuse', 'pass owner_lets_it_stick'],
    ['Argo CD synced by hand', { kind: 'argo_cd', undo: 'until_next_sync', ...told }, 'refuse', 'pass owner_lets_it_stick'],
    ['Argo CD whose Application may not be read', { ...ARGO, known: 'not_allowed' }, 'refuse', 'hold owner_reverts'],
    ['a Flux Kustomization', { kind: 'flux_kustomization', undo: 'reverted', ...told }, 'refuse', 'hold owner_reverts'],
    ['a suspended one', { kind: 'flux_kustomization', undo: 'until_resumed', ...told }, 'refuse', 'pass owner_lets_it_stick'],
    ['one told to leave it alone', { kind: 'flux_kustomization', undo: 'sticks', ...told }, 'refuse', 'pass owner_lets_it_stick'],
    ['a HelmRelease that mends drift', { kind: 'flux_helm_release', undo: 'reverted', ...told }, 'refuse', 'hold owner_reverts'],
    ['a HelmRelease', { kind: 'flux_helm_release', undo: 'until_next_upgrade', ...told }, 'refuse', 'pass owner_lets_it_stick'],
    ['Helm', HELM, 'refuse', 'pass owner_lets_it_stick'],
    ['a Rollout', { kind: 'argo_rollouts', undo: 'reverted', ...told }, 'refuse', 'hold owner_reverts'],
    ['a Canary', { kind: 'flagger', undo: 'reverted', ...told }, 'warn', 'pass owner_reverts_anyway'],
    ['a controller', { kind: 'controller', undo: 'reverted', ...told }, 'refuse', 'hold owner_reverts'],
  ])('%s', (_, owner, onOwned, expected) => {
    const { answer, reason, values } = allowed.ask(aFacts({ workload: { owner }, policy: { onOwned } }))
    expect(`${answer} ${reason}`).toBe(expected)
    expect(values).toMatchObject({ owner: owner.kind, name: owner.name, undo: owner.undo })
  })

  test('is named with how soon it reverts and how that is known, as far as it is', () => {
    const owner: Owner = {
      kind: 'flux_kustomization',
      name: 'flux-system/apps',
      undo: 'reverted',
      revertsWithinMs: 10 * MINUTE,
      known: 'object',
    }
    expect(allowed.ask(aFacts({ workload: { owner } })).values).toEqual({
      ...{ owner: 'flux_kustomization', name: 'flux-system/apps', undo: 'reverted', known: 'object' },
      ...{ when: 'within', revertsWithinMs: 10 * MINUTE },
    })
    expect(allowed.ask(aFacts({ workload: { owner: ARGO } })).values).toEqual({
      ...{ owner: 'argo_cd', name: 'shop', undo: 'reverted', when: 'unknown' },
    })
  })
})

describe('where who has a say did not answer', () => {
  const argo: Owner = { kind: 'argo_cd', name: 'argocd/shop', undo: 'until_next_sync', known: 'silent' }
  test.each<[string, Partial<WorkloadFacts>, string]>([
    ['nobody by its marks', { owner: null, ownerSilent: true }, 'inconclusive source_silent'],
    ['Helm, and whoever takes it over', { owner: { ...HELM, known: 'silent' } }, 'inconclusive source_silent'],
    ['a HelmRelease that may mend drift', { owner: { ...HELM, kind: 'flux_helm_release', known: 'silent' } }, 'inconclusive source_silent'],
    ['an Application that was read, and whoever takes it over', { owner: argo }, 'inconclusive source_silent'],
    ['Argo CD, taken for the worst', { owner: { ...ARGO, known: 'silent' } }, 'hold owner_reverts'],
    ['a paused Deployment is paused all the same', { ownerSilent: true, paused: true }, 'hold deployment_paused'],
    ['what our role may not read passes, as documented', { owner: { ...HELM, known: 'not_allowed' } }, 'pass owner_lets_it_stick'],
  ])('%s', (_, workload, expected) => {
    const { answer, reason } = allowed.ask(aFacts({ workload }))
    expect(`${answer} ${reason}`).toBe(expected)
  })

  test('it says whom it asked and what is known', () => {
    expect(allowed.ask(aFacts({ workload: { ownerSilent: true } })).values).toEqual({ source: 'kubernetes' })
    expect(allowed.ask(aFacts({ workload: { owner: { ...HELM, known: 'silent' } } })).values).toEqual({
      ...{ source: 'kubernetes', owner: 'helm', name: 'edgelink/shop', undo: 'until_next_upgrade', known: 'silent' },
    })
  })

  test('a freeze is the reason meanwhile: it stands longer', () => {
    expect(allowed.ask(aFacts({ workload: { ownerSilent: true }, policy: { freeze } }))).toMatchObject({ answer: 'hold', reason: 'frozen' })
  })

  test('a person goes on, and is told', () => {
    const facts = aFacts({ workload: { ownerSilent: true }, trigger: aPerson() })
    expect(allowed.ask(facts)).toMatchObject({ answer: 'not_applicable', reason: 'source_silent' })
  })

  test('it does not matter where the policy only warns of owners', () => {
    const policy = { onOwned: 'warn' } as const
    expect(allowed.ask(aFacts({ workload: { ownerSilent: true }, policy }))).toMatchObject({ answer: 'pass', reason: 'allowed' })
    const helm = { owner: { ...HELM, known: 'silent' as const } }
    expect(allowed.ask(aFacts({ workload: helm, policy }))).toMatchObject({ answer: 'pass', reason: 'owner_lets_it_stick' })
  })

  test('being blind to Prometheus is another thing: whenBlind does not let it pass', () => {
    expect(allowed.ask(aFacts({ workload: { ownerSilent: true }, policy: { whenBlind: 'go_on' } })).answer).toBe('inconclusive')
  })
})

test('tells that kubectl apply made it: the page warns of the next apply', () => {
  expect(allowed.ask(aFacts({ workload: { clientApplied: true } }))).toMatchObject({ answer: 'pass', values: { clientApplied: true } })
  expect(allowed.ask(aFacts()).values).toEqual({})
})

test('a record of before it knows of paused Deployments only', () => {
  const facts = aFacts()
  const { freeze: _, onOwned: __, ...policy } = facts.policy
  expect(allowed.ask({ ...facts, policy: policy as typeof facts.policy })).toMatchObject({ answer: 'pass', reason: 'allowed' })
})
