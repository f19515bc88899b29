import { expect, test } from 'vitest'
import { aReading } from '../testing/builders.ts'
import { conditionBefore } from './condition-before.ts'
import type { Measurement } from './signal.ts'

const calm = aReading({ value: 0 })
const there = aReading({ value: 1 })
const nothing = aReading({ value: null })

test.each<[string, Measurement, string]>([
  ['well under the threshold', calm, 'absent'],
  ['not a number', aReading({ value: Number.NaN }), 'unknown'],
  ['too much, in too few requests', aReading({ value: 0.5, requests: 2 }), 'unknown'],
  ['nothing, in too few requests', aReading({ value: 0, requests: 2 }), 'absent'],
  ['a threshold of zero that was not passed', aReading({ value: 0, threshold: 0 }), 'absent'],
  ['a threshold of zero that was passed', aReading({ value: 1, threshold: 0 }), 'there'],
  ['a lower bound that held', aReading({ value: 0.999, comparison: '<', threshold: 0.99 }), 'absent'],
  ['a lower bound that did not hold', aReading({ value: 0.98, comparison: '<', threshold: 0.99 }), 'there'],
  ['something that cannot be read', { kind: 'unreadable', expression: 'x', why: 'y' }, 'unknown'],
  ['all of several, one of which was calm', { kind: 'all', parts: [there, nothing, calm] }, 'absent'],
  ['all of several, all of which were there', { kind: 'all', parts: [there, there] }, 'there'],
  ['all of several, one of which is unknown', { kind: 'all', parts: [there, nothing] }, 'unknown'],
  ['any of several, one of which was there', { kind: 'any', parts: [calm, nothing, there] }, 'there'],
  ['any of several, all of which were calm', { kind: 'any', parts: [calm, calm] }, 'absent'],
  ['any of several, one of which is unknown', { kind: 'any', parts: [calm, nothing] }, 'unknown'],
  ['none at all', { kind: 'all', parts: [] }, 'unknown'],
])('%s', (_, measurement, state) => {
  expect(conditionBefore(measurement, 20).state).toBe(state)
})
