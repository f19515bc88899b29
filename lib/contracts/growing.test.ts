import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Check } from '../core/decision.ts'
import { REASON_CODES } from '../core/reason.ts'
import type { TimelineEvent } from '../core/timeline.ts'
import { check } from './decision.ts'
import { growing } from './growing.ts'
import { timelineEvent } from './timeline.ts'

const written = <T>(record: unknown) => record as T

test('a timeline event of a kind that a newer replica wrote is told as it is', () => {
  const event = { id: 'e1', kind: 'sent_to_mars', at: 0, actor: { kind: 'webhook' }, data: {}, incidentId: 'i1', rollbackId: null }
  const wire = z.encode(timelineEvent, written<TimelineEvent>(event))
  expect(wire).toMatchObject({ kind: 'sent_to_mars' })
  expect(z.decode(timelineEvent, wire)).toEqual(event)
})

test('so is a check with a reason, and of a gate, that is not known here', () => {
  const one = { gate: 'moon_phase', answer: 'hold', reason: 'full_moon', values: {}, endsAt: null }
  const wire = z.encode(check, written<Check>(one))
  expect(z.decode(check, wire)).toEqual(one)
})

test('the description names the known words and says that there may be others', () => {
  expect(z.toJSONSchema(growing(REASON_CODES))).toMatchObject({
    anyOf: [{ type: 'string', enum: [...REASON_CODES] }, { type: 'string' }],
  })
})
