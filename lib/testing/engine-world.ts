import type { Alert, Labels } from '../core/alert.ts'
import type { Caller } from '../core/audit.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { KillPoint } from '../core/kill-point.ts'
import type { PolicyFields } from '../core/policy.ts'
import type { Rollback } from '../core/rollback.ts'
import type { TimelineKind } from '../core/timeline.ts'
import { advanceRollback } from '../engine/advance-rollback.ts'
import { evaluateAlert } from '../engine/evaluate-alert.ts'
import { ingestAlerts } from '../engine/ingest-alerts.ts'
import { createLooks } from '../engine/looks.ts'
import { sweep } from '../engine/sweep.ts'
import type { Deps, Meter, ReadModel } from '../ports.ts'
import { FakeAlertmanager } from './fake-alertmanager.ts'
import { FakeCluster } from './fake-cluster.ts'
import { aRule, FakeMetrics } from './fake-metrics.ts'
import { FakeStore } from './fake-store.ts'

/** Where every test begins: a fixed instant. */
export const T0 = Date.UTC(2026, 0, 5, 10, 0, 0)
export const SECOND = 1_000
export const MINUTE = 60_000

export const CALLER: Caller = { actor: { kind: 'user', id: 'u1', name: 'ada@example.test' }, address: '127.0.0.1', requestId: 'r1' }

/** What the meter counted, for tests that care. */
export interface Counted {
  decided: Pick<DecisionRecord, 'verdict' | 'effect' | 'reason'>[]
  ended: Rollback[]
}

/**
 * The engine on fakes, with the clock in the test's hands. `pass` moves the time second by second and works
 * off what is due, as the queue and the sweeper do.
 */
export class EngineWorld {
  now: Instant = T0
  readonly store = new FakeStore(() => this.now)
  readonly cluster = new FakeCluster({ now: () => this.now })
  readonly metrics = new FakeMetrics()
  readonly alertmanager = new FakeAlertmanager()
  readonly counted: Counted = { decided: [], ended: [] }
  /** Runs at a point between two effects; a throw there is a crash. */
  atPoint: (point: KillPoint) => void = () => {}
  /** False: Prometheus says only what the test makes it say. */
  prometheusAgrees = true
  readonly failures: unknown[] = []
  readonly deps: Deps = {
    cluster: this.cluster,
    metrics: this.metrics,
    alertmanager: this.alertmanager,
    store: this.store,
    read: unread(),
    meter: meterInto(this.counted),
    looks: createLooks(),
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: () => this.now,
    reached: (point) => this.atPoint(point),
  }

  /** Mode and dry run as a test needs them; dry run is on at the first start. */
  async configure({ dryRun = false, policy = {} }: { dryRun?: boolean; policy?: PolicyFields }): Promise<void> {
    await this.store.transaction(async (tx) => {
      const control = await tx.control('update')
      const { dryRun: before } = control
      await tx.updateControl(control.version, { dryRun: { ...before, on: dryRun } })
      await tx.savePolicy({ level: 'cluster' }, { mode: 'auto', ...policy }, 0)
    })
  }

  /** A delivery of one alert, worked on at once as the replica that stored it does. */
  async deliver(alert: Partial<Alert> & { labels: Labels }): Promise<void> {
    const { due } = await ingestAlerts(this.deps, { alerts: [this.alert(alert)], rejected: [], truncated: 0 })
    for (const id of due) await this.evaluate(id)
  }

  /** Decides one alert, with a Prometheus that says the same as the delivery, unless the test has made it say something. */
  async evaluate(id: string): Promise<string | null> {
    const agreed = this.prometheusAgrees && !this.metrics.down ? this.#agree() : () => {}
    try {
      return await evaluateAlert(this.deps, id)
    } finally {
      agreed()
    }
  }

