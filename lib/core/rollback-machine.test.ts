import { describe, expect, test } from 'vitest'
import { aLook, aRollback, BAD, GOOD, MINUTE, SECOND, T0 } from '../testing/builders.ts'
import type { Observation } from './observation.ts'
import type { Mode } from './policy.ts'
import { END_PHASES, OPEN_PHASES, type Phase, type Rollback } from './rollback.ts'
import { PHASE_LIMIT_MS, step } from './rollback-machine.ts'
import type { UndoOutcome } from './undo.ts'

const SINCE = T0 + 2 * MINUTE
const NOW = SINCE + SECOND
const ADA = { kind: 'user', id: 'u1', name: 'ada@example.test' } as const

const GO: Observation = { kind: 'control', paused: false, enabled: true, dryRun: false, mode: 'auto' }
const TIME: Observation = { kind: 'time' }
const SILENT: Observation = { kind: 'silent', upstream: 'kubernetes', message: 'no answer within 5000 ms' }
const GONE: Observation = { kind: 'workload_gone' }

const person = (action: 'approve' | 'decline' | 'abort'): Observation => ({ kind: 'person', action, actor: ADA, reason: 'seen it' })
const undo = (outcome: UndoOutcome): Observation => ({ kind: 'undo', outcome })
const applied = (at: number | null = null) => undo({ kind: 'applied', at, alreadyThere: false })
/** After a crash: the patch had arrived. */
const found = (at: number | null) => undo({ kind: 'applied', at, alreadyThere: true })
const rollout = (state: 'complete' | 'progressing' | 'failed', templateFingerprint = GOOD.templateFingerprint): Observation => ({
  kind: 'rollout',
  templateFingerprint,
  status: state === 'complete' ? { state } : { state, message: `it is ${state}` },
  restarts: { a: 1 },
})
const health = (templateFingerprint = GOOD.templateFingerprint): Observation => ({ kind: 'health', templateFingerprint, seen: aLook() })

/** In a phase since two minutes after the deploy, with the clocks that it has by then. */
function inPhase(phase: Phase, overrides: Partial<Rollback> = {}): Rollback {
  const base = aRollback({ phase, phaseSince: SINCE, nextStepAt: SINCE, expiresAt: phase === 'proposed' ? SINCE + 15 * MINUTE : null })
  const clocks = {
    ...base.clocks,
    decidedAt: SINCE,
    undoneAt: phase === 'progressing' || phase === 'verifying' ? SINCE : null,
    restoredAt: phase === 'verifying' ? SINCE : null,
  }
  return { ...base, clocks, ...overrides }
}

/** `phase reason` of an end, `phase effect` of a move, `stays`, or `nothing`. */
function outcomeOf(rollback: Rollback, observation: Observation, now = NOW): string {
  const transition = step(rollback, observation, now)
  if (transition === null) return 'nothing'
  const { phase, outcome } = transition.changes
  if (outcome) return `${phase} ${outcome.reason}`
  return phase === undefined ? 'stays' : `${phase} ${transition.effect}`
}

const EVERY: [string, Observation][] = [
  ['control lets it', GO],
  ['time', TIME],
  ['silence', SILENT],
  ['the workload is gone', GONE],
  ['approve', person('approve')],
  ['decline', person('decline')],
  ['abort', person('abort')],
  ['patch applied', applied()],
  ['dry run accepted', undo({ kind: 'dry_run_accepted' })],
  ['scaled', undo({ kind: 'moved', generation: 8 })],
  ['deployed', undo({ kind: 'superseded' })],
  ['Deployment paused', undo({ kind: 'paused' })],
  ['target gone', undo({ kind: 'target_gone' })],
  ['patch refused', undo({ kind: 'refused', message: 'denied' })],
  ['rollout complete', rollout('complete')],
  ['rollout goes on', rollout('progressing')],
  ['rollout failed', rollout('failed')],
  ['healthy look', health()],
]

