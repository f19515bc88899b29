import { describe, expect, it, test } from 'vitest'
import type { IncidentDetail } from '../../lib/client/incidents.ts'
import { NO_CLOCKS } from '../../lib/core/clocks.ts'
import type { IncidentSignal } from '../../lib/core/signal-range.ts'
import { aRollback, BAD, GOOD, MINUTE, SECOND, T0 } from '../../lib/testing/builders.ts'
import { beganAtOf, headlineValues, sublineOf } from './headline.ts'
import { prepareBar } from './mttr-bar.ts'
import { nextSteps } from './next-steps.ts'
import { type Decision, type Rollback, type StoryKind, storyOfIncident, storyOfRollback } from './story.ts'

const WORKLOAD = { namespace: 'edgelink', kind: 'Deployment' as const, name: 'checkout' }
const DONE = { undoneAt: T0 + 2 * MINUTE, restoredAt: T0 + 3 * MINUTE }

function one(overrides: Partial<Rollback> = {}): Rollback {
  return { ...aRollback({ from: BAD, to: GOOD, workload: WORKLOAD }), decisionId: 'd1', ...overrides }
}

function aDecision(overrides: Partial<Decision> = {}): Decision {
  const ids = {
    id: 'd1',
    trigger: 'alert' as const,
    episodeId: 'e1',
    incidentId: 'i1',
    workloadId: 'w1',
    workload: WORKLOAD,
    rollbackId: null,
    judgement: null,
  }
  return {
    ...ids,
    ...{ decidedAt: T0, verdict: 'roll_back', effect: 'act', reason: 'deploy_explains_it', checks: [], target: null, decideAgainAt: null },
    ...overrides,
  }
}

const EPISODE: IncidentDetail['episodes'][number] = {
  ...{ id: 'e1', version: 1, fingerprint: 'f1', status: 'firing', labels: { alertname: 'HighErrorRate' }, annotations: {} },
  ...{ generatorUrl: '', startsAt: T0, resolvedAt: null, receivedAt: T0, lastSeenAt: T0, truncatedAlerts: 0 },
  ...{ workloadId: 'w1', incidentId: 'i1', nextEvaluationAt: null, askAgainUntil: null },
}

function anIncident(overrides: Partial<IncidentDetail> = {}, closedAt: number | null = null): IncidentDetail {
  const incident: IncidentDetail['incident'] = {
    ...{ id: 'i1', version: 1, workloadId: 'w1', workload: WORKLOAD, openedAt: T0, startedAt: T0 },
    ...{ startedAtSource: 'active_at', closedAt, outcome: closedAt === null ? null : 'recovered_by_itself' },
  }
  const leftOut = { episodes: 0, decisions: 0, timeline: 0 }
  return {
    incident,
    episodes: [EPISODE],
    decisions: [aDecision()],
    rollbacks: [],
    timeline: [],
    evidence: [],
    together: null,
    leftOut,
    ...overrides,
  }
}

const of = (rollback: Partial<Rollback>, decision: Partial<Decision> = {}) =>
  storyOfIncident(anIncident({ rollbacks: [one(rollback)], decisions: [aDecision(decision)] }))

function sawAllowed(values: Decision['checks'][number]['values']): Partial<Decision> {
  return { checks: [{ gate: 'allowed', answer: 'pass', reason: 'owner_lets_it_stick', values, endsAt: null }] }
}
const owned = () => sawAllowed({ owner: 'helm', name: 'edgelink/shop', undo: 'until_next_upgrade' })

