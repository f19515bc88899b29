import { describe, expect, test } from 'vitest'
import { aCandidate, aFacts, anAlertTrigger, aPerson, MINUTE, SECOND, T0 } from '../../testing/builders.ts'
import { deployExplains } from './deploy-explains.ts'

const D = T0
const policy = { attributionWindowMs: 30 * MINUTE }

interface Case {
  onset: number
  source?: 'active_at' | 'starts_at'
  completedAt?: number | null
  lastsUntil?: number | null
  clockSkewMs?: number | null
}

function ask({ onset, source = 'active_at', completedAt = null, lastsUntil = null, clockSkewMs = 0 }: Case) {
  const trigger = anAlertTrigger({ onset: { at: onset, source } })
  return deployExplains.ask(
    aFacts({ trigger, policy, clockSkewMs, workload: { deploy: { deployedAt: D, source: 'watched', completedAt, lastsUntil } } }),
  )
}

describe('the onset lies in [D, max(D, R) + attributionWindow], ends included', () => {
  test.each<[string, Case, string, string]>([
    ['a millisecond before the deploy', { onset: D - 1 }, 'hold', 'older_than_deploy'],
    ['at the deploy', { onset: D }, 'pass', 'deploy_explains_it'],
    ['at the end of the window', { onset: D + 30 * MINUTE }, 'pass', 'deploy_explains_it'],
    ['a millisecond after the window', { onset: D + 30 * MINUTE + 1 }, 'hold', 'outside_attribution_window'],
    [
      'at the end of the window that begins with the completed rollout',
      { onset: D + 40 * MINUTE, completedAt: D + 10 * MINUTE },
      'pass',
      'deploy_explains_it',
    ],
    ['a millisecond after that', { onset: D + 40 * MINUTE + 1, completedAt: D + 10 * MINUTE }, 'hold', 'outside_attribution_window'],
    [
      'in the window of the deploy, with a completion that is older than it',
      { onset: D + 30 * MINUTE, completedAt: D - 60 * MINUTE },
      'pass',
      'deploy_explains_it',
    ],
  ])('%s', (_, given, answer, reason) => {
    expect(ask(given)).toMatchObject({ answer, reason })
  })
})

describe('a rollout that is not complete', () => {
  const LONG = 120 * MINUTE
  test.each<[string, Case, string, string]>([
    [
      'explains what began while it goes on, however long after its deploy',
      { onset: D + LONG, lastsUntil: D + LONG },
      'pass',
      'deploy_explains_it',
    ],
    ['does not explain what is older than its deploy', { onset: D - 1, lastsUntil: D + LONG }, 'hold', 'older_than_deploy'],
    [
      'that stopped explains to the end of the window after that',
      { onset: D + 50 * MINUTE, lastsUntil: D + 20 * MINUTE },
      'pass',
      'deploy_explains_it',
    ],
    ['and no longer', { onset: D + 50 * MINUTE + 1, lastsUntil: D + 20 * MINUTE }, 'hold', 'outside_attribution_window'],
    [
      'whose deadline ran out before its deploy (an earlier rollout’s) says nothing',
      { onset: D + 30 * MINUTE + 1, lastsUntil: D - MINUTE },
      'hold',
      'outside_attribution_window',
    ],
    [
      'is over once it was seen complete',
      { onset: D + LONG, completedAt: D + MINUTE, lastsUntil: D + LONG },
      'hold',
      'outside_attribution_window',
    ],
  ])('%s', (_, given, answer, reason) => {
    expect(ask(given)).toMatchObject({ answer, reason })
  })

  test('is shown with how long it has lasted', () => {
    expect(ask({ onset: D + LONG, lastsUntil: D + LONG }).values).toMatchObject({ completedAt: null, rolloutLastsUntil: D + LONG })
  })
})

