import { describe, expect, test } from 'vitest'
import { aLook, anEcho, aPod, aRollback, aSignal, GOOD, MINUTE, SECOND, T0 } from '../testing/builders.ts'
import type { Rollback } from './rollback.ts'
import { stepVerifying, verifyEveryMs } from './step-verifying.ts'
import { type HealthObservation, LONGEST_ECHO_MS, LONGEST_WINDOW_MS } from './verification.ts'

const RESTORED = T0 + 3 * MINUTE
const BAKE = 2 * MINUTE
const BAD_SIGNAL = aSignal({ health: 'unhealthy', reason: 'beyond_threshold' })
const OPEN_SIGNAL = aSignal({ health: 'inconclusive', reason: 'no_data' })

/** What a look sees at a time; null: the cluster is silent. */
type World = (at: number) => Partial<HealthObservation> | null

/** Looks at the world as often as the machine asks to, until the rollback ends. */
function verify(world: World, overrides: Partial<Rollback> = {}): { rollback: Rollback; endedAfterMs: number; events: string[] } {
  const clocks = { ...aRollback().clocks, undoneAt: RESTORED - MINUTE, restoredAt: RESTORED }
  let rollback = aRollback({
    phase: 'verifying',
    phaseSince: RESTORED,
    bakeTimeMs: BAKE,
    clocks,
    nextStepAt: RESTORED + 5 * SECOND,
    ...overrides,
  })
  const events: string[] = []
  for (let looks = 0; looks < 2_000 && rollback.endedAt === null; looks += 1) {
    const now = rollback.nextStepAt ?? RESTORED
    const seen = world(now)
    const observation =
      seen === null
        ? ({ kind: 'silent', upstream: 'kubernetes', message: 'no answer' } as const)
        : ({ kind: 'health', templateFingerprint: GOOD.templateFingerprint, seen: aLook(seen) } as const)
    const transition = stepVerifying(rollback, observation, now)
    if (transition?.event) events.push(`${transition.event.kind} ${transition.event.data['health'] ?? ''}`.trim())
    rollback = { ...rollback, ...transition?.changes }
  }
  return { rollback, endedAfterMs: (rollback.endedAt ?? Number.POSITIVE_INFINITY) - RESTORED, events }
}

const signals = (at: number, signal = aSignal()) => ({ signals: [{ ...signal, windowStart: Math.max(RESTORED, at - LONGEST_WINDOW_MS) }] })

describe('healthy for the bake time', () => {
  test('is succeeded, counted from the first healthy look', () => {
    const { rollback, endedAfterMs, events } = verify((at) => signals(at))
    expect(rollback).toMatchObject({ phase: 'succeeded', outcome: { reason: 'healthy_for_bake_time' } })
    expect(endedAfterMs).toBe(5 * SECOND + BAKE)
    expect(events).toEqual(['health_changed healthy', 'succeeded'])
  })

  test('is mitigated since the first window of that stretch, never before the rollout was complete', () => {
    const { rollback } = verify((at) => ({ signals: [aSignal({ windowStart: at - 10 * MINUTE })] }))
    expect(rollback.clocks).toMatchObject({ mitigatedAt: RESTORED, verifiedAt: RESTORED + 5 * SECOND + BAKE })
  })

  test('counts anew after a bad look: mitigated when the stretch that lasted began', () => {
    const bad = RESTORED + 60 * SECOND
    const { rollback, events } = verify((at) => ({ signals: [{ ...(at === bad ? BAD_SIGNAL : aSignal()), windowStart: at - SECOND }] }))
    expect(rollback.phase).toBe('succeeded')
    expect(rollback.clocks.mitigatedAt).toBe(bad + 4 * SECOND)
    expect(rollback.clocks.verifiedAt).toBe(bad + 5 * SECOND + BAKE)
    expect(events).toEqual(['health_changed healthy', 'health_changed unhealthy', 'health_changed healthy', 'succeeded'])
  })

  test('counts anew after a silence: it may have been anything meanwhile', () => {
    const { rollback } = verify((at) => (at === RESTORED + 60 * SECOND ? null : signals(at)))
    expect(rollback).toMatchObject({ phase: 'succeeded', clocks: { verifiedAt: RESTORED + 65 * SECOND + BAKE } })
  })

  test('is not two healthy looks with a time between them that no window covers', () => {
    const stretch = { health: 'healthy', since: RESTORED + 5 * SECOND, windowStart: RESTORED } as const
    const late = aRollback({
      phase: 'verifying',
      phaseSince: RESTORED,
      bakeTimeMs: 10 * MINUTE,
      nextStepAt: RESTORED + 10 * SECOND,
      verification: { restartBaseline: {}, stretch, reading: null, seen: null },
    })
    const now = RESTORED + 11 * MINUTE
    const transition = stepVerifying(
      late,
      { kind: 'health', templateFingerprint: GOOD.templateFingerprint, seen: aLook(signals(now)) },
      now,
    )
    expect(transition?.changes).toMatchObject({ verification: { stretch: { health: 'healthy', since: now } } })
    expect(transition?.changes.phase).toBeUndefined()
  })
})

