import { describe, expect, test } from 'vitest'
import { aCandidate, aFacts, anAlertTrigger, aPerson, MINUTE, T0 } from '../testing/builders.ts'
import { ASK_AGAIN_MS, decide, stageOneHolds } from './decide.ts'
import type { Facts } from './decision.ts'
import { GATES } from './gates/gate-list.ts'
import { GATE_NAMES } from './gates/gate-name.ts'
import type { Mode } from './policy.ts'

const NOW = aFacts().at
const UNTIL = NOW + 60 * MINUTE

test('the list has every gate of the design, in its order', () => {
  expect(GATES.map(({ name }) => name)).toEqual(GATE_NAMES)
})

test('every gate is built, and says of a record from before it that it was not', () => {
  expect(GATES.filter(({ ask }) => ask.length === 0)).toEqual([])
  const { acted: _, others: __, outside: ___, ...old } = aFacts()
  const unbuilt = decide(old).checks.filter(({ reason }) => reason === 'not_built')
  expect(unbuilt.map(({ gate, answer }) => `${gate}: ${answer}`)).toEqual(
    ['budget', 'not_everyone', 'confirmed', 'not_older', 'new_pods'].map((gate) => `${gate}: not_applicable`),
  )
  expect(decide(aFacts()).checks.filter(({ reason }) => reason === 'not_built')).toEqual([])
})

test('rolls back to the revision before when the evidence and control allow it', () => {
  expect(decide(aFacts())).toMatchObject({
    verdict: 'roll_back',
    effect: 'act',
    reason: 'deploy_explains_it',
    target: { number: 41 },
    decideAgainAt: null,
  })
})

describe('evidence makes the verdict', () => {
  test.each<[string, Facts, string, string]>([
    ['ignores an alert that does not ask', aFacts({ trigger: anAlertTrigger({ labels: {} }) }), 'ignore', 'not_asked'],
    ['holds what has recovered', aFacts({ trigger: anAlertTrigger({ firing: false }) }), 'hold', 'recovered_by_itself'],
    [
      'escalates an unknown workload',
      aFacts({ resolution: { kind: 'none', tried: [] }, workload: null }),
      'escalate',
      'workload_not_found',
    ],
    [
      'escalates an ambiguous workload',
      aFacts({ resolution: { kind: 'ambiguous', candidates: [], via: 'x' }, workload: null }),
      'escalate',
      'workload_ambiguous',
    ],
    ['holds while the cluster is silent', aFacts({ resolution: null, workload: null }), 'hold', 'source_silent'],
    [
      'holds what began before the deploy',
      aFacts({ trigger: anAlertTrigger({ onset: { at: T0 - MINUTE, source: 'active_at' } }) }),
      'hold',
      'older_than_deploy',
    ],
    [
      'holds what began long after it',
      aFacts({ trigger: anAlertTrigger({ onset: { at: T0 + 99 * MINUTE, source: 'active_at' } }) }),
      'hold',
      'outside_attribution_window',
    ],
    ['holds when no deploy was seen', aFacts({ workload: { deploy: null } }), 'hold', 'no_deploy_seen'],
    ['holds while the clocks differ', aFacts({ clockSkewMs: 9_000 }), 'hold', 'clocks_differ'],
    ['escalates when there is nothing to go back to', aFacts({ workload: { candidates: [] } }), 'escalate', 'no_target'],
    [
      'escalates when all that differ are condemned',
      aFacts({ workload: { candidates: [aCandidate({ condemned: true })] } }),
      'escalate',
      'target_condemned',
    ],
    ['escalates when the revision asked for is gone', aFacts({ trigger: aPerson({ toRevisionUid: 'rs-7' }) }), 'escalate', 'target_gone'],
    [
      'escalates when the deploy changed nothing that runs',
      aFacts({ workload: { candidates: [aCandidate({ materialFingerprint: 'material-42' })] } }),
      'escalate',
      'change_not_material',
    ],
    [
      'escalates a second fault after a rollback',
      aFacts({ workload: { currentWasRolledBackTo: true } }),
      'escalate',
      'current_was_rolled_back_to',
    ],
    ['escalates a condemned template that came back', aFacts({ workload: { currentCondemned: true } }), 'escalate', 'current_condemned'],
  ])('%s', (_, facts, verdict, reason) => {
    expect(decide(facts)).toMatchObject({ verdict, reason, effect: 'none' })
  })

  test('names the first hold, and a hold before an open question', () => {
    const silentAndOld = aFacts({ clockSkewMs: 9_000, workload: { candidates: [], currentCondemned: true } })
    expect(decide(silentAndOld).reason).toBe('no_target')
  })
})

