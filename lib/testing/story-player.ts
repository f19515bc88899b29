import { CONFIGURATION } from '../core/actor.ts'
import type { DecisionRecord } from '../core/decision.ts'
import { completeOf, stintsUntil, templateOf } from '../core/story/history-of-story.ts'
import { inPrometheus, outsideOf, readingAt } from '../core/story/outside-of-story.ts'
import { labelsOf } from '../core/story/resolution-of-story.ts'
import type { DeployTold, PodTold, Story } from '../core/story/story.ts'
import { isWithin, MINUTE_ZERO, type Time } from '../core/story/story-time.ts'
import type { PodState } from '../core/workload.ts'
import { MODE_ANNOTATION } from '../core/workload.ts'
import { EngineWorld } from './engine-world.ts'
import { aRule } from './fake-metrics.ts'

/** Plays a story to the engine on fakes: what its cluster, Prometheus and Alertmanager say follows from the story, second by second. */
export class StoryPlayer extends EngineWorld {
  readonly story: Story
  override prometheusAgrees = false

  constructor(story: Story) {
    super()
    this.story = story
  }

  /** Up to the delivery of its alert, and what was decided then. */
  async begin(): Promise<DecisionRecord> {
    const { alert, deploys, deployments, services, workload, modeAnnotation, deploymentPaused } = this.story
    const { fired, received = fired } = alert
    await this.#steer()
    this.metrics.load(aRule({ name: alert.rule.name, labels: {}, expression: `${alert.rule.name} > x` }))
    this.cluster.rollsOutAtOnce = false
    for (const [index, told] of deploys.entries()) this.#deploy(told, Math.min(received, deploys[index + 1]?.at ?? received))
    for (const other of deployments) this.cluster.deploy(other, { image: 'other:1' })
    for (const [name, selected] of Object.entries(services)) {
      const [namespace = '', service = ''] = name.split('/')
      this.cluster.service(namespace, service, selected)
    }
    if (modeAnnotation !== undefined) this.cluster.annotate(workload, { [MODE_ANNOTATION]: modeAnnotation })
    if (deploymentPaused) this.cluster.pause(workload)
    this.now = MINUTE_ZERO + received
    this.#tell()
    await this.deliver({ labels: labelsOf(this.story), startsAt: MINUTE_ZERO + fired })
    return this.decision
  }

  /** The last decision at that time. */
  async at(time: Time): Promise<DecisionRecord> {
    await this.pass(MINUTE_ZERO + time - this.now)
    return this.decision
  }

  override evaluate(id: string): Promise<string | null> {
    this.#tell()
    return super.evaluate(id)
  }

