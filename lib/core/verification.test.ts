import { describe, expect, test } from 'vitest'
import { aLook, anEcho, aPod, aSignal, aVerification, MINUTE, SECOND, T0 } from '../testing/builders.ts'
import type { AlertingRule } from './signal.ts'
import { extend, type HealthObservation, LONGEST_ECHO_MS, readHealth, settlesAt, verificationEndsAt } from './verification.ts'

const NOW = T0 + MINUTE
const BAD_SIGNAL = aSignal({ health: 'unhealthy', reason: 'beyond_threshold' })
const OPEN_SIGNAL = aSignal({ health: 'inconclusive', reason: 'no_data' })
const ECHO = anEcho({ firing: true, settlesAt: NOW + 1 })
const NO_ECHO = anEcho({ firing: true, settlesAt: NOW })

describe('one look', () => {
  test.each<[string, HealthObservation, string, string]>([
    ['is healthy when pods, rollout and every signal are', aLook(), 'healthy', 'signals_healthy'],
    ['is open when the cluster did not answer', aLook({ pods: null }), 'inconclusive', 'source_silent'],
    ['is open when no pod is there: scaled to zero', aLook({ pods: [] }), 'inconclusive', 'no_pods'],
    ['is bad when a pod is not ready', aLook({ pods: [aPod(), aPod({ name: 'b', ready: false })] }), 'unhealthy', 'pods_not_ready'],
    ['is bad when the rollout goes on again', aLook({ rollout: { state: 'progressing', message: '' } }), 'unhealthy', 'pods_not_ready'],
    [
      'is bad when the rollout has failed',
      aLook({ rollout: { state: 'failed', message: '' }, pods: [] }),
      'unhealthy',
      'rollout_incomplete',
    ],
    ['is bad when a new pod has restarted', aLook({ pods: [aPod({ name: 'new', restarts: 1 })] }), 'unhealthy', 'pod_restarted'],
    ['is bad when one signal is', aLook({ signals: [aSignal(), BAD_SIGNAL] }), 'unhealthy', 'signal_unhealthy'],
    ['is open when one signal is', aLook({ signals: [aSignal(), OPEN_SIGNAL] }), 'inconclusive', 'signal_inconclusive'],
    ['is bad by one signal though another is open', aLook({ signals: [OPEN_SIGNAL, BAD_SIGNAL] }), 'unhealthy', 'signal_unhealthy'],
    ['is open without a signal: pods alone tell nothing', aLook({ signals: [] }), 'inconclusive', 'nothing_to_tell_by'],
    ['is healthy though the alert echoes: its own expression is', aLook({ alerts: [ECHO] }), 'healthy', 'signals_healthy'],
    [
      'is open while an alert may echo and its signal is open',
      aLook({ signals: [OPEN_SIGNAL], alerts: [ECHO] }),
      'inconclusive',
      'alert_still_fires',
    ],
    ['is open while an alert may echo and there is no signal', aLook({ signals: [], alerts: [ECHO] }), 'inconclusive', 'alert_still_fires'],
    ['is bad when an alert fires that can be no echo any more', aLook({ alerts: [NO_ECHO] }), 'unhealthy', 'alert_still_fires'],
    [
      'is open by signal when nobody knows whether the alert fires',
      aLook({ signals: [OPEN_SIGNAL], alerts: [anEcho({ firing: null })] }),
      'inconclusive',
      'signal_inconclusive',
    ],
    ['puts pods before signals', aLook({ pods: [aPod({ ready: false })], signals: [BAD_SIGNAL] }), 'unhealthy', 'pods_not_ready'],
    ['puts restarts before readiness', aLook({ pods: [aPod({ ready: false, restarts: 3 })] }), 'unhealthy', 'pod_restarted'],
  ])('%s', (_, seen, health, reason) => {
    expect(readHealth(seen, {}, NOW)).toMatchObject({ health, reason })
  })

  test('restarts from before the rollout was complete do not count', () => {
    const seen = aLook({ pods: [aPod({ name: 'a', restarts: 2 })] })
    expect(readHealth(seen, { a: 2 }, NOW).health).toBe('healthy')
    expect(readHealth(seen, { a: 1 }, NOW).reason).toBe('pod_restarted')
  })

  test('begins where its earliest window begins; now when there is none', () => {
    const signals = [aSignal({ windowStart: T0 + 5 }), aSignal({ windowStart: T0 + 3 })]
    expect(readHealth(aLook({ signals }), {}, NOW).windowStart).toBe(T0 + 3)
    expect(readHealth(aLook({ signals: [] }), {}, NOW).windowStart).toBe(NOW)
  })
})

