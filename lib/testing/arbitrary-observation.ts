import * as fc from 'fast-check'
import type { Observation } from '../core/observation.ts'
import { MODES } from '../core/policy.ts'
import type { Phase } from '../core/rollback.ts'
import type { RolloutStatus } from '../core/rollout-status.ts'
import type { UndoOutcome } from '../core/undo.ts'
import { type HealthObservation, LONGEST_ECHO_MS } from '../core/verification.ts'
import { aLook, aPod, aSignal, GOOD, MINUTE, T0 } from './builders.ts'

/** Mostly the template that was put back: another one ends everything. */
const templateFingerprint = fc.oneof({ weight: 30, arbitrary: fc.constant(GOOD.templateFingerprint) }, fc.constant('template-43'))

const status: fc.Arbitrary<RolloutStatus> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<RolloutStatus>({ state: 'complete' }) },
  { weight: 8, arbitrary: fc.record({ state: fc.constant('progressing'), message: fc.constant('on its way') }) },
  fc.record({ state: fc.constant('failed'), message: fc.constant('stuck') }),
)

const outcome: fc.Arbitrary<UndoOutcome> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('applied'), at: fc.option(instant(), { nil: null }), alreadyThere: fc.boolean() }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('moved'), generation: fc.nat() }) },
  fc.constantFrom<UndoOutcome[]>(
    { kind: 'dry_run_accepted' },
    { kind: 'superseded' },
    { kind: 'paused' },
    { kind: 'target_gone' },
    { kind: 'refused', message: 'denied' },
  ),
)

const pod = fc.record({ ready: fc.boolean(), restarts: fc.nat(2) }).map((one) => aPod(one))
const signal = fc
  .record({ health: fc.constantFrom('healthy' as const, 'unhealthy' as const, 'inconclusive' as const), windowStart: instant() })
  .map((one) => aSignal(one))
const echo = fc.record({
  name: fc.constant('HighErrorRate'),
  firing: fc.option(fc.boolean(), { nil: null }),
  settlesAt: fc.integer({ min: T0, max: T0 + LONGEST_ECHO_MS }),
})
const mixed: fc.Arbitrary<HealthObservation> = fc.record({
  rollout: status,
  pods: fc.option(fc.array(pod, { maxLength: 2 }), { nil: null }),
  signals: fc.array(signal, { maxLength: 2 }),
  alerts: fc.array(echo, { maxLength: 2 }),
})
/** Looks of one kind come in runs: a stretch has to last. */
const look = fc.oneof(
  { weight: 6, arbitrary: instant().map((windowStart) => aLook({ signals: [aSignal({ windowStart })] })) },
  { weight: 3, arbitrary: fc.constant(aLook({ signals: [aSignal({ health: 'unhealthy', reason: 'beyond_threshold' })] })) },
  mixed,
)

const control = fc.record({
  kind: fc.constant('control' as const),
  paused: rarely(),
  enabled: fc.constant(true),
  dryRun: rarely(),
  mode: fc.constantFrom(...MODES),
})
const undo = fc.record({ kind: fc.constant('undo' as const), outcome })
const rollout = fc.record({ kind: fc.constant('rollout' as const), templateFingerprint, status, restarts: fc.constant({}) })
const health = fc.record({ kind: fc.constant('health' as const), templateFingerprint, seen: look })

/** Whatever the engine may say that it saw, fitting the phase or not. */
export const arbitraryObservation: fc.Arbitrary<Observation> = fc.oneof(
  control,
  undo,
  rollout,
  health,
  fc.constant<Observation>({ kind: 'silent', upstream: 'kubernetes', message: 'no answer' }),
  fc.constant<Observation>({ kind: 'time' }),
)

/** What the engine looks at in each phase, and now and then something else. */
export const arbitraryLook: fc.Arbitrary<(phase: Phase) => Observation> = fc
  .record({ control, undo, rollout, health, stray: arbitraryObservation, isStray: rarely() })
  .map(({ stray, isStray, ...fitting }) => (phase) => {
    if (isStray) return stray
    if (phase === 'pending') return fitting.control
    if (phase === 'undoing') return fitting.undo
    return phase === 'progressing' ? fitting.rollout : fitting.health
  })

function instant(): fc.Arbitrary<number> {
  return fc.integer({ min: T0, max: T0 + 60 * MINUTE })
}

function rarely(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 9 }).map((one) => one === 0)
}