describe('every phase × every observation', () => {
  const moves: Record<(typeof OPEN_PHASES)[number] | 'proposed', Record<string, string>> = {
    proposed: {
      approve: 'pending none',
      decline: 'declined declined_by_hand',
      abort: 'aborted aborted_by_hand',
    },
    pending: {
      'control lets it': 'undoing send_patch',
      abort: 'aborted aborted_by_hand',
    },
    undoing: {
      time: 'stays',
      silence: 'stays',
      'the workload is gone': 'superseded workload_gone',
      'patch applied': 'progressing watch_rollout',
      'dry run accepted': 'simulated dry_run_accepted',
      scaled: 'stays',
      deployed: 'superseded deployed_meanwhile',
      'Deployment paused': 'failed deployment_paused',
      'target gone': 'failed target_gone',
      'patch refused': 'failed patch_refused',
    },
    progressing: {
      time: 'stays',
      silence: 'stays',
      'the workload is gone': 'superseded workload_gone',
      'rollout complete': 'verifying verify',
      'rollout goes on': 'stays',
      'rollout failed': 'failed rollout_failed',
    },
    verifying: {
      time: 'stays',
      silence: 'stays',
      'the workload is gone': 'superseded workload_gone',
      'healthy look': 'stays',
    },
  }
  const table = Object.entries(moves).flatMap(([phase, expected]) =>
    EVERY.map(([name, observation]) => ({ phase: phase as Phase, name, observation, expected: expected[name] ?? 'nothing' })),
  )

  test.each(table)('$phase, $name: $expected', ({ phase, observation, expected }) => {
    expect(outcomeOf(inPhase(phase), observation)).toBe(expected)
  })

  test.each(END_PHASES.flatMap((phase) => EVERY.map(([name, observation]) => ({ phase, name, observation }))))(
    'what has $phase stays so: $name',
    ({ phase, observation }) => {
      expect(step(inPhase(phase), observation, NOW + 60 * MINUTE)).toBeNull()
    },
  )
})

describe('a mode that was lowered before the patch', () => {
  const at = (mode: Mode, dryRun = false): Observation => ({ kind: 'control', paused: false, enabled: true, dryRun, mode })
  const approved = { expiresAt: SINCE + MINUTE }

  test.each<[string, Partial<Rollback>, Observation, string]>([
    ['off stops it', {}, at('off'), 'aborted mode_lowered'],
    ['off stops what was approved', approved, at('off'), 'aborted mode_lowered'],
    ['off stops a simulation', { dryRun: true }, at('off'), 'aborted mode_lowered'],
    ['suggest stops what nobody approved', {}, at('suggest'), 'aborted mode_lowered'],
    ['suggest lets go on what was approved', approved, at('suggest'), 'undoing send_patch'],
    ['suggest lets a simulation go on', { dryRun: true }, at('suggest'), 'undoing send_patch'],
    ['suggest lets it go on as a simulation in dry run', {}, at('suggest', true), 'undoing send_patch'],
    ['auto lets it go on', {}, at('auto'), 'undoing send_patch'],
    ['a rollback by hand goes on in every mode', { trigger: 'person' }, at('off'), 'undoing send_patch'],
  ])('%s', (_, overrides, observation, expected) => {
    expect(outcomeOf(inPhase('pending', overrides), observation)).toBe(expected)
  })

  test('observe makes a simulation of it, not of one by hand', () => {
    expect(step(inPhase('pending'), at('observe'), NOW)?.changes).toMatchObject({ phase: 'undoing', dryRun: true })
    const byHand = step(inPhase('pending', { trigger: 'person' }), at('observe'), NOW)
    expect(byHand?.changes).toMatchObject({ phase: 'undoing', dryRun: false })
  })
})

describe('a pause', () => {
  const paused: Observation = { ...GO, paused: true }
  const disabled: Observation = { ...GO, enabled: false }

  test.each([
    ['a pause', paused, 'aborted paused'],
    ['switched-off automation', disabled, 'aborted automation_disabled'],
  ])('%s stops what an alert asked for before its patch', (_, observation, expected) => {
    expect(outcomeOf(inPhase('pending'), observation)).toBe(expected)
  })

  test.each([
    ['a pause', paused],
    ['switched-off automation', disabled],
  ])('%s does not stop what a person asked for', (_, observation) => {
    expect(outcomeOf(inPhase('pending', { trigger: 'person' }), observation)).toBe('undoing send_patch')
  })

  test.each(['undoing', 'progressing', 'verifying'] as const)('comes too late in %s', (phase) => {
    expect(step(inPhase(phase), paused, NOW)).toBeNull()
    expect(step(inPhase(phase), disabled, NOW)).toBeNull()
  })
})

describe('dry run', () => {
  const dry: Observation = { ...GO, dryRun: true }

  test('that was switched on since the decision makes it a simulation', () => {
    expect(step(inPhase('pending'), dry, NOW)?.changes).toMatchObject({ phase: 'undoing', dryRun: true })
    expect(step(inPhase('pending', { trigger: 'person' }), dry, NOW)?.changes).toMatchObject({ dryRun: true })
  })

  test('that was switched off since the decision leaves it a simulation', () => {
    expect(step(inPhase('pending', { dryRun: true }), GO, NOW)?.changes).toMatchObject({ phase: 'undoing', dryRun: true })
  })

  test('never counts as undone, even where the target is there already', () => {
    const transition = step(inPhase('undoing', { dryRun: true }), undo({ kind: 'applied', at: null, alreadyThere: true }), NOW)
    expect(transition?.changes).toMatchObject({ phase: 'simulated' })
    expect(transition?.changes.clocks).toBeUndefined()
  })
})