test('names no target that it would not go back to', () => {
  const candidates = [aCandidate({ number: 41, materialFingerprint: 'material-42' }), aCandidate({ number: 40 })]
  expect(decide(aFacts({ workload: { candidates } }))).toMatchObject({ reason: 'change_not_material', target: null })
})

describe('control leaves the verdict and sets the effect', () => {
  test.each<[string, Facts, string]>([
    ['a rollback is open', aFacts({ workload: { openRollbackId: 'rollback-9' } }), 'rollback_open'],
    ['it cools down', aFacts({ workload: { lastRollbackEndedAt: NOW } }), 'cooling_down'],
    ['the Deployment is paused', aFacts({ workload: { paused: true } }), 'deployment_paused'],
    ['the API server refuses', aFacts({ workload: { dryRun: { kind: 'refused', message: 'no' } } }), 'patch_refused'],
    [
      'an admission webhook allows no dry run',
      aFacts({ workload: { dryRun: { kind: 'no_dry_run', message: '' } } }),
      'admission_without_dry_run',
    ],
    ['automation is disabled', aFacts({ control: { enabled: false } }), 'automation_disabled'],
    ['automation is paused', aFacts({ control: { paused: { until: null, scope: 'cluster' } } }), 'paused'],
    ['the mode is off', aFacts({ policy: { mode: 'off' } }), 'mode_off'],
  ])('%s', (_, facts, reason) => {
    expect(decide(facts)).toMatchObject({ verdict: 'roll_back', effect: 'none', reason, target: { number: 41 } })
  })

  test('an escalation stays one while automation is paused', () => {
    const facts = aFacts({ control: { paused: { until: null, scope: 'cluster' } }, workload: { candidates: [] } })
    expect(decide(facts)).toMatchObject({ verdict: 'escalate', reason: 'no_target' })
  })
})

describe('the effect, by mode × dry run × enabled × paused', () => {
  const modes: Mode[] = ['off', 'observe', 'suggest', 'auto']
  const matrix = modes.flatMap((mode) =>
    [false, true].flatMap((dryRun) =>
      [true, false].flatMap((enabled) => [false, true].map((paused) => ({ mode, dryRun, enabled, paused }))),
    ),
  )
  const control = ({ mode, dryRun, enabled, paused }: (typeof matrix)[number]) => ({
    mode,
    dryRun,
    enabled,
    paused: paused ? { until: null, scope: 'cluster' } : null,
  })

  test.each(matrix)('of an alert: $mode, dry run $dryRun, enabled $enabled, paused $paused', (one) => {
    const allowed = {
      off: 'none',
      observe: 'simulate',
      suggest: one.dryRun ? 'simulate' : 'propose',
      auto: one.dryRun ? 'simulate' : 'act',
    }
    const expected = !one.enabled || one.paused ? 'none' : allowed[one.mode]
    expect(decide(aFacts({ control: control(one) })).effect).toBe(expected)
  })

  test.each(matrix)('of a person it is dry run alone that counts: $mode, dry run $dryRun, enabled $enabled, paused $paused', (one) => {
    expect(decide(aFacts({ trigger: aPerson(), control: control(one) })).effect).toBe(one.dryRun ? 'simulate' : 'act')
  })
})

