import { expect, test } from 'vitest'
import { z } from 'zod'
import { decide } from '../core/decide.ts'
import type { DecisionRecord, Facts } from '../core/decision.ts'
import { DEFAULT_POLICY } from '../core/policy.ts'
import { getDecision, listDecisions } from './decision.ts'

const AT = Date.parse('2026-02-01T10:00:00Z')
const REASON = 'checkout answers 500'

/** By hand, for a workload that is not there: the smallest facts that decide has an answer to. */
const FACTS: Facts = {
  at: AT,
  trigger: { kind: 'person', actor: { kind: 'token', id: 't', name: 'deploy bot' }, reason: REASON, toRevisionUid: null, condemn: false },
  resolution: { kind: 'none', tried: ['namespace+deployment'] },
  workload: null,
  policy: DEFAULT_POLICY,
  control: { enabled: true, paused: { until: AT + 1, scope: 'cluster' }, dryRun: true, mode: 'auto' },
  clockSkewMs: null,
}

const RECORD: DecisionRecord = {
  ...decide(FACTS),
  id: 'd-1',
  trigger: 'person',
  episodeId: null,
  incidentId: null,
  workloadId: null,
  workload: null,
  rollbackId: null,
  decidedAt: AT,
  facts: FACTS,
  judgement: null,
}

test('a decision of the engine fits the wire, with every check and its values', () => {
  const wire = z.encode(getDecision.reply, RECORD)
  expect(wire).toMatchObject({ verdict: 'escalate', reason: 'workload_not_found', decidedAt: '2026-02-01T10:00:00.000Z' })
  expect(wire.checks).toHaveLength(15)
  expect(wire.checks[1]).toMatchObject({ gate: 'workload_found', answer: 'hold', values: { tried: ['namespace+deployment'] } })
})

test('the facts go along as they were recorded, their instants as ISO 8601, and come back the same', () => {
  const wire = z.encode(getDecision.reply, RECORD)
  expect(wire.facts).toMatchObject({
    at: '2026-02-01T10:00:00.000Z',
    trigger: { reason: REASON },
    control: { paused: { until: '2026-02-01T10:00:00.001Z' } },
    policy: { cooldownMs: 900_000 },
  })
  expect(z.decode(getDecision.reply, wire).facts).toEqual(FACTS)
})

test('lists leave the facts out', () => {
  const wire = z.encode(listDecisions.reply, { items: [RECORD], nextCursor: null })
  expect(wire.items[0]).not.toHaveProperty('facts')
})
