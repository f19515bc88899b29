import { randomUUID } from 'node:crypto'
import type { Actor } from '../../lib/core/actor.ts'
import type { Labels } from '../../lib/core/alert.ts'
import type { Caller } from '../../lib/core/audit.ts'
import type { Instant } from '../../lib/core/json.ts'
import { templateReferences } from '../../lib/core/template-references.ts'
import type { WorkloadRef } from '../../lib/core/workload.ts'
import { advanceRollback } from '../../lib/engine/advance-rollback.ts'
import { evaluateAlert } from '../../lib/engine/evaluate-alert.ts'
import { ingestAlerts } from '../../lib/engine/ingest-alerts.ts'
import { recordDeploys, type StoredDeploys } from '../../lib/engine/record-deploys.ts'
import { sweep } from '../../lib/engine/sweep.ts'
import type { Deps, JobName, Store, Tx } from '../../lib/ports.ts'
import { FakeAlertmanager } from '../../lib/testing/fake-alertmanager.ts'
import { FakeCluster } from '../../lib/testing/fake-cluster.ts'
import { refOf } from '../../lib/testing/fake-deployment.ts'
import { aMeasurement, FakeMetrics } from '../../lib/testing/fake-metrics.ts'
import { alertingSignal, SIGNAL_NAMES, type SignalName } from './history-signals.ts'
import { podTemplate } from './pod-template.ts'

/** Fine enough for clocks that people read in seconds, and coarse where nothing is read any more. */
const FINE_STEP_MS = 2_000
const FINE_FOR_MS = 3 * 60_000
const COARSE_STEP_MS = 20_000

/** Where alerts of the demo's past come from. */
const PROMETHEUS_LINK = 'http://prometheus.demo.example/graph'

export interface PastAlert {
  name: SignalName
  workload: string
  summary: string
}

/**
 * The past of the demo: the real engine decides, acts and verifies on a cluster and a Prometheus in memory, with a clock that runs
 * in small steps, and stores what it did in the real database. So every row of the demo's two weeks was
 * made by the code that makes tomorrow's.
 */
export class HistoryWorld {
  now: Instant
  readonly cluster: FakeCluster
  readonly metrics = new FakeMetrics()
  readonly deps: Deps
  readonly #values = new Map<string, () => number>()
  readonly #jobs = new Map<string, { job: JobName; id: string; at: Instant }>()
  readonly #stored: StoredDeploys = new Map()
  readonly #looks: Promise<void>[] = []

  constructor(options: { store: Store; from: Instant; read: Deps['read'] }) {
    this.now = options.from
    this.cluster = new FakeCluster({ now: () => this.now, uid: () => randomUUID() })
    this.cluster.rollsOutAtOnce = false
    this.deps = {
      cluster: this.cluster,
      metrics: this.metrics,
      alertmanager: new FakeAlertmanager(),
      store: this.#jobsKeptHere(options.store),
      read: options.read,
      meter: { delivery() {}, alerts() {}, decided() {}, rollbackOpened() {}, rollbackEnded() {}, upstream() {} },
      // The clock stands still until a look is kept: a second later its pods may be others.
      looks: {
        isFree: () => false,
        share: (_, __, look) => look(),
        run: ({ work }) => void this.#looks.push(work()),
        stop: async () => {},
      },
      log: { debug() {}, info() {}, warn() {}, error() {} },
      now: () => this.now,
      reached() {},
    }
    for (const name of SIGNAL_NAMES) this.#load(name)
  }

  refOf(workload: string): WorkloadRef {
    return refOf(workload)
  }

  /** What the alert's rule measures for its workload from now on. */
  measure({ name, workload }: PastAlert, value: () => number): void {
    this.#values.set(`${workload}/${name}`, value)
  }

  /** Deploys an image and lets it roll out in `rolloutMs`. */
  async deploy(workload: string, image: string, rolloutMs = 20_000): Promise<void> {
    const { namespace, name } = this.refOf(workload)
    const whole = podTemplate(name, image)
    for (const configMap of templateReferences(whole).configMaps) this.#writeConfigMap(`ConfigMap ${namespace}/${configMap}`)
    this.cluster.deploy(workload, { image, whole })
    await recordDeploys(this.deps, this.#stored)
    await this.pass(rolloutMs)
    await this.finishRollout(workload)
  }

  #writeConfigMap(key: string): void {
    const known = this.cluster.configs.get(key)
    const createdAt = typeof known === 'object' ? known.createdAt : this.now
    this.cluster.configs.set(key, { resourceVersion: String(this.now), createdAt, writtenAt: this.now, tellsWrites: true })
  }