describe('a rollback by hand', () => {
  test('is asked gates 2, 4, 10, 14 and for a target, no others', () => {
    const { checks } = decide(aFacts({ trigger: aPerson() }))
    const asked = checks.filter(({ reason }) => reason !== 'not_asked_by_hand').map(({ gate }) => gate)
    expect(asked).toEqual(['asked', 'workload_found', 'nothing_open', 'target', 'allowed', 'accepted'])
  })

  test('goes on in a cooldown, in a loop and without a deploy that explains it', () => {
    const workload = { lastRollbackEndedAt: NOW, currentWasRolledBackTo: true, currentCondemned: true, deploy: null }
    expect(decide(aFacts({ trigger: aPerson(), workload }))).toMatchObject({ verdict: 'roll_back', effect: 'act', reason: 'asked' })
  })

  test.each([
    ['a rollback is open', { openRollbackId: 'rollback-9' }, 'rollback_open'],
    ['the Deployment is paused', { paused: true }, 'deployment_paused'],
    ['the API server refuses', { dryRun: { kind: 'refused', message: 'no' } }, 'patch_refused'],
  ] as const)('is held while %s', (_, workload, reason) => {
    expect(decide(aFacts({ trigger: aPerson(), workload }))).toMatchObject({ effect: 'none', reason })
  })
})

describe('stage 2', () => {
  const stageTwo = (facts: Facts) => decide(facts).checks.find(({ gate }) => gate === 'accepted')

  test('is not reached while stage 1 holds', () => {
    const facts = aFacts({ workload: { paused: true } })
    expect(stageOneHolds(facts)).toBe(true)
    expect(stageTwo(facts)).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
  })

  test('is not reached while a question of stage 1 is open', () => {
    expect(stageTwo(aFacts({ clockSkewMs: 9_000 }))).toMatchObject({ answer: 'not_applicable', reason: 'not_reached' })
  })

  test('is asked when stage 1 holds nothing', () => {
    expect(stageOneHolds(aFacts())).toBe(false)
    expect(stageTwo(aFacts())).toMatchObject({ answer: 'pass' })
  })
})

describe('when it is decided again', () => {
  const paused = (until: number | null) => ({ paused: { until, scope: 'cluster' } })
  const cooling = { lastRollbackEndedAt: NOW }
  const cooledAt = NOW + 15 * MINUTE
  const helpedBy = NOW + 4 * MINUTE
  const deployedWhileFiring = ({ workload, ...rest }: Parameters<typeof aFacts>[0] & object) =>
    aFacts({
      ...rest,
      trigger: anAlertTrigger({ startsAt: NOW - 3 * MINUTE, onset: { at: NOW - 4 * MINUTE, source: 'active_at' } }),
      workload: { ...workload, deploy: { deployedAt: NOW - 2 * MINUTE, source: 'watched', completedAt: NOW - MINUTE } },
    })

  test.each<[string, Facts, number | null]>([
    ['when the cooldown ends', aFacts({ workload: cooling }), cooledAt],
    ['when the pause ends', aFacts({ control: paused(UNTIL) }), UNTIL],
    ['when the last of both ends', aFacts({ workload: cooling, control: paused(UNTIL) }), UNTIL],
    ['never by time, while a pause has no end', aFacts({ control: paused(null) }), null],
    ['never by time, when a hold without an end is among them', aFacts({ workload: { ...cooling, paused: true } }), null],
    ['never by time, when people have to act', aFacts({ workload: { ...cooling, candidates: [] } }), null],
    ['soon, while a question is open', aFacts({ clockSkewMs: 9_000 }), NOW + ASK_AGAIN_MS],
    ['soon, while the cluster is silent', aFacts({ resolution: null, workload: null }), NOW + ASK_AGAIN_MS],
    ['soon, while the dry run has no answer', aFacts({ workload: { dryRun: null } }), NOW + ASK_AGAIN_MS],
    ['when it is known whether a deploy helped, whatever the cooldown', deployedWhileFiring({ workload: cooling }), helpedBy],
    ['when that is known, also under a pause: people may have to be called', deployedWhileFiring({ control: paused(null) }), helpedBy],
    ['not before a cooldown ends, with an open question', aFacts({ clockSkewMs: 9_000, workload: cooling }), cooledAt],
    [
      'soon, with an open question under a pause: a resume would not find it',
      aFacts({ clockSkewMs: 9_000, control: paused(null) }),
      NOW + ASK_AGAIN_MS,
    ],
  ])('%s', (_, facts, at) => {
    expect(decide(facts).decideAgainAt).toBe(at)
  })

  test('the hold that stands longest is the reason, so that its end finds the episode', () => {
    expect(decide(aFacts({ workload: cooling, control: paused(null) })).reason).toBe('paused')
    expect(decide(aFacts({ workload: cooling, control: paused(UNTIL) })).reason).toBe('paused')
    expect(decide(aFacts({ workload: cooling, control: paused(NOW + 1) })).reason).toBe('cooling_down')
  })
})

