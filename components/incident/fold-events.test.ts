import { expect, test } from 'vitest'
import type { TimelineEvent, TimelineKind } from '../../lib/core/timeline.ts'
import { foldEvents } from './fold-events.ts'

function event(at: number, kind: TimelineKind, data: TimelineEvent['data'] = {}): TimelineEvent {
  return { id: String(at), at, kind, actor: { kind: 'engine' }, data, incidentId: 'i', rollbackId: null }
}
const fired = (at: number, alert = 'Crash') => event(at, 'alert_fired', { alert })
const decided = (at: number, reason = 'no_target') => event(at, 'decided', { reason, decisionId: `d${at}` })
const told = (events: TimelineEvent[]) => foldEvents(events).map(({ event, count, lastAt }) => [event.at, count, lastAt])

test('alerts and decisions that say the same are told once, with how often and when last', () => {
  expect(told([fired(1), decided(2), fired(3), decided(4), fired(5), decided(6)])).toEqual([
    [1, 3, 5],
    [2, 3, 6],
  ])
})

test('another alert or another reason is told for itself', () => {
  expect(told([fired(1), fired(2, 'Errors'), decided(3), decided(4, 'cooling_down')])).toHaveLength(4)
})

test('what happens again after something else happened is told again', () => {
  expect(told([decided(1), event(2, 'undone'), decided(3)])).toEqual([
    [1, 1, 1],
    [2, 1, 2],
    [3, 1, 3],
  ])
})

test('what was done is never folded', () => {
  expect(told([event(1, 'undoing'), event(2, 'undoing')])).toHaveLength(2)
})
