import { expect, test } from 'vitest'
import { z } from 'zod'
import { NO_CLOCKS } from '../core/clocks.ts'
import type { Rollback } from '../core/rollback.ts'
import { getRollback, listRollbacks, postRollback } from './rollback.ts'

const CHECKOUT = { namespace: 'shop', kind: 'Deployment', name: 'checkout' } as const
const REVISION = { uid: 'rs-1', hash: 'abc', number: 1, templateFingerprint: 't', materialFingerprint: 'm', images: ['shop/checkout:1'] }

function aRollback(overrides: Partial<Rollback> = {}): Rollback {
  return {
    id: 'r-1',
    version: 1,
    phase: 'succeeded',
    workloadId: 'w-1',
    workload: CHECKOUT,
    deploymentUid: 'd-1',
    incidentId: null,
    decisionId: 'c-1',
    trigger: 'alert',
    reason: 'HighErrorRate',
    actor: { kind: 'engine' },
    dryRun: false,
    condemns: true,
    from: { ...REVISION, uid: 'rs-2', number: 2 },
    to: REVISION,
    generation: 4,
    bakeTimeMs: 120_000,
    minRequests: 20,
    clocks: NO_CLOCKS,
    openedAt: 0,
    phaseSince: 0,
    nextStepAt: null,
    expiresAt: null,
    verification: null,
    outcome: { reason: 'healthy_for_bake_time', detail: null },
    endedAt: 0,
    ...overrides,
  }
}

test('the clocks are ISO 8601 and carry the parts that they add up to', () => {
  const clocks = {
    ...NO_CLOCKS,
    startedAt: 1_000,
    startedAtSource: 'active_at' as const,
    receivedAt: 3_000,
    decidedAt: 3_100,
    restoredAt: 9_000,
    mitigatedAt: 9_500,
  }
  const wire = z.encode(getRollback.reply, {
    rollback: aRollback({ clocks }),
    timeline: [],
    evidence: null,
    together: null,
    judgement: null,
  })
  expect(wire.rollback.clocks).toMatchObject({
    startedAt: '1970-01-01T00:00:01.000Z',
    undoneAt: null,
    parts: { detectMs: 2_000, decideMs: 100, executeMs: 5_900, recoverMs: 500, mttrMs: 8_500, verifyMs: null },
  })
  expect(z.decode(getRollback.reply, wire).rollback.clocks).toMatchObject(clocks)
})

test('what verification saw goes with one rollback, down to the measurement, and stays out of lists', () => {
  const measurement = {
    kind: 'comparison' as const,
    expression: 'error_ratio',
    comparison: '>' as const,
    threshold: 0.05,
    value: 0.01,
    samples: 8,
    requests: 200,
  }
  const rollback = aRollback({
    verification: {
      restartBaseline: { 'checkout-1': 0 },
      stretch: { health: 'healthy', since: 0, windowStart: 0 },
      reading: { health: 'healthy', reason: 'signals_healthy', windowStart: 0 },
      seen: {
        rollout: { state: 'complete' },
        pods: [{ name: 'checkout-1', node: 'n1', ready: true, restarts: 0, reason: null }],
        signals: [{ name: 'HighErrorRate', health: 'healthy', reason: 'within_threshold', windowStart: 0, measurement }],
        alerts: [{ name: 'HighErrorRate', firing: false, settlesAt: 60_000 }],
      },
    },
  })
  const one = z.encode(getRollback.reply, { rollback, timeline: [], evidence: null, together: null, judgement: null })
  expect(one.rollback.verification).toMatchObject({
    stretch: { since: '1970-01-01T00:00:00.000Z' },
    seen: { signals: [{ measurement }], alerts: [{ settlesAt: '1970-01-01T00:01:00.000Z' }] },
  })
  const list = z.encode(listRollbacks.reply, { items: [rollback], nextCursor: null })
  expect(list.items[0]).toMatchObject({ id: 'r-1', workload: CHECKOUT })
  expect(list.items[0]).not.toHaveProperty('verification')
})

test('a timeline event keeps its values, instants among them as ISO 8601', () => {
  const event = {
    id: 'e',
    kind: 'decided' as const,
    at: 0,
    actor: { kind: 'engine' as const },
    data: { deployedAt: 5, target: 3 },
    incidentId: null,
    rollbackId: 'r-1',
  }
  const wire = z.encode(getRollback.reply, { rollback: aRollback(), timeline: [event], evidence: null, together: null, judgement: null })
  expect(wire.timeline[0]).toMatchObject({ at: '1970-01-01T00:00:00.000Z', data: { deployedAt: '1970-01-01T00:00:00.005Z', target: 3 } })
})

test('a list is asked for by phase, openness and workload', () => {
  const query = { phase: 'verifying', open: 'true', namespace: 'shop', name: 'checkout', limit: '2' }
  expect(listRollbacks.query.parse(query)).toEqual({ phase: 'verifying', open: true, workload: CHECKOUT, cursor: null, limit: 2 })
  expect(listRollbacks.query.parse({})).toEqual({ phase: null, open: null, workload: null, cursor: null, limit: 50 })
})

test.each([
  ['a phase that does not exist', { phase: 'done' }, 'phase'],
  ['a workload of half a name', { namespace: 'shop' }, 'name'],
])('%s is refused and the parameter named', (_case, query, path) => {
  expect(listRollbacks.query.safeParse(query).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

test('a rollback by hand chooses its target and condemns nothing unless told', () => {
  expect(postRollback.body.parse({ workload: CHECKOUT, reason: 'checkout answers 500' })).toEqual({
    workload: CHECKOUT,
    toRevisionUid: null,
    reason: 'checkout answers 500',
    condemn: false,
  })
})

test.each<[string, unknown, string]>([
  ['a workload of a kind that is not watched', { workload: { ...CHECKOUT, kind: 'StatefulSet' }, reason: 'why' }, 'workload.kind'],
  ['no reason', { workload: CHECKOUT }, 'reason'],
  ['no workload', { reason: 'why' }, 'workload'],
])('a rollback by hand with %s is refused and the field named', (_case, body, path) => {
  expect(postRollback.body.safeParse(body).error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})