describe('a policy that lets open questions pass', () => {
  const policy = { onInconclusive: 'pass' } as const

  test.each<[string, Facts]>([
    ['differing clocks', aFacts({ policy, clockSkewMs: 9_000 })],
    ['an admission webhook without dry run', aFacts({ policy, workload: { dryRun: { kind: 'no_dry_run', message: '' } } })],
    ['an API server that did not answer the dry run', aFacts({ policy, workload: { dryRun: { kind: 'silent', message: '' } } })],
  ])('acts in spite of %s', (_, facts) => {
    expect(decide(facts)).toMatchObject({ verdict: 'roll_back', effect: 'act', decideAgainAt: null })
  })

  test.each<[string, Facts]>([
    ['while the cluster is silent', aFacts({ policy, resolution: null, workload: null })],
    ['before there is a current revision', aFacts({ policy, workload: { current: null, dryRun: null } })],
    ['before the dry run was sent', aFacts({ policy, workload: { dryRun: null } })],
  ])('does not act on nothing: asks again %s', (_, facts) => {
    expect(decide(facts)).toMatchObject({ effect: 'none', reason: 'source_silent', decideAgainAt: NOW + ASK_AGAIN_MS })
  })

  test('does not act on what is not there any more: asks again when the caches were behind', () => {
    const facts = aFacts({ policy, workload: { dryRun: { kind: 'outdated', message: '' } } })
    expect(decide(facts)).toMatchObject({ effect: 'none', reason: 'cache_behind', decideAgainAt: NOW + ASK_AGAIN_MS })
  })

  test('does not let an onset pass that no clock could explain', () => {
    const trigger = anAlertTrigger({ onset: { at: T0 - 60 * MINUTE, source: 'active_at' } })
    expect(decide(aFacts({ policy, trigger, clockSkewMs: 9_000 }))).toMatchObject({ verdict: 'hold', reason: 'older_than_deploy' })
  })
})

describe('a deploy while the alert fires', () => {
  const before = { startsAt: T0 - 2 * MINUTE, onset: { at: T0 - 3 * MINUTE, source: 'active_at' as const } }
  const facts = aFacts({ trigger: anAlertTrigger(before) })
  const workload = facts.workload as NonNullable<Facts['workload']>

  test('is given its time: it may be the fix, whatever else holds', () => {
    expect(decide(facts)).toMatchObject({ verdict: 'hold', reason: 'new_deploy_while_firing' })
    const gone = { ...facts, workload: { ...workload, candidates: [] } }
    expect(decide(gone)).toMatchObject({ verdict: 'hold', reason: 'new_deploy_while_firing' })
  })

  test('is not waited for when it brought back what was rolled away from', () => {
    const again = { ...facts, workload: { ...workload, currentCondemned: true } }
    expect(decide(again)).toMatchObject({ verdict: 'escalate', reason: 'current_condemned', decideAgainAt: null })
  })
})
