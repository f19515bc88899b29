import { expect, test } from 'vitest'
import { NO_CLOCKS } from '../../core/clocks.ts'
import type { Gauges } from '../../core/gauges.ts'
import type { Rollback } from '../../core/rollback.ts'
import { createMeter } from './meter.ts'

const NOTHING_KNOWN: Gauges = {
  automationPaused: null,
  dryRun: null,
  breakerOpen: null,
  heartbeatAgeSeconds: [],
  queue: [],
  oldestDueAgeSeconds: null,
  upstreams: [],
}

const revision = { uid: 'u', hash: 'h', number: 1, templateFingerprint: 't', materialFingerprint: 'm', images: [] }

function aRollback(changes: Partial<Rollback> = {}): Rollback {
  return {
    id: 'r',
    version: 1,
    phase: 'pending',
    workloadId: 'w',
    workload: { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' },
    deploymentUid: 'd',
    incidentId: null,
    decisionId: 'e',
    trigger: 'alert',
    reason: 'HighErrorRate',
    actor: { kind: 'engine' },
    dryRun: false,
    condemns: true,
    from: revision,
    to: revision,
    generation: 1,
    bakeTimeMs: 1,
    minRequests: 1,
    clocks: NO_CLOCKS,
    openedAt: 0,
    phaseSince: 0,
    nextStepAt: null,
    expiresAt: null,
    verification: null,
    outcome: null,
    endedAt: null,
    ...changes,
  }
}

const LABELS = 'namespace="edgelink",workload="checkout",trigger="alert",reason="HighErrorRate"'

async function linesOf(meter: ReturnType<typeof createMeter>, gauges: Partial<Gauges> = {}): Promise<string[]> {
  return (await meter.registry.text({ ...NOTHING_KNOWN, ...gauges })).split('\n')
}

test('an opened rollback shows its labels at zero, so that a rate sees the first end', async () => {
  const meter = createMeter('edgelink')
  meter.rollbackOpened(aRollback())
  const lines = await linesOf(meter)
  expect(lines).toContain(`edgelink_rollback_total{${LABELS}} 0`)
  expect(lines).toContain(`edgelink_rollback_success_total{${LABELS}} 0`)
  expect(lines).toContain(`edgelink_rollback_unverified_total{${LABELS}} 0`)
  expect(lines).toContain(`edgelink_rollback_duration_seconds_count{${LABELS}} 0`)
})

test('a success counts in both, with the time from the decision to the recovery', async () => {
  const meter = createMeter('edgelink')
  meter.rollbackEnded(aRollback({ phase: 'succeeded', clocks: { ...NO_CLOCKS, decidedAt: 1_000, mitigatedAt: 41_000 }, endedAt: 200_000 }))
  const lines = await linesOf(meter)
  expect(lines).toContain(`edgelink_rollback_total{${LABELS}} 1`)
  expect(lines).toContain(`edgelink_rollback_success_total{${LABELS}} 1`)
  expect(lines).toContain(`edgelink_rollback_duration_seconds_sum{${LABELS}} 40`)
})

test('a failure counts, and lasts until its end', async () => {
  const meter = createMeter('edgelink')
  meter.rollbackOpened(aRollback())
  meter.rollbackEnded(aRollback({ phase: 'failed', clocks: { ...NO_CLOCKS, decidedAt: 0 }, endedAt: 90_000 }))
  const lines = await linesOf(meter)
  expect(lines).toContain(`edgelink_rollback_total{${LABELS}} 1`)
  expect(lines).toContain(`edgelink_rollback_success_total{${LABELS}} 0`)
  expect(lines).toContain(`edgelink_rollback_duration_seconds_sum{${LABELS}} 90`)
})

test('an unverified one is counted apart', async () => {
  const meter = createMeter('edgelink')
  meter.rollbackOpened(aRollback())
  meter.rollbackEnded(aRollback({ phase: 'unverified' }))
  const lines = await linesOf(meter)
  expect(lines).toContain(`edgelink_rollback_total{${LABELS}} 0`)
  expect(lines).toContain(`edgelink_rollback_unverified_total{${LABELS}} 1`)
})

test.each(['superseded', 'aborted', 'declined', 'expired'] as const)('one that ended %s was not ours to count', async (phase) => {
  const meter = createMeter('edgelink')
  meter.rollbackEnded(aRollback({ phase }))
  expect((await linesOf(meter)).filter((line) => line.startsWith('edgelink_rollback_'))).toEqual([])
})

test('a dry run counts nowhere', async () => {
  const meter = createMeter('edgelink')
  meter.rollbackOpened(aRollback({ dryRun: true }))
  meter.rollbackEnded(aRollback({ dryRun: true, phase: 'failed' }))
  expect((await linesOf(meter)).filter((line) => line.startsWith('edgelink_rollback_'))).toEqual([])
})

test('a person’s words are no label', async () => {
  const meter = createMeter('edgelink')
  meter.rollbackEnded(aRollback({ phase: 'succeeded', trigger: 'person', reason: 'it was slow' }))
  expect((await linesOf(meter)).join('\n')).toContain('reason="by_hand"')
})

test('deliveries, alerts and decisions are counted by what became of them', async () => {
  const meter = createMeter('edgelink')
  meter.delivery(200)
  meter.delivery(401)
  meter.alerts('accepted', 3)
  meter.decided({ verdict: 'hold', effect: 'none', reason: 'paused' })
  const lines = await linesOf(meter)
  expect(lines).toContain('edgelink_webhook_deliveries_total{code="200"} 1')
  expect(lines).toContain('edgelink_webhook_deliveries_total{code="401"} 1')
  expect(lines).toContain('edgelink_webhook_deliveries_total{code="503"} 0')
  expect(lines).toContain('edgelink_webhook_alerts_total{outcome="accepted"} 3')
  expect(lines).toContain('edgelink_decision_total{verdict="hold",effect="none",reason="paused"} 1')
})

test('gauges show what is known now', async () => {
  const lines = await linesOf(createMeter('edgelink'), {
    automationPaused: true,
    dryRun: false,
    breakerOpen: true,
    heartbeatAgeSeconds: [{ name: 'Watchdog', seconds: 12.5 }],
    queue: [{ job: 'advance-rollback', queued: 2, active: 1 }],
    oldestDueAgeSeconds: 0,
    upstreams: [{ name: 'kubernetes', isUp: true }],
  })
  expect(lines).toEqual(
    expect.arrayContaining([
      'edgelink_automation_paused 1',
      'edgelink_dry_run 0',
      'edgelink_breaker_open 1',
      'edgelink_heartbeat_age_seconds{name="Watchdog"} 12.5',
      'edgelink_queue_depth{job="advance-rollback",state="queued"} 2',
      'edgelink_queue_depth{job="advance-rollback",state="active"} 1',
      'edgelink_oldest_due_age_seconds 0',
      'edgelink_upstream_up{upstream="kubernetes"} 1',
    ]),
  )
})

test('what is not known any more leaves a gap, never an old value', async () => {
  const meter = createMeter('edgelink')
  await meter.registry.text({ ...NOTHING_KNOWN, automationPaused: true, dryRun: true, breakerOpen: true, oldestDueAgeSeconds: 3 })
  const samples = (await linesOf(meter)).filter((line) => !line.startsWith('#'))
  expect(samples.filter((line) => /automation_paused|dry_run|breaker|oldest_due/.test(line))).toEqual([])
})

test('every name begins with the configured prefix', async () => {
  const names = (await linesOf(createMeter('acme'))).filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2])
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter((name) => !name?.startsWith('acme_'))).toEqual([])
})
