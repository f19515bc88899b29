import { describe, expect, it } from 'vitest'
import { lineReader } from './event-lines.ts'
import {
  firstLive,
  isSilent,
  isTouched,
  type LiveEvent,
  type LiveState,
  pauseBeforeTry,
  SILENT_AFTER_MS,
  STALE_AFTER_MS,
  stepLive,
} from './live.ts'

const AT = 1_000_000

function stateAfter(...events: LiveEvent[]): LiveState {
  return events.reduce(stepLive, firstLive(AT))
}

describe('how fresh the page is', () => {
  it('begins connecting, and is live once the stream is open', () => {
    expect(firstLive(AT).liveness).toBe('connecting')
    expect(stateAfter({ kind: 'opened', at: AT + 10 }).liveness).toBe('live')
  })

  it('stays connecting while the first try goes on', () => {
    expect(stateAfter({ kind: 'tick', at: AT + 1_000 }).liveness).toBe('connecting')
  })

  it('is reconnecting when the stream is lost', () => {
    const state = stateAfter({ kind: 'opened', at: AT }, { kind: 'lost', at: AT + 5_000 })
    expect(state).toMatchObject({ liveness: 'reconnecting', lostAt: AT + 5_000, failures: 1 })
  })

  it('is stale when nothing was heard for long', () => {
    const state = stateAfter({ kind: 'opened', at: AT }, { kind: 'lost', at: AT + 1 }, { kind: 'tick', at: AT + STALE_AFTER_MS })
    expect(state).toMatchObject({ liveness: 'stale', heardAt: AT })
  })

  it('is not stale while polls answer', () => {
    const state = stateAfter(
      { kind: 'opened', at: AT },
      { kind: 'lost', at: AT + 1 },
      { kind: 'answered', at: AT + STALE_AFTER_MS - 1 },
      { kind: 'tick', at: AT + STALE_AFTER_MS },
    )
    expect(state.liveness).toBe('reconnecting')
  })

  it('an answer ends being stale, an open stream ends being lost', () => {
    const stale = stateAfter({ kind: 'lost', at: AT }, { kind: 'tick', at: AT + STALE_AFTER_MS })
    expect(stale.liveness).toBe('stale')
    expect(stepLive(stale, { kind: 'answered', at: AT + 60_000 }).liveness).toBe('reconnecting')
    expect(stepLive(stale, { kind: 'opened', at: AT + 60_000 })).toMatchObject({ liveness: 'live', failures: 0, lostAt: null })
  })

  it('a stream that opened and told nothing for three heartbeats is dead', () => {
    const state = stateAfter({ kind: 'opened', at: AT })
    expect(isSilent(state, AT + SILENT_AFTER_MS)).toBe(false)
    expect(isSilent(state, AT + SILENT_AFTER_MS + 1)).toBe(true)
  })

  it('tries again soon, then more and more rarely', () => {
    expect([1, 2, 3, 4, 20].map(pauseBeforeTry)).toEqual([500, 1_000, 2_000, 4_000, 15_000])
  })
})

describe('what is asked again', () => {
  const rollback = { kind: 'rollback' as const, ids: ['r1'] }
  it.each([
    [['rollbacks', 'list', { open: 'true' }], rollback, true],
    [['rollbacks', 'r1'], rollback, true],
    [['rollbacks', 'r2'], rollback, false],
    [['incidents', 'i1'], rollback, true],
    [['workloads', 'shop/Deployment/checkout'], rollback, true],
    [['control'], rollback, false],
    [['control'], { kind: 'control' as const, ids: ['1'] }, true],
    [['workloads', 'shop/Deployment/checkout'], { kind: 'workload' as const, ids: ['w1'] }, true],
    [['anything'], { kind: 'resync' as const, ids: [] }, true],
  ])('%j at %j: %s', (key, change, expected) => expect(isTouched(key, change)).toBe(expected))
})

describe('lines of the stream', () => {
  it('are put together from pieces of any size', () => {
    const read = lineReader()
    expect(read('retry: 2000\n\nda')).toEqual([])
    expect(read('ta: {"kind":"control"}\n')).toEqual([{ kind: 'data', text: '{"kind":"control"}' }])
    expect(read('\n: still here\r\n')).toEqual([{ kind: 'beat' }])
  })
})