describe('a proposal', () => {
  const proposal = inPhase('proposed')
  const expiresAt = proposal.expiresAt ?? 0

  test('waits to the last millisecond of its patience, and then expires', () => {
    expect(step(proposal, TIME, expiresAt - 1)).toBeNull()
    expect(outcomeOf(proposal, TIME, expiresAt)).toBe('expired nobody_approved')
  })

  test('that is over opens nothing, though nobody has swept it away yet', () => {
    expect(outcomeOf(proposal, person('approve'), expiresAt - 1)).toBe('pending none')
    expect(outcomeOf(proposal, person('approve'), expiresAt)).toBe('expired nobody_approved')
    expect(outcomeOf(proposal, person('decline'), expiresAt)).toBe('declined declined_by_hand')
  })

  test('that is approved starts at once, and names who said yes', () => {
    expect(step(proposal, person('approve'), NOW)).toMatchObject({
      changes: { phase: 'pending', phaseSince: NOW, nextStepAt: NOW },
      event: { kind: 'approved', at: NOW, actor: ADA, data: { reason: 'seen it' } },
    })
  })

  test('that is declined names who said no, and why', () => {
    expect(step(proposal, person('decline'), NOW)).toMatchObject({
      changes: { endedAt: NOW, nextStepAt: null, outcome: { reason: 'declined_by_hand', detail: 'seen it' } },
      event: { kind: 'declined', actor: ADA },
    })
  })
})

describe('the deadline of a phase', () => {
  test.each<[Phase, Observation, number, string]>([
    ['pending', GO, PHASE_LIMIT_MS.pending, 'aborted waited_too_long'],
    ['pending', TIME, PHASE_LIMIT_MS.pending, 'aborted waited_too_long'],
    ['pending', SILENT, PHASE_LIMIT_MS.pending, 'aborted waited_too_long'],
    ['undoing', TIME, PHASE_LIMIT_MS.undoing, 'failed cluster_silent'],
    ['undoing', SILENT, PHASE_LIMIT_MS.undoing, 'failed cluster_silent'],
    ['undoing', undo({ kind: 'moved', generation: 9 }), PHASE_LIMIT_MS.undoing, 'failed cluster_silent'],
    ['progressing', TIME, PHASE_LIMIT_MS.progressing, 'failed cluster_silent'],
    ['progressing', SILENT, PHASE_LIMIT_MS.progressing, 'failed cluster_silent'],
    ['progressing', rollout('progressing'), PHASE_LIMIT_MS.progressing, 'failed rollout_stuck'],
  ])('%s: the last millisecond is in time, the next is not', (phase, observation, limitMs, expected) => {
    expect(outcomeOf(inPhase(phase), observation, SINCE + limitMs)).not.toBe(expected)
    expect(outcomeOf(inPhase(phase), observation, SINCE + limitMs + 1)).toBe(expected)
  })

  test('does not spoil an answer that comes late: the patch is there, the rollout is complete', () => {
    expect(outcomeOf(inPhase('undoing'), applied(), SINCE + 60 * MINUTE)).toBe('progressing watch_rollout')
    expect(outcomeOf(inPhase('progressing'), rollout('complete'), SINCE + 60 * MINUTE)).toBe('verifying verify')
  })

  test('of an approved proposal begins with the yes', () => {
    const proposal = inPhase('proposed')
    const approvedAt = SINCE + 10 * MINUTE
    const pending = { ...proposal, ...step(proposal, person('approve'), approvedAt)?.changes }
    expect(outcomeOf(pending, GO, approvedAt + SECOND)).toBe('undoing send_patch')
  })
})