describe('a deploy while the alert fired already', () => {
  const fired = (at: number, deploy: Partial<{ completedAt: number | null; lastsUntil: number | null }> = {}) =>
    deployExplains.ask(
      aFacts({
        at,
        policy,
        trigger: anAlertTrigger({ onset: { at: D - 2 * MINUTE, source: 'active_at' }, startsAt: D - MINUTE }),
        workload: { deploy: { deployedAt: D, source: 'watched', completedAt: D + MINUTE, ...deploy } },
      }),
    )

  test.each<[string, ReturnType<typeof fired>, string, number | null]>([
    ['has 5 min after its rollout', fired(D + 2 * MINUTE), 'new_deploy_while_firing', D + 6 * MINUTE],
    ['did not help when it fires on then', fired(D + 6 * MINUTE), 'fires_on_after_deploy', null],
    [
      'has longer while its rollout goes on',
      fired(D + 20 * MINUTE, { completedAt: null, lastsUntil: D + 20 * MINUTE }),
      'new_deploy_while_firing',
      D + 25 * MINUTE,
    ],
    [
      'has no longer than it could be to blame, with a rollout that never ends',
      fired(D + 30 * MINUTE, { completedAt: null, lastsUntil: D + 30 * MINUTE }),
      'fires_on_after_deploy',
      null,
    ],
    [
      'has 5 min after its deploy where nobody saw its rollout',
      fired(D + 2 * MINUTE, { completedAt: null, lastsUntil: null }),
      'new_deploy_while_firing',
      D + 5 * MINUTE,
    ],
  ])('%s', (_, given, reason, endsAt) => {
    expect(given).toMatchObject({ answer: 'hold', reason, endsAt })
  })
})

test('a restart explains nothing', () => {
  const candidates = [aCandidate({ number: 41, materialFingerprint: 'material-42' }), aCandidate({ number: 40 })]
  expect(deployExplains.ask(aFacts({ workload: { candidates } }))).toMatchObject({ answer: 'hold', reason: 'change_not_material' })
})

test('startsAt is an upper bound: before the deploy it proves that the trouble is older', () => {
  expect(ask({ onset: D - SECOND, source: 'starts_at' })).toMatchObject({
    reason: 'older_than_deploy',
    values: { onsetSource: 'starts_at' },
  })
})

describe('clocks that differ', () => {
  test.each<[string, Case, string, string]>([
    ['by 5 s order things as they are', { onset: D, clockSkewMs: 5_000 }, 'pass', 'deploy_explains_it'],
    ['by 5 s the other way too', { onset: D, clockSkewMs: -5_000 }, 'pass', 'deploy_explains_it'],
    ['by more than 5 s order nothing', { onset: D + MINUTE, clockSkewMs: 5_001 }, 'inconclusive', 'clocks_differ'],
    ['by more than 5 s the other way neither', { onset: D + MINUTE, clockSkewMs: -5_001 }, 'inconclusive', 'clocks_differ'],
    ['leave open what they could turn round', { onset: D - 6 * SECOND, clockSkewMs: 6_000 }, 'inconclusive', 'clocks_differ'],
    ['do not make an onset hours before the deploy doubtful', { onset: D - 120 * MINUTE, clockSkewMs: 6_000 }, 'hold', 'older_than_deploy'],
    ['nor one days after it', { onset: D + 2_880 * MINUTE, clockSkewMs: -6_000 }, 'hold', 'outside_attribution_window'],
    ['that nobody could compare are trusted', { onset: D, clockSkewMs: null }, 'pass', 'deploy_explains_it'],
  ])('%s', (_, given, answer, reason) => {
    expect(ask(given)).toMatchObject({ answer, reason })
  })
})

test('holds when no deploy was seen', () => {
  expect(deployExplains.ask(aFacts({ workload: { deploy: null } }))).toMatchObject({ answer: 'hold', reason: 'no_deploy_seen' })
})

test('is inconclusive before the controller has made the ReplicaSet', () => {
  expect(deployExplains.ask(aFacts({ workload: { current: null } }))).toMatchObject({ answer: 'inconclusive', reason: 'source_silent' })
})

test('is not asked where no workload was found, nor of a person', () => {
  expect(deployExplains.ask(aFacts({ workload: null }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
  expect(deployExplains.ask(aFacts({ trigger: aPerson() }))).toMatchObject({ answer: 'not_applicable', reason: 'not_asked_by_hand' })
})

test('shows the clocks that it compared, with their sources', () => {
  expect(ask({ onset: D + MINUTE, completedAt: D + 20 * SECOND }).values).toEqual({
    deployedAt: D,
    deploySource: 'watched',
    completedAt: D + 20 * SECOND,
    onsetAt: D + MINUTE,
    onsetSource: 'active_at',
    sinceDeployMs: MINUTE,
    windowEndsAt: D + 20 * SECOND + 30 * MINUTE,
  })
})