describe('where an incident stands', () => {
  it.each<[Partial<Rollback>, StoryKind]>([
    [{ phase: 'proposed' }, 'proposed'],
    [{ phase: 'pending' }, 'beginning'],
    [{ phase: 'undoing' }, 'beginning'],
    [{ phase: 'progressing' }, 'restoring'],
    [{ phase: 'verifying' }, 'verifying'],
    [{ phase: 'succeeded' }, 'succeeded'],
    [{ phase: 'unverified' }, 'unverified'],
    [{ phase: 'failed', clocks: { ...NO_CLOCKS, ...DONE } }, 'did_not_help'],
    [{ phase: 'failed', clocks: NO_CLOCKS }, 'not_done'],
    [{ phase: 'superseded' }, 'superseded'],
    [{ phase: 'aborted' }, 'aborted'],
    [{ phase: 'declined' }, 'declined'],
    [{ phase: 'expired' }, 'expired'],
    [{ phase: 'simulated' }, 'simulated'],
  ])('%o: %s', (rollback, kind) => {
    expect(of(rollback).kind).toBe(kind)
  })

  it.each<[string, IncidentDetail, StoryKind]>([
    ['before the first decision', anIncident({ decisions: [] }), 'deciding'],
    ['when a gate holds', anIncident({ decisions: [aDecision({ verdict: 'hold' })] }), 'held'],
    ['when control holds what the evidence wants', anIncident({ decisions: [aDecision({ effect: 'none', reason: 'paused' })] }), 'held'],
    ['when no waiting mends it', anIncident({ decisions: [aDecision({ verdict: 'escalate' })] }), 'escalated'],
    ['when it closed without us', anIncident({}, T0 + MINUTE), 'recovered'],
  ])('%s: %s', (_, incident, kind) => {
    expect(storyOfIncident(incident).kind).toBe(kind)
  })

  it('of several rollbacks the open one tells, then the one that changed something, then the last', () => {
    const told = (rollbacks: Rollback[]) => storyOfIncident(anIncident({ rollbacks })).rollback?.id
    const undone = one({ id: 'undone', phase: 'succeeded', clocks: { ...NO_CLOCKS, ...DONE } })
    const stopped = one({ id: 'stopped', phase: 'aborted', clocks: NO_CLOCKS })
    expect(told([one({ id: 'open', phase: 'verifying' }), stopped])).toBe('open')
    expect(told([undone, stopped])).toBe('undone')
    expect(told([one({ id: 'first', phase: 'expired', clocks: NO_CLOCKS }), stopped])).toBe('stopped')
  })
})

const SIGNAL: IncidentSignal = {
  ...{ state: 'read', alert: 'HighErrorRate', rule: 'errors{status=~"5.."} / all > 0.05', comparison: '>', threshold: 0.05 },
  ...{ unit: 'ratio', stepMs: MINUTE, from: T0 - 2 * MINUTE, to: T0 + 4 * MINUTE },
  points: [0.002, 0.002, 0.002, 0.08, 0.121, 0.03, 0.002].map((value, index) => ({ at: T0 + (index - 2) * MINUTE, value })),
}
const CLOCKS = { ...NO_CLOCKS, deployedAt: T0, startedAt: T0 + MINUTE, receivedAt: T0 + 90 * SECOND, decidedAt: T0 + 90_041 }

describe('the headline', () => {
  it('names what went back to what, and the worst that was measured since the deploy', () => {
    expect(headlineValues(of({ clocks: CLOCKS }), SIGNAL, 'en')).toMatchObject({
      ...{ workload: 'checkout', from: 42, to: 41, cause: 'failed', value: '12.1%', alert: 'HighErrorRate' },
    })
  })

  it.each<[string, Partial<Extract<IncidentSignal, { state: 'read' }>> | null, string]>([
    ['slow answers', { unit: 'seconds', rule: 'histogram_quantile(…) > 0.5' }, 'slow'],
    ['crashes', { unit: 'count', rule: 'rate(kube_pod_container_status_restarts_total[15m]) > 0' }, 'crash'],
    ['a share that is none of errors', { rule: 'working_set / limit > 0.9' }, 'measured'],
    ['only that it fired where nobody measured', { points: [] }, 'alert'],
    ['only that it fired where there is no signal', null, 'alert'],
  ])('says %s', (_, signal, cause) => {
    expect(headlineValues(of({ clocks: CLOCKS }), signal && { ...SIGNAL, ...signal }, 'en').cause).toBe(cause)
  })

  it('names the person and their words, by hand', () => {
    const byHand = one({ trigger: 'person', reason: 'orders fail', actor: { kind: 'user', id: 'u', name: 'ada@example.test' } })
    const story = storyOfRollback({ rollback: byHand, timeline: [], evidence: null, together: null, judgement: null })
    expect(headlineValues(story, null, 'en')).toMatchObject({ cause: 'person', actor: 'ada@example.test', reason: 'orders fail' })
  })

  it('tells what the readings say: before, when beyond the limit, since when within it again, and the last', () => {
    const clocks = { ...CLOCKS, ...DONE, mitigatedAt: T0 + 4 * MINUTE }
    expect(sublineOf(of({ phase: 'succeeded', clocks }), SIGNAL, 'en')).toEqual({
      key: 'beforeAndAfter',
      values: { before: '0.2%', limit: '5%', crossedMs: MINUTE, last: '0.2%', withinSince: T0 + 3 * MINUTE },
    })
  })

  it('makes no end up while it goes on, and says nothing where nothing crossed the limit', () => {
    const ill = { ...SIGNAL, points: SIGNAL.points.filter(({ at }) => at < T0 + 3 * MINUTE) }
    expect(sublineOf(of({ clocks: CLOCKS }), ill, 'en')).toMatchObject({ key: 'before', values: { last: '12.1%' } })
    expect(sublineOf(of({ clocks: CLOCKS }), { ...SIGNAL, threshold: 0.5 }, 'en')).toBeNull()
    expect(sublineOf(of({ clocks: NO_CLOCKS }), SIGNAL, 'en')).toBeNull()
    expect(sublineOf(of({ clocks: CLOCKS }), { ...SIGNAL, rule: 'rate(restarts_total[15m]) > 0' }, 'en')).toBeNull()
  })
})