describe('unhealthy for the bake time', () => {
  test.each<[string, Partial<HealthObservation>, string]>([
    ['a signal beyond its threshold', { signals: [BAD_SIGNAL] }, 'signal_unhealthy'],
    ['a pod that restarts', { pods: [aPod({ restarts: 1 })] }, 'pod_restarted'],
    ['a pod that is not ready', { pods: [aPod({ ready: false })] }, 'pods_not_ready'],
    ['a pod that is not ready, with nothing else to tell by', { pods: [aPod({ ready: false })], signals: [] }, 'pods_not_ready'],
  ])('is failed, with what was seen: %s', (_, seen, detail) => {
    const { rollback, endedAfterMs } = verify(() => seen)
    expect(rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'still_unhealthy', detail } })
    expect(endedAfterMs).toBe(5 * SECOND + BAKE)
    expect(rollback.clocks).toMatchObject({ mitigatedAt: null, verifiedAt: null })
  })

  test('is not what a noisy start of less than that was', () => {
    const quietAt = RESTORED + 100 * SECOND
    const { rollback } = verify((at) => signals(at, at < quietAt ? BAD_SIGNAL : aSignal()))
    expect(rollback).toMatchObject({ phase: 'succeeded' })
  })
})

describe('an alert that fires on', () => {
  const settlesAt = RESTORED + 7 * MINUTE
  const fires = (until: number) => (at: number) => [anEcho({ firing: at < until, settlesAt })]

  test('does not hinder success while its own expression is healthy', () => {
    const { rollback, endedAfterMs } = verify((at) => ({ ...signals(at), alerts: fires(settlesAt)(at) }))
    expect(rollback.phase).toBe('succeeded')
    expect(endedAfterMs).toBe(5 * SECOND + BAKE)
  })

  test('beyond every echo is unhealthy, and failed a bake time later, whenever exactly the looks fall', () => {
    for (const offset of [0, 1, 1_234, 4_999]) {
      const { rollback, endedAfterMs } = verify((at) => ({ signals: [OPEN_SIGNAL], alerts: fires(Number.POSITIVE_INFINITY)(at) }), {
        nextStepAt: RESTORED + offset,
      })
      expect(rollback).toMatchObject({ phase: 'failed', outcome: { reason: 'still_unhealthy', detail: 'alert_still_fires' } })
      expect(endedAfterMs).toBeLessThanOrEqual(7 * MINUTE + BAKE + 5 * SECOND)
    }
  })

  test('and clears in time, with a signal that says nothing, is unverified', () => {
    const { rollback, endedAfterMs } = verify((at) => ({ signals: [OPEN_SIGNAL], alerts: fires(RESTORED + 4 * MINUTE)(at) }))
    expect(rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'no_clear_answer', detail: 'signal_inconclusive' } })
    expect(endedAfterMs).toBe(3 * BAKE)
  })
})

describe('no clear answer', () => {
  test('with nothing to tell by is unverified after one bake time', () => {
    const { rollback, endedAfterMs } = verify(() => ({ signals: [], alerts: [] }))
    expect(rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'nothing_to_tell_by' } })
    expect(endedAfterMs).toBe(BAKE)
  })

  test('of a Deployment scaled to zero is unverified', () => {
    const { rollback } = verify(() => ({ pods: [] }))
    expect(rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'no_clear_answer', detail: 'no_pods' } })
  })

  test('of a workload that flaps around its threshold is unverified', () => {
    const flaps = (at: number) => Math.floor((at - RESTORED) / MINUTE) % 2 === 0
    const { rollback } = verify((at) => ({ signals: [flaps(at) ? aSignal() : BAD_SIGNAL] }))
    expect(rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'no_clear_answer' } })
  })

  test('is not what a stretch has that began in time: it may grow to its full length', () => {
    const recoversAt = RESTORED + 3 * BAKE - 10 * SECOND
    const { rollback, endedAfterMs } = verify((at) => signals(at, at < recoversAt ? OPEN_SIGNAL : aSignal()))
    expect(rollback.phase).toBe('succeeded')
    expect(endedAfterMs).toBe(4 * BAKE - 10 * SECOND)
  })
})

describe('a silent cluster', () => {
  test('is waited out, and unverified in the end', () => {
    const { rollback, endedAfterMs } = verify(() => null)
    expect(rollback).toMatchObject({ phase: 'unverified', outcome: { reason: 'no_clear_answer', detail: 'no answer' } })
    expect(endedAfterMs).toBe(3 * BAKE + 5 * MINUTE)
  })

  test('for one look ends nothing while an echo is waited for', () => {
    const settlesAt = RESTORED + LONGEST_ECHO_MS
    const alerts = [anEcho({ firing: true, settlesAt })]
    const { rollback } = verify((at) => {
      if (at === RESTORED + 15 * MINUTE) return null
      return { ...signals(at, at < RESTORED + 16 * MINUTE ? OPEN_SIGNAL : aSignal()), alerts }
    })
    expect(rollback.phase).toBe('succeeded')
  })
})

test.each([
  [1_000, 1_000],
  [10_000, 2_500],
  [10_001, 2_500],
  [120_000, 5_000],
])('a bake time of %i ms is looked at every %i ms', (bakeTimeMs, everyMs) => {
  expect(verifyEveryMs({ bakeTimeMs })).toBe(everyMs)
})
