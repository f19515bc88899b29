import { Counter, Histogram, Registry } from 'prom-client'
import type { DecisionRecord } from '../../core/decision.ts'
import type { Gauges } from '../../core/gauges.ts'
import type { Rollback } from '../../core/rollback.ts'
import type { Exposition, Meter } from '../../ports.ts'
import { createGauges } from './gauges.ts'

/** From a few seconds to the hard limit of 15 minutes and beyond; 180 s and 300 s are what is promised. */
const DURATION_BUCKETS = [5, 10, 15, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1800]
const ROLLBACK_LABELS = ['namespace', 'workload', 'reason', 'trigger'] as const
/** Deliveries are rare, so a rate must see the first one of each kind: known codes start at zero. */
const DELIVERY_CODES = [200, 400, 401, 413, 415, 500, 503]
const ALERT_OUTCOMES = ['accepted', 'duplicate', 'ignored', 'rejected', 'truncated']

/** Counts what this process did and shows it. Names as in design.md, each after the prefix. */
export function createMeter(prefix: string): Meter & { registry: Exposition } {
  const registry = new Registry()
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `${prefix}_${name}`, help, labelNames, registers: [registry] })

  const deliveries = counter('webhook_deliveries_total', 'Deliveries of Alertmanager by the code of our answer', ['code'])
  const alerts = counter('webhook_alerts_total', 'Alerts in deliveries by what became of them', ['outcome'])
  const decisions = counter('decision_total', 'Decisions', ['verdict', 'effect', 'reason'])
  const ended = counter('rollback_total', 'Rollbacks that succeeded or failed', ROLLBACK_LABELS)
  const succeeded = counter('rollback_success_total', 'Rollbacks that were verified', ROLLBACK_LABELS)
  const unverified = counter('rollback_unverified_total', 'Rollbacks done but not shown to have helped or hurt', ROLLBACK_LABELS)
  const duration = new Histogram({
    name: `${prefix}_rollback_duration_seconds`,
    help: 'From the decision to the recovery, or to the end of a rollback that failed',
    labelNames: ROLLBACK_LABELS,
    buckets: DURATION_BUCKETS,
    registers: [registry],
  })
  const gauges = createGauges(prefix, registry)
  for (const code of DELIVERY_CODES) deliveries.inc({ code }, 0)
  for (const outcome of ALERT_OUTCOMES) alerts.inc({ outcome }, 0)

  return {
    delivery: (code) => deliveries.inc({ code }),
    alerts: (outcome, count) => alerts.inc({ outcome }, count),
    decided: ({ verdict, effect, reason }: Pick<DecisionRecord, 'verdict' | 'effect' | 'reason'>) =>
      decisions.inc({ verdict, effect, reason }),
    rollbackOpened(rollback) {
      if (rollback.dryRun) return
      for (const counted of [ended, succeeded, unverified]) counted.inc(labelsOf(rollback), 0)
      duration.zero(labelsOf(rollback))
    },
    rollbackEnded(rollback) {
      if (rollback.dryRun) return
      const labels = labelsOf(rollback)
      if (rollback.phase === 'unverified') unverified.inc(labels)
      if (rollback.phase !== 'succeeded' && rollback.phase !== 'failed') return
      ended.inc(labels)
      if (rollback.phase === 'succeeded') succeeded.inc(labels)
      const seconds = durationSeconds(rollback)
      if (seconds !== null) duration.observe(labels, seconds)
    },
    upstream: gauges.upstream,
    registry: {
      contentType: registry.contentType,
      text(now: Gauges) {
        gauges.set(now)
        return registry.metrics()
      },
    },
  }
}

function labelsOf({ workload, trigger, reason }: Rollback): Record<(typeof ROLLBACK_LABELS)[number], string> {
  // A person's words would make a time series each.
  return { namespace: workload.namespace, workload: workload.name, trigger, reason: trigger === 'person' ? 'by_hand' : reason }
}

function durationSeconds({ clocks, endedAt }: Rollback): number | null {
  const end = clocks.mitigatedAt ?? endedAt
  return clocks.decidedAt === null || end === null ? null : (end - clocks.decidedAt) / 1_000
}