  /** Only while it is decided: what fires later, and what a rule measures then, is the test's own business. */
  #agree(): () => void {
    const firing = this.store.tables.episodes.filter(({ status }) => status === 'firing')
    const undo = firing.flatMap(({ labels, startsAt }) => {
      const rule = aRule({ name: labels['alertname'] ?? '', labels: {}, expression: 'error_ratio > 0.05' })
      return [this.metrics.addAlert({ labels, state: 'firing', activeAt: startsAt }), this.metrics.addRule(rule)]
    })
    return () => {
      for (const one of undo) one()
    }
  }

  alert(alert: Partial<Alert> & { labels: Labels }): Alert {
    const labels = { auto_rollback: 'true', alertname: 'HighErrorRate', ...alert.labels }
    return {
      fingerprint: JSON.stringify(labels),
      status: 'firing',
      annotations: {},
      startsAt: this.now,
      endsAt: null,
      generatorUrl: '',
      ...alert,
      labels,
    }
  }

  /** Moves the clock and works off what becomes due. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms
    await this.workOff()
    while (this.now < end) {
      this.now = Math.min(end, this.now + SECOND)
      // A sweep that finds nothing copies every table first: an hour of seconds took ten of them on a busy machine.
      if (this.#isAnythingDue()) await this.workOff()
    }
  }

  #isAnythingDue(): boolean {
    const { episodes, rollbacks } = this.store.tables
    const dueAt = [...episodes.map((one) => one.nextEvaluationAt), ...rollbacks.map((one) => one.nextStepAt)]
    return this.store.jobs.some(({ runAt }) => runAt === null || runAt <= this.now) || dueAt.some((at) => at !== null && at <= this.now)
  }

  /** Works off everything that is due now. A handler that throws is tried again later, as a job is. */
  async workOff(): Promise<void> {
    for (let round = 0; round < 50; round += 1) {
      await sweep(this.deps).catch(() => {})
      const jobs = this.store.takeJobs(this.now)
      if (jobs.length === 0) return
      for (const { job, id } of jobs) {
        await (job === 'evaluate-alert' ? this.evaluate(id) : advanceRollback(this.deps, id)).catch((error) => {
          this.failures.push(error)
        })
      }
      if (this.failures.length > 20) throw new Error('the engine fails for ever', { cause: this.failures.at(-1) })
    }
    throw new Error('the engine finds no rest')
  }

  get rollback(): Rollback {
    const last = this.store.tables.rollbacks.at(-1)
    if (last === undefined) throw new Error('no rollback was opened')
    return last
  }

  get decision(): DecisionRecord {
    const last = this.store.tables.decisions.at(-1)
    if (last === undefined) throw new Error('nothing was decided')
    return last
  }

  timelineKinds(): TimelineKind[] {
    return this.store.tables.timeline.map(({ kind }) => kind)
  }
}

/** edgelink/checkout served 1.4.0 for an hour; 1.5.0 was deployed a minute ago and is bad. Acting, no dry run. */
export async function badDeployWorld(policy: PolicyFields = {}): Promise<EngineWorld> {
  const world = new EngineWorld()
  await world.configure({ policy })
  world.now = T0 - 60 * MINUTE
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.4.0' })
  world.now = T0 - MINUTE
  world.cluster.deploy('edgelink/checkout', { image: 'checkout:1.5.0' })
  world.now = T0
  return world
}

export const CHECKOUT: Labels = { namespace: 'edgelink', deployment: 'checkout' }

function meterInto(counted: Counted): Meter {
  return {
    delivery() {},
    alerts() {},
    decided: (decision) => counted.decided.push(decision),
    rollbackOpened() {},
    rollbackEnded: (rollback) => counted.ended.push(rollback),
    upstream() {},
  }
}

/** The engine's use cases that write read nothing through the read model. */
function unread(): ReadModel {
  return new Proxy({} as ReadModel, {
    get() {
      throw new SnapbackError('storage_unavailable', 'the read model is not part of this world')
    },
  })
}