describe('a stretch', () => {
  const healthy = { health: 'healthy', reason: 'signals_healthy', windowStart: T0 } as const
  const stretch = { health: 'healthy', since: T0 + 5 * SECOND, windowStart: T0 } as const

  test('goes on while health stays the same, with the beginning of its first window', () => {
    const later = { ...healthy, windowStart: T0 + 30 * SECOND }
    expect(extend(aVerification({ stretch }), later, aLook(), NOW).stretch).toEqual(stretch)
  })

  test('goes on though the reason changes', () => {
    const unhealthy = { health: 'unhealthy', since: T0, windowStart: T0 } as const
    const other = { health: 'unhealthy', reason: 'pod_restarted', windowStart: NOW } as const
    expect(extend(aVerification({ stretch: unhealthy }), other, aLook(), NOW).stretch).toEqual(unhealthy)
  })

  test('starts anew when health changes, an open look included', () => {
    const open = { health: 'inconclusive', reason: 'signal_inconclusive', windowStart: T0 + SECOND } as const
    expect(extend(aVerification({ stretch }), open, aLook(), NOW).stretch).toEqual({
      health: 'inconclusive',
      since: NOW,
      windowStart: T0 + SECOND,
    })
  })

  test('keeps the last look for the page, and what restarts are counted from', () => {
    const seen = aLook()
    const verification = extend(aVerification({ restartBaseline: { a: 2 } }), healthy, seen, NOW)
    expect(verification).toMatchObject({ restartBaseline: { a: 2 }, reading: healthy, seen })
  })
})

describe('the echo of an alert', () => {
  function aRule(overrides: Partial<AlertingRule>): AlertingRule {
    return {
      name: 'A',
      expression: 'x',
      labels: {},
      forMs: 0,
      keepFiringForMs: 0,
      intervalMs: 15 * SECOND,
      longestRangeMs: 0,
      ...overrides,
    }
  }

  test('lasts its longest range, keep_firing_for, one evaluation and the group_interval of 30 s', () => {
    const rule = aRule({ longestRangeMs: 5 * MINUTE, keepFiringForMs: MINUTE })
    expect(settlesAt(rule, T0)).toBe(T0 + 6 * MINUTE + 45 * SECOND)
  })

  test('does not wait for `for`, which delays firing and not clearing', () => {
    expect(settlesAt(aRule({ forMs: 15 * MINUTE }), T0)).toBe(T0 + 45 * SECOND)
  })

  test.each([20, 60])('of a range of %i min lasts 20 min at most', (minutes) => {
    expect(settlesAt(aRule({ longestRangeMs: minutes * MINUTE }), T0)).toBe(T0 + LONGEST_ECHO_MS)
  })
})

describe('verification without an answer ends', () => {
  const bake = 2 * MINUTE

  test.each<[string, Partial<HealthObservation>, number]>([
    ['after one bake time with nothing to tell by', { signals: [], alerts: [] }, bake],
    ['after three with a signal', { alerts: [] }, 3 * bake],
    ['after three with an alert that has cleared', { signals: [], alerts: [anEcho({ settlesAt: T0 + 10 * MINUTE })] }, 3 * bake],
    ['a bake time after the last echo', { alerts: [anEcho({ firing: true, settlesAt: T0 + 10 * MINUTE })] }, 12 * MINUTE],
    ['a bake time after an echo that nobody can see', { alerts: [anEcho({ firing: null, settlesAt: T0 + 10 * MINUTE })] }, 12 * MINUTE],
    ['never before three bake times', { alerts: [anEcho({ firing: true, settlesAt: T0 + MINUTE })] }, 3 * bake],
  ])('%s', (_, seen, ms) => {
    expect(verificationEndsAt(T0, bake, aLook(seen))).toBe(T0 + ms)
  })
})