  async finishRollout(workload: string): Promise<void> {
    this.cluster.finishRollout(workload)
    await recordDeploys(this.deps, this.#stored)
  }

  /** The condition has held since `activeAt`; Alertmanager tells of it now. */
  async fire(alert: PastAlert, activeAt: Instant): Promise<void> {
    this.metrics.fires(labelsOf(alert), activeAt)
    await this.#deliver(alert, { status: 'firing', startsAt: activeAt + alertingSignal(alert.name).forMs, endsAt: null })
  }

  async resolve(alert: PastAlert, activeAt: Instant): Promise<void> {
    this.metrics.clears(labelsOf(alert))
    await this.#deliver(alert, { status: 'resolved', startsAt: activeAt + alertingSignal(alert.name).forMs, endsAt: this.now })
  }

  /** Moves the clock on in small steps and works off what becomes due, as the sweeper and the queue do. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms
    const fineUntil = this.now + FINE_FOR_MS
    await this.#workOff()
    while (this.now < end) {
      this.now = Math.min(end, this.now + (this.now < fineUntil ? FINE_STEP_MS : COARSE_STEP_MS))
      await this.#workOff()
    }
  }

  /** Lets quiet days go by. */
  async passUntil(at: Instant): Promise<void> {
    if (at < this.now) throw new Error(`the past overlaps itself at ${new Date(at).toISOString()}`)
    this.now = at
    await this.#workOff()
  }

  caller(name: string): Caller {
    const actor: Actor = { kind: 'user', id: `demo-${name}`, name: `${name}@edgelink.example` }
    return { actor, address: null, requestId: null }
  }

  #load(name: SignalName): void {
    const rule = alertingSignal(name)
    this.metrics.load(rule, ({ labels }) => {
      const value = this.#values.get(`${labels['namespace']}/${labels['deployment']}/${name}`)?.() ?? 0
      return aMeasurement({ threshold: rule.threshold, comparison: '>', value })
    })
    // Its traffic goes up and down a little, and is to blame for nothing.
    if (name !== 'EdgeLinkPodCrashLooping') this.metrics.traffics.set(name, (at) => 96 + (Math.floor(at / 60_000) % 9))
  }

  async #deliver(alert: PastAlert, times: { status: 'firing' | 'resolved'; startsAt: Instant; endsAt: Instant | null }): Promise<void> {
    const labels = labelsOf(alert)
    const fingerprint = `demo-${alert.name}-${alert.workload}`
    const delivered = { fingerprint, labels, annotations: { summary: alert.summary }, generatorUrl: PROMETHEUS_LINK, ...times }
    await ingestAlerts(this.deps, { alerts: [delivered], rejected: [], truncated: 0 })
    await this.pass(100)
  }

  async #workOff(): Promise<void> {
    await sweep(this.deps)
    for (let due = this.#takeDue(); due.length > 0; due = this.#takeDue()) {
      for (const { job, id } of due) {
        await (job === 'evaluate-alert' ? evaluateAlert(this.deps, id) : advanceRollback(this.deps, id))
        await Promise.all(this.#looks.splice(0))
      }
    }
  }

  #takeDue() {
    const due = [...this.#jobs.values()].filter(({ at }) => at <= this.now)
    for (const { id } of due) this.#jobs.delete(id)
    return due
  }

  /** The real store, except that its jobs are worked off here and not by the application that will start later. */
  #jobsKeptHere(store: Store): Store {
    const keep = (job: JobName, id: string, at: Instant) => {
      const known = this.#jobs.get(id)
      if (known === undefined || at < known.at) this.#jobs.set(id, { job, id, at })
    }
    return {
      ping: () => store.ping(),
      transaction: (work) =>
        store.transaction((tx) =>
          work(
            new Proxy(tx, {
              get: (target, name: keyof Tx) => {
                if (name !== 'enqueue') return target[name]
                return async (job: JobName, id: string, runAt?: Instant) => keep(job, id, runAt ?? this.now)
              },
            }),
          ),
        ),
    }
  }
}

/** The rule's own labels are on the alert in Prometheus too. */
function labelsOf({ name, workload }: PastAlert): Labels {
  const [namespace = '', deployment = ''] = workload.split('/')
  return { alertname: name, namespace, deployment, service: deployment, severity: 'critical', auto_rollback: 'true' }
}
