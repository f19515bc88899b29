import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { always } from '../testing/always.ts'
import { MINUTE, SECOND, T0 } from '../testing/builders.ts'
import { type Clocks, NO_CLOCKS, parts } from './clocks.ts'

const WHOLE: Clocks = {
  deployedAt: T0,
  startedAt: T0 + MINUTE,
  startedAtSource: 'active_at',
  receivedAt: T0 + 2 * MINUTE,
  decidedAt: T0 + 2 * MINUTE + SECOND,
  undoneAt: T0 + 2 * MINUTE + 2 * SECOND,
  restoredAt: T0 + 3 * MINUTE,
  mitigatedAt: T0 + 3 * MINUTE + 10 * SECOND,
  verifiedAt: T0 + 6 * MINUTE,
}

test('detect, decide, execute and recover run from clock to clock and add up to MTTR', () => {
  expect(parts(WHOLE)).toEqual({
    detectMs: MINUTE,
    decideMs: SECOND,
    executeMs: 59 * SECOND,
    recoverMs: 10 * SECOND,
    mttrMs: 2 * MINUTE + 10 * SECOND,
    verifyMs: 2 * MINUTE + 50 * SECOND,
    sinceDeployMs: 3 * MINUTE + 10 * SECOND,
  })
})

test('without clocks every part is empty', () => {
  expect(new Set(Object.values(parts(NO_CLOCKS)))).toEqual(new Set([null]))
})

test('a rollback by hand, whose trouble nobody saw begin, has no MTTR but its other parts', () => {
  expect(parts({ ...WHOLE, startedAt: null, startedAtSource: null, receivedAt: null })).toMatchObject({
    detectMs: null,
    decideMs: null,
    executeMs: 59 * SECOND,
    recoverMs: 10 * SECOND,
    mttrMs: null,
  })
})

test('whatever clocks were seen, the parts add up to MTTR or there is none', () => {
  const clock = fc.option(fc.integer({ min: 0, max: 1_000 }), { nil: null })
  const { startedAtSource: _source, ...instants } = NO_CLOCKS
  const clocks = fc.record(Object.fromEntries(Object.keys(instants).map((name) => [name, clock])))
  always(clocks, (seen) => {
    const { detectMs, decideMs, executeMs, recoverMs, mttrMs } = parts({ ...NO_CLOCKS, ...seen })
    const known = [detectMs, decideMs, executeMs, recoverMs].filter((part) => part !== null)
    expect(mttrMs).toBe(known.length === 4 ? known.reduce((sum, part) => sum + part, 0) : null)
  })
})