describe('the patch', () => {
  const undoing = inPhase('undoing')

  test('is sent again under the new generation when the Deployment was scaled', () => {
    expect(step(undoing, undo({ kind: 'moved', generation: 8 }), NOW)).toMatchObject({
      changes: { generation: 8, nextStepAt: NOW },
      event: { kind: 'patch_sent_again', data: { generation: 8 } },
      effect: 'send_patch',
    })
  })

  test('that got no answer is asked after again, soon', () => {
    expect(step(undoing, SILENT, NOW)).toEqual({ changes: { nextStepAt: NOW + SECOND }, event: null, effect: 'none' })
  })

  test.each([
    ["has the server's own time where it tells", NOW - 400, NOW - 400],
    ['has ours where the server does not tell', null, NOW],
    ['is not before we sent it: the server keeps whole seconds', SINCE - 900, SINCE],
    ['is not after now: clocks differ', NOW + 3 * SECOND, NOW],
  ])('%s', (_, at, undoneAt) => {
    expect(step(undoing, found(at), NOW)?.changes.clocks?.undoneAt).toBe(undoneAt)
  })

  test("takes its own clock for a patch that was just answered: it is finer than the server's whole seconds", () => {
    expect(step(undoing, applied(NOW - SECOND), NOW)?.changes.clocks?.undoneAt).toBe(NOW)
  })

  test('has its time in order on a replica whose clock is behind', () => {
    expect(step(undoing, applied(), SINCE - SECOND)?.changes.clocks?.undoneAt).toBe(SINCE)
  })

  test("that is refused ends with the server's words", () => {
    const { changes } = step(undoing, undo({ kind: 'refused', message: 'denied' }), NOW) ?? {}
    expect(changes).toMatchObject({
      phase: 'failed',
      outcome: { reason: 'patch_refused', detail: 'denied' },
      endedAt: NOW,
      nextStepAt: null,
    })
  })
})

describe('a template that an admission webhook rewrote on its way in', () => {
  const landed: Observation = undo({ kind: 'applied', at: null, alreadyThere: false, landedFingerprint: 'template-41-rewritten' })
  const progressing = { ...inPhase('progressing'), ...step(inPhase('undoing'), landed, NOW)?.changes }
  const serving = { ...GOOD, uid: 'rs-43', hash: 'hash-43', templateFingerprint: 'template-41-rewritten' }

  test('is ours: it is what the rollout is compared with from then on', () => {
    expect(progressing.to).toEqual({ ...GOOD, templateFingerprint: 'template-41-rewritten' })
    expect(outcomeOf(progressing, rollout('progressing', 'template-41-rewritten'))).toBe('stays')
    expect(outcomeOf(progressing, rollout('progressing', 'template-44'))).toBe('superseded deployed_meanwhile')
  })

  test('is verified on the pods of the ReplicaSet that it got', () => {
    const restored = step(progressing, { ...rollout('complete', 'template-41-rewritten'), serving } as Observation, NOW)
    expect(restored?.changes).toMatchObject({ phase: 'verifying', to: serving })
    const verifying = { ...progressing, ...restored?.changes }
    expect(outcomeOf(verifying, health('template-41-rewritten'))).toBe('stays')
    expect(outcomeOf(verifying, health('template-44'))).toBe('superseded deployed_meanwhile')
  })

  test('changes nothing of the record where it was not rewritten', () => {
    expect(step(inPhase('undoing'), applied(), NOW)?.changes).not.toHaveProperty('to')
    expect(step(inPhase('progressing'), rollout('complete'), NOW)?.changes).not.toHaveProperty('to')
  })
})

describe('another deploy comes in between', () => {
  test.each<[Phase, Observation]>([
    ['undoing', undo({ kind: 'superseded' })],
    ['progressing', rollout('complete', 'template-43')],
    ['progressing', rollout('failed', BAD.templateFingerprint)],
    ['verifying', health('template-43')],
  ])('in %s: it stays untouched', (phase, observation) => {
    expect(outcomeOf(inPhase(phase), observation)).toBe('superseded deployed_meanwhile')
  })
})

describe('a complete rollout', () => {
  test('is the moment of restoring, and what restarts are counted from', () => {
    expect(step(inPhase('progressing'), rollout('complete'), NOW)).toMatchObject({
      changes: {
        clocks: { restoredAt: NOW, mitigatedAt: null },
        verification: { restartBaseline: { a: 1 }, stretch: null },
        nextStepAt: NOW + 5 * SECOND,
      },
      event: { kind: 'restored', data: { to: 41 } },
    })
  })

  test('is not before the undo on a replica whose clock is behind', () => {
    expect(step(inPhase('progressing'), rollout('complete'), SINCE - SECOND)?.changes.clocks?.restoredAt).toBe(SINCE)
  })
})

test('every end has an outcome, a time, no next step, and a line of its own in the timeline', () => {
  const ends = [...OPEN_PHASES, 'proposed' as const].flatMap((phase) =>
    EVERY.flatMap(([, observation]) => step(inPhase(phase), observation, NOW) ?? []).filter(({ changes }) => changes.outcome),
  )
  expect(ends.length).toBeGreaterThan(10)
  for (const { changes, event, effect } of ends) {
    expect(changes).toMatchObject({ endedAt: NOW, nextStepAt: null, phaseSince: NOW })
    expect(event).toMatchObject({ kind: changes.phase, at: NOW })
    expect(effect).toBe('none')
  }
})
