import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { always } from '../testing/always.ts'
import { arbitraryLook, arbitraryObservation } from '../testing/arbitrary-observation.ts'
import { aRollback, MINUTE, T0 } from '../testing/builders.ts'
import type { Clocks } from './clocks.ts'
import type { Observation } from './observation.ts'
import { hasEnded, OPEN_PHASES, PHASES, type Phase, type Rollback } from './rollback.ts'
import { PHASE_LIMIT_MS, step } from './rollback-machine.ts'
import { LONGEST_ECHO_MS } from './verification.ts'

const BAKE = 2 * MINUTE
const LONGEST_PAUSE_MS = 90_000
const ADA = { kind: 'user', id: 'u1', name: 'ada@example.test' } as const

interface Look {
  look: (phase: Phase) => Observation
  afterMs: number
}

const looks = fc.array(fc.record({ look: arbitraryLook, afterMs: fc.integer({ min: 0, max: LONGEST_PAUSE_MS }) }), {
  maxLength: 60,
})
const start = fc.record({
  phase: fc.constantFrom<Phase[]>('pending', 'undoing'),
  trigger: fc.constantFrom('alert' as const, 'person' as const),
  dryRun: fc.boolean(),
})

function opened(overrides: Partial<Rollback>): Rollback {
  const at = T0
  const clocks: Clocks = { ...aRollback().clocks, deployedAt: T0 - 3, startedAt: T0 - 2, receivedAt: T0 - 1, decidedAt: at }
  return aRollback({ openedAt: at, phaseSince: at, nextStepAt: at, bakeTimeMs: BAKE, clocks, ...overrides })
}

/** Every state that the looks lead to, the first one included. */
function run(rollback: Rollback, sequence: readonly Look[]): { states: Rollback[]; now: number } {
  const states = [rollback]
  let now = T0
  let state = rollback
  for (const { look, afterMs } of sequence) {
    now += afterMs
    const transition = step(state, look(state.phase), now)
    if (transition === null) continue
    state = { ...state, ...transition.changes }
    states.push(state)
  }
  return { states, now }
}

/** The longest that a rollback can take from its opening, whatever it meets: its phases, echoes, two bake times and a silence. */
const BOUND_MS =
  PHASE_LIMIT_MS.pending +
  PHASE_LIMIT_MS.undoing +
  PHASE_LIMIT_MS.progressing +
  LONGEST_ECHO_MS +
  2 * BAKE +
  5 * MINUTE +
  5 * LONGEST_PAUSE_MS

test('whatever is seen, over and over, it ends within a bound, if only the clock is looked at now and then', () => {
  always(fc.tuple(start, looks), ([overrides, sequence]) => {
    const round = [...sequence.slice(0, 8), { look: () => ({ kind: 'time' }) as const, afterMs: 1_000 }]
    let state = opened(overrides)
    let now = T0
    while (!hasEnded(state.phase) && now < T0 + BOUND_MS) {
      for (const { look, afterMs } of round) {
        now += Math.max(1_000, afterMs)
        state = { ...state, ...step(state, look(state.phase), now)?.changes }
      }
    }
    expect(hasEnded(state.phase)).toBe(true)
  })
})

test('a proposal ends by time alone', () => {
  const proposal = opened({ phase: 'proposed', expiresAt: T0 + 15 * MINUTE })
  expect(step(proposal, { kind: 'time' }, T0 + 15 * MINUTE)?.changes.phase).toBe('expired')
})

test('what has ended never changes again', () => {
  const ended = fc.constantFrom(...PHASES.filter(hasEnded))
  always(fc.tuple(ended, looks), ([phase, sequence]) => {
    expect(run(opened({ phase, endedAt: T0, nextStepAt: null }), sequence).states).toHaveLength(1)
  })
})

test('phases only go forward', () => {
  const order: readonly Phase[] = [...OPEN_PHASES]
  always(fc.tuple(start, looks), ([overrides, sequence]) => {
    const { states } = run(opened(overrides), sequence)
    const places = states.map(({ phase }) => (hasEnded(phase) ? order.length : order.indexOf(phase)))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})

test('clocks are in order, and a clock that was seen stays as it is', () => {
  const names = ['decidedAt', 'undoneAt', 'restoredAt', 'mitigatedAt', 'verifiedAt'] as const
  always(fc.tuple(start, looks), ([overrides, sequence]) => {
    const { states } = run(opened(overrides), sequence)
    const seen = names.flatMap((name) => states.at(-1)?.clocks[name] ?? [])
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    for (const name of names) {
      expect(new Set(states.flatMap(({ clocks }) => clocks[name] ?? [])).size).toBeLessThanOrEqual(1)
    }
  })
})

test('a success has every clock, an end before the patch none of ours', () => {
  always(fc.tuple(start, looks), ([overrides, sequence]) => {
    const end = run(opened(overrides), sequence).states.at(-1)
    if (end?.phase === 'succeeded') expect(Object.values(end.clocks)).not.toContain(null)
    if (end?.phase === 'aborted' || end?.phase === 'simulated') expect(end.clocks).toMatchObject({ undoneAt: null, restoredAt: null })
  })
})

test('a dry run changes nothing: it is never undone, and stays a dry run', () => {
  always(fc.tuple(start, looks), ([overrides, sequence]) => {
    const { states } = run(opened({ ...overrides, dryRun: true }), sequence)
    expect(states.filter(({ dryRun, clocks }) => !dryRun || clocks.undoneAt !== null)).toEqual([])
    expect(states.map(({ phase }) => phase)).not.toContain('progressing')
  })
})

test('an open rollback always has a next step, an ended one an outcome and none', () => {
  always(fc.tuple(start, looks), ([overrides, sequence]) => {
    for (const state of run(opened(overrides), sequence).states) {
      if (hasEnded(state.phase)) expect(state).toMatchObject({ nextStepAt: null, outcome: { reason: expect.any(String) } })
      else expect(state).toMatchObject({ nextStepAt: expect.any(Number), outcome: null, endedAt: null })
    }
  })
})

test('once undone, neither a pause nor a person stops it', () => {
  const late = fc.constantFrom<Observation[]>(
    { kind: 'control', paused: true, enabled: false, dryRun: true, mode: 'off' },
    { kind: 'person', action: 'abort', actor: ADA, reason: 'stop' },
    { kind: 'person', action: 'decline', actor: ADA, reason: 'stop' },
  )
  const phase = fc.constantFrom<Phase[]>('undoing', 'progressing', 'verifying')
  always(fc.tuple(phase, late, fc.nat(120 * MINUTE)), ([open, observation, afterMs]) => {
    expect(step(opened({ phase: open }), observation, T0 + afterMs)).toBeNull()
  })
})

test('the same observation of the same rollback gives the same step, and changes neither', () => {
  always(fc.tuple(start, looks, arbitraryObservation), ([overrides, sequence, observation]) => {
    const { states, now } = run(opened(overrides), sequence)
    const state = states.at(-1) ?? opened(overrides)
    const before = structuredClone({ state, observation })
    expect(step(state, observation, now)).toEqual(step(state, observation, now))
    expect({ state, observation }).toEqual(before)
  })
})