  async #steer(): Promise<void> {
    const { control, policy } = this.story
    await this.configure({ dryRun: control.dryRun ?? false, policy: { mode: 'auto', ...policy } })
    const { disabled = false, paused } = control
    const until = paused === undefined || paused.to === null ? null : MINUTE_ZERO + paused.to
    const pause = { scope: { level: 'cluster' as const }, reason: 'the story says so', actor: CONFIGURATION, since: this.now, until }
    await this.store.transaction(async (tx) => {
      const { version } = await tx.control('update')
      await tx.updateControl(version, { enabled: !disabled, pauses: paused === undefined ? [] : [pause] })
    })
  }

  #deploy(told: DeployTold, until: Time): void {
    this.now = MINUTE_ZERO + told.at
    this.cluster.deploy(this.story.workload, { image: told.image, whole: templateOf(this.story, told) })
    if (completeOf(told) > until) return
    this.now = MINUTE_ZERO + completeOf(told)
    this.#complete()
  }

  /** The controller prunes when a rollout is complete. */
  #complete(): void {
    const { workload, historyLimit } = this.story
    this.cluster.finishRollout(workload)
    const old = this.cluster.revisions(this.#ref()).slice(1 + historyLimit)
    for (const { uid } of old) this.cluster.prune(workload, uid)
  }

  #ref() {
    const [namespace = '', name = ''] = this.story.workload.split('/')
    return { namespace, kind: 'Deployment' as const, name }
  }

  /** What everybody says now. */
  #tell(): void {
    const at = this.now - MINUTE_ZERO
    const { story, cluster, metrics } = this
    cluster.synced = !isWithin(story.silent.kubernetes, at)
    if (isWithin(story.silent.owners, at)) cluster.owners.set(story.workload.replace('/', '/Deployment/'), 'silent')
    else cluster.owners.clear()
    const answer = story.patch.findLast((one) => one.from <= at)?.answer ?? 'accepted'
    cluster.dryRunAnswer = answer === 'accepted' ? { kind: answer } : { kind: answer, message: 'as the API server said' }
    metrics.skewMs = story.clockSkew !== undefined && isWithin(story.clockSkew, at) ? story.clockSkew.by : 0
    if (story.deleted !== null && story.deleted <= at) {
      if (cluster.deployment(this.#ref()) !== null) cluster.remove(story.workload)
    } else this.#tellPods(at)
    this.#tellPrometheus(at)
    this.#tellAlertmanager(at)
  }

  #tellPods(at: Time): void {
    const { pods, workload } = this.story
    const seen = pods.filter(({ from }) => from === undefined || from <= at)
    for (const { uid, images } of this.cluster.revisions(this.#ref())) {
      const own = seen.filter(({ image }) => images.includes(image))
      if (pods.length > 0) this.cluster.setPods(workload, uid, own.map(podOf))
    }
  }

  #tellPrometheus(at: Time): void {
    const { story, metrics } = this
    const { rule, began } = story.alert
    metrics.isConfigured = !story.notConfigured.includes('prometheus')
    metrics.down = isWithin(story.silent.prometheus, at)
    metrics.activeAlerts.length = 0
    const state = inPrometheus(story, at)
    if (state !== 'absent') metrics.fires(labelsOf(story), MINUTE_ZERO + began, state)
    for (const pod of story.pods.filter(({ isAlerting }) => isAlerting)) {
      metrics.fires({ ...labelsOf(story), pod: pod.name }, MINUTE_ZERO + began)
    }
    for (const other of story.others.filter((one) => one.began <= at)) {
      const [namespace = '', , deployment = ''] = other.workload.split('/')
      if (this.cluster.deployment({ namespace, kind: 'Deployment', name: deployment }) === null) {
        this.cluster.deploy(`${namespace}/${deployment}`, { image: 'other:1' })
      }
      metrics.fires({ alertname: 'Other', namespace, deployment }, MINUTE_ZERO + other.began)
    }
    const deployedAt = stintsUntil(story, at).at(-1)?.told.at ?? at
    metrics.measuredBefore.set(rule.name, readingAt(story, deployedAt))
    metrics.measuredNow.set(rule.name, readingAt(story, at))
    const { before } = outsideOf(story, at, null)
    if (before.state === 'read' && before.lastActiveAt !== null) metrics.pastActive.set(rule.name, before.lastActiveAt)
  }

  #tellAlertmanager(at: Time): void {
    const { story, alertmanager } = this
    const { alertmanager: said } = outsideOf(story, at, null)
    alertmanager.isConfigured = !story.notConfigured.includes('alertmanager')
    alertmanager.down = said.state === 'silent'
    alertmanager.routed.length = 0
    alertmanager.silences.clear()
    const isSilenced = said.state === 'silenced'
    if (isSilenced || said.state === 'firing') {
      alertmanager.routed.push({ labels: labelsOf(story), silencedBy: isSilenced ? ['silence'] : [] })
    }
    if (isSilenced && said.silencedUntil !== null) alertmanager.silences.set('silence', said.silencedUntil)
  }
}

function podOf({ name, node, state, restarts = 0 }: PodTold): PodState {
  const reason = state === 'starting' ? 'ContainerCreating' : state
  return state === 'well' ? { name, node, ready: true, restarts, reason: null } : { name, node, ready: false, restarts, reason }
}