describe('when the trouble began', () => {
  const held = (onsetSource: string) => {
    const values = { onsetAt: T0, onsetSource }
    const check = { gate: 'deploy_explains', answer: 'pass', reason: 'deploy_explains_it', values, endsAt: null } as const
    return { rollback: null, decision: aDecision({ effect: 'none', reason: 'paused', checks: [check] }) }
  }

  it('is told of what was held too, where Prometheus saw it', () => {
    expect(beganAtOf(held('active_at'))).toBe(T0)
    expect(beganAtOf(held('starts_at')), 'an upper bound').toBeNull()
    expect(beganAtOf({ rollback: one({ clocks: { ...CLOCKS, startedAtSource: 'active_at' } }), decision: null })).toBe(T0 + MINUTE)
  })
})

describe('the bar of the time that it took', () => {
  const whole = { ...CLOCKS, ...DONE, mitigatedAt: T0 + 195 * SECOND, verifiedAt: T0 + 315 * SECOND }
  const parts = (rollback: Partial<Rollback>, now = T0 + 400 * SECOND) =>
    prepareBar(one(rollback), now).segments.map(({ part, ms, isRunning }) => [part, ms, isRunning])

  it('has every part, and they add up', () => {
    const bar = prepareBar(one({ phase: 'succeeded', clocks: whole, endedAt: T0 + 315 * SECOND }), T0 + 400 * SECOND)
    expect(bar.segments.map(({ part, ms }) => [part, ms])).toEqual([
      ['detect', 30 * SECOND],
      ['decide', 41],
      ['execute', 90 * SECOND - 41],
      ['recover', 15 * SECOND],
      ['verify', 120 * SECOND],
    ])
    expect(bar.segments.slice(0, 4).reduce((sum, { ms }) => sum + ms, 0)).toBe(bar.mttrMs)
    expect(bar.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
    expect(Math.min(...bar.segments.map(({ share }) => share))).toBeGreaterThan(0.01)
    expect(bar.runningMs).toBeNull()
  })

  it('runs in the part that goes on', () => {
    expect(parts({ phase: 'progressing', clocks: CLOCKS }, T0 + 100_041)).toEqual([
      ['detect', 30 * SECOND, false],
      ['decide', 41, false],
      ['execute', 10 * SECOND, true],
    ])
  })

  it('does not guess, while it verifies, when it recovered', () => {
    const verification = {
      restartBaseline: {},
      stretch: { health: 'healthy' as const, since: T0 + 200 * SECOND, windowStart: T0 },
      reading: null,
      seen: null,
    }
    const bar = prepareBar(one({ phase: 'verifying', clocks: { ...CLOCKS, ...DONE }, verification }), T0 + 240 * SECOND)
    expect(bar.segments.at(-1)).toMatchObject({ part: 'verify', ms: 60 * SECOND, isRunning: true })
    expect(bar).toMatchObject({ mttrMs: null, runningMs: 180 * SECOND, healthyMs: 40 * SECOND })
  })

  it('leaves out what nobody saw: by hand nothing was detected', () => {
    expect(parts({ phase: 'progressing', clocks: { ...NO_CLOCKS, decidedAt: T0 } }, T0 + SECOND)).toEqual([['execute', SECOND, true]])
  })

  it('has no time to mitigate for what was simulated, failed or waits', () => {
    expect(parts({ phase: 'simulated', dryRun: true, clocks: CLOCKS, endedAt: T0 + 100 * SECOND }).map(([part]) => part)).toEqual([
      'detect',
      'decide',
    ])
    expect(parts({ phase: 'proposed', clocks: CLOCKS }).map(([part]) => part)).toEqual(['detect', 'decide'])
    const failed = prepareBar(one({ phase: 'failed', clocks: { ...CLOCKS, ...DONE }, endedAt: T0 + 300 * SECOND }), T0 + 900 * SECOND)
    expect(failed).toMatchObject({ mttrMs: null, runningMs: null })
    expect(failed.segments.at(-1)).toMatchObject({ part: 'verify', ms: 120 * SECOND, isRunning: false })
  })
})

describe('what to do next', () => {
  test.each<[string, ReturnType<typeof of>, string[]]>([
    ['a proposal waits for an answer', of({ phase: 'proposed', clocks: CLOCKS }), ['approve_or_decline', 'configuration_is_not_undone']],
    ['before the patch it can be stopped', of({ phase: 'pending', clocks: CLOCKS }), ['can_still_stop']],
    [
      'put back: the image is condemned until somebody takes it back',
      of({ phase: 'succeeded', clocks: { ...CLOCKS, ...DONE } }),
      ['fix_before_redeploy', 'take_back_condemnation', 'owner_may_redeploy', 'configuration_is_not_undone'],
    ],
    [
      'by hand: nothing is condemned',
      of({ phase: 'succeeded', condemns: false, clocks: { ...CLOCKS, ...DONE } }),
      ['find_the_fault', 'owner_may_redeploy', 'configuration_is_not_undone'],
    ],
    [
      'put back, of an owner that has the bad version still',
      of({ phase: 'succeeded', condemns: false, clocks: { ...CLOCKS, ...DONE } }, owned()),
      ['find_the_fault', 'revert_at_the_source', 'configuration_is_not_undone'],
    ],
    [
      'put back, of a Deployment that kubectl apply made',
      of({ phase: 'succeeded', condemns: false, clocks: { ...CLOCKS, ...DONE } }, sawAllowed({ clientApplied: true })),
      ['find_the_fault', 'owner_may_redeploy', 'apply_the_older_manifest', 'configuration_is_not_undone'],
    ],
    ['by a dry run', of({ phase: 'simulated', clocks: CLOCKS }, dryRunSeen()), ['turn_dry_run_off', 'roll_back_by_hand']],
    ['by a mode that only observes', of({ phase: 'simulated', clocks: CLOCKS }), ['mode_observes', 'roll_back_by_hand']],
    ['left alone', of({ phase: 'superseded', clocks: CLOCKS }), ['look_at_new_deploy']],
  ])('%s', (_, story, steps) => {
    expect(nextSteps(story)).toEqual(steps)
  })

  test('of a hold it depends on what holds', () => {
    const held = (decision: Partial<Decision>) =>
      nextSteps(storyOfIncident(anIncident({ decisions: [aDecision({ verdict: 'hold', ...decision })] })))
    expect(held({ reason: 'paused' })).toEqual(['resume', 'roll_back_by_hand'])
    expect(held({ reason: 'owner_reverts' })).toEqual(['hold_the_owner', 'revert_at_the_source'])
    expect(held({ reason: 'workload_not_found' })).toEqual(['name_the_workload'])
    expect(held({ reason: 'no_target' })).toEqual(['look_at_pods', 'deploy_a_fix'])
    const spent = { gate: 'budget', answer: 'hold', reason: 'budget_spent', values: { spent: 5 }, endsAt: T0 } as const
    expect(held({ reason: 'budget_spent', decideAgainAt: T0, checks: [spent] })).toEqual([
      'breaker_is_open',
      'look_at_pods',
      'roll_back_by_hand',
    ])
    expect(held({ reason: 'cooling_down', decideAgainAt: T0 })).toEqual(['asked_again', 'look_at_pods', 'roll_back_by_hand'])
  })
})

function dryRunSeen(): Partial<Decision> {
  return { checks: [{ gate: 'control', answer: 'pass', reason: 'control_allows', values: { dryRun: true }, endsAt: null }] }
}
