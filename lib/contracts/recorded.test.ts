import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonValue } from '../core/json.ts'
import { recordedAs, recordedValues } from './recorded.ts'

const recordedJson = recordedAs<JsonValue>()

test.each<[string, JsonValue, JsonValue]>([
  ['an instant is ISO 8601 on the wire', { deployedAt: 0 }, { deployedAt: '1970-01-01T00:00:00.000Z' }],
  ['at any depth', { dryRun: [{ until: 5, on: true }] }, { dryRun: [{ until: '1970-01-01T00:00:00.005Z', on: true }] }],
  ['a number under another name stays one', { cooldownMs: 900_000, target: 7 }, { cooldownMs: 900_000, target: 7 }],
  ['an instant that nobody saw stays null', { completedAt: null }, { completedAt: null }],
  ['an object under such a name is walked through', { at: { since: 5 } }, { at: { since: '1970-01-01T00:00:00.005Z' } }],
  ['a number that no calendar has stays as it is', { endsAt: 9e15 }, { endsAt: 9e15 }],
])('recorded JSON goes to the wire and back unchanged: %s', (_case, record, wire) => {
  expect(z.encode(recordedJson, record)).toEqual(wire)
  expect(z.decode(recordedJson, wire)).toEqual(record)
})

test('a text under an instant’s name that is no instant stays a text', () => {
  expect(z.decode(recordedValues, { at: 'noon', startsAt: '2024' })).toEqual({ at: 'noon', startsAt: '2024' })
})

test('values that are no object are refused on the wire', () => {
  expect(recordedValues.safeParse('text').success).toBe(false)
})
