import type { ConfigRef, ConfigSeen } from '../core/config-change.ts'
import type { DryRunAnswer } from '../core/decision.ts'
import type { ObservedDeploy } from '../core/deploy.ts'
import { upstreamError } from '../core/errors.ts'
import type { PodInspection } from '../core/evidence.ts'
import { type Instant, type JsonObject, type JsonValue, objectAt } from '../core/json.ts'
import { type Owner, ownerOf } from '../core/owner.ts'
import { materialText, templateImages, templateText } from '../core/template-fingerprint.ts'
import type { UndoOutcome, UndoRequest } from '../core/undo.ts'
import {
  type DeploymentState,
  IRREVERSIBLE_ANNOTATION,
  type PodState,
  type Revision,
  ROLLBACK_ID_ANNOTATION,
  revisionRef,
  type WorkloadRef,
  workloadKey,
} from '../core/workload.ts'
import type { Cluster } from '../ports.ts'
import { type FakeDeployment, type FakeRevision, fingerprintOf, podsOf, refOf, stateOf, toRevision } from './fake-deployment.ts'

/** What the next undo meets instead of an answer. `lost`: it arrived and was done, and its answer never came. */
export type UndoFailure = 'silent' | 'lost' | UndoOutcome

/** What a deploy runs: an image, and template annotations where a test needs them. */
export interface FakeTemplate {
  image: string
  annotations?: Record<string, string>
  /** Instead of a small one that has the image. */
  whole?: JsonObject
}

/** A cluster in memory for the engine's tests: the port's behaviour, with the world in the test's hands. */
export class FakeCluster implements Cluster {
  synced = true
  /** True: the caches stay as they are, as when a watch has died and nobody knows yet. */
  set frozen(isFrozen: boolean) {
    this.#cached = isFrozen ? structuredClone(this.#deployments) : this.#deployments
  }
  /** True: every call to the API server throws, as when it does not answer. */
  down = false
  skewMs: number | null = 0
  /** False: a rollout stays `progressing` until `finishRollout`. */
  rollsOutAtOnce = true
  /** What `dryRunUndo` answers; null: what the state says. */
  dryRunAnswer: DryRunAnswer | null = null
  /** One failure is taken by each undo, in order. */
  readonly undoFailures: UndoFailure[] = []
  /** What an admission webhook makes of a template that is patched in. */
  rewrite: ((template: JsonObject) => JsonObject) | null = null
  /** Runs between an undo's read and its patch: what comes in between. */
  beforePatch: (() => void) | null = null
  /** What the metadata of ConfigMaps and Secrets says, by `ConfigMap edgelink/settings`; the others are gone. And what was asked. */
  readonly configs = new Map<string, ConfigSeen>()
  readonly configsAsked: string[] = []
  /** What a look at a pod gives, by its name. */
  readonly inspections = new Map<string, PodInspection>()
  /** What owners' own objects say, by workload key, or that they say nothing; without one the marks say all. */
  readonly owners = new Map<string, Owner | 'silent'>()
  /** Every undo that was asked for. */
  readonly undos: UndoRequest[] = []

  readonly #now: () => Instant
  readonly #deployments = new Map<string, FakeDeployment>()
  readonly #services = new Map<string, WorkloadRef[]>()
  readonly #listeners = new Set<(workload: WorkloadRef) => void>()
  /** What the informers hold; the same, unless a test has frozen it. */
  #cached: ReadonlyMap<string, FakeDeployment> = this.#deployments
  #serial = 0

  readonly #uid: (kind: 'deployment' | 'rs') => string

  /** `uid`: how objects are named; by default in the order of their making. */
  constructor(options: { now(): Instant; uid?: (kind: 'deployment' | 'rs') => string }) {
    this.#now = options.now
    this.#uid = options.uid ?? ((kind) => `${kind}-${++this.#serial}`)
  }

  /* ---- what a test does to the world ---- */

  /** Deploys a template, making the Deployment on first sight. Returns the revision that is current now. */
  deploy(workload: WorkloadRef | string, { image, annotations, whole }: FakeTemplate): Revision {
    const ref = typeof workload === 'string' ? refOf(workload) : workload
    const deployment = this.#deployments.get(workloadKey(ref)) ?? this.#create(ref)
    deployment.generation += 1
    const metadata: JsonObject = { labels: { app: ref.name }, ...(annotations && { annotations }) }
    const revision = this.#roll(deployment, whole ?? { metadata, spec: { containers: [{ name: 'main', image }] } })
    this.#tell(ref)
    return revision
  }

  scale(workload: WorkloadRef | string, replicas: number): void {
    this.#change(workload, (deployment) => {
      deployment.replicas = replicas
      deployment.generation += 1
    })
  }

  pause(workload: WorkloadRef | string, paused = true): void {
    this.#change(workload, (deployment) => {
      deployment.paused = paused
      deployment.generation += 1
    })
  }

  annotate(workload: WorkloadRef | string, annotations: Record<string, string>): void {
    this.#change(workload, (deployment) => Object.assign(deployment.annotations, annotations))
  }

  /** Deletes the Deployment; deployed again, it has another uid. */
  remove(workload: WorkloadRef | string): void {
    const ref = typeof workload === 'string' ? refOf(workload) : workload
    this.#deployments.delete(workloadKey(ref))
    this.#tell(ref)
  }

  /** Takes a revision's ReplicaSet away, as `revisionHistoryLimit` does. */
  prune(workload: WorkloadRef | string, revisionUid: string): void {
    this.#change(workload, (deployment) => {
      deployment.revisions = deployment.revisions.filter((revision) => revision.uid !== revisionUid)
    })
  }

  setRollout(workload: WorkloadRef | string, rollout: FakeDeployment['rollout']): void {
    this.#change(workload, (deployment) => {
      deployment.rollout = rollout
      const deploy = deployment.deploys.at(-1)
      if (rollout === 'complete' && deploy) deploy.completedAt ??= this.#now()
    })
  }

  finishRollout(workload: WorkloadRef | string): void {
    this.setRollout(workload, 'complete')
  }

  /** Pods of a revision, instead of as many ready ones as there are replicas. */
  setPods(workload: WorkloadRef | string, revisionUid: string, pods: (Partial<PodState> & { name: string })[]): void {
    const whole = pods.map((pod) => ({ node: 'node-0', ready: true, restarts: 0, reason: null, ...pod }))
    this.#change(workload, (deployment) => deployment.pods.set(revisionUid, whole))
  }

  service(namespace: string, name: string, workloads: readonly (WorkloadRef | string)[]): void {
    this.#services.set(
      `${namespace}/${name}`,
      workloads.map((workload) => (typeof workload === 'string' ? refOf(workload) : workload)),
    )
  }

  effectivePatches(workload: WorkloadRef | string): number {
    return this.#get(workload).effectivePatches
  }

  /** The revision that the template names. */
  currentOf(workload: WorkloadRef | string): Revision {
    const revision = this.#get(workload).revisions.at(-1)
    if (!revision) throw new Error('the fake Deployment has no revision')
    return toRevision(revision)
  }

  /* ---- the port ---- */

  async watch(onChange: (workload: WorkloadRef) => void, signal: AbortSignal): Promise<void> {
    this.#listeners.add(onChange)
    signal.addEventListener('abort', () => this.#listeners.delete(onChange))
  }

  isSynced(): boolean {
    return this.synced
  }

  trouble(): string | null {
    return null
  }

  observedDeploys(): ObservedDeploy[] {
    return [...this.#cached.values()].flatMap(({ deploys }) => deploys.map((deploy) => ({ ...deploy })))
  }

  deployments(): DeploymentState[] {
    return [...this.#cached.values()].map(stateOf)
  }

  deployment(workload: WorkloadRef): DeploymentState | null {
    return this.#stateIn(this.#cached, workload)
  }

  #stateIn(deployments: ReadonlyMap<string, FakeDeployment>, workload: WorkloadRef): DeploymentState | null {
    const found = deployments.get(workloadKey(workload))
    return found ? stateOf(found) : null
  }

  revisions(workload: WorkloadRef): Revision[] {
    return (this.#cached.get(workloadKey(workload))?.revisions ?? []).map(toRevision).sort((a, b) => b.number - a.number)
  }

  async deploymentOfPod(namespace: string, pod: string): Promise<WorkloadRef | null> {
    this.#reach()
    for (const deployment of this.#deployments.values()) {
      if (deployment.ref.namespace !== namespace) continue
      const pods = deployment.revisions.flatMap((revision) => podsOf(deployment, revision.uid))
      const isItsPod = pods.some(({ name }) => name === pod) || deployment.revisions.some(({ name }) => pod.startsWith(`${name}-`))
      if (isItsPod) return deployment.ref
    }
    return null
  }

  async namespacesOfService(service: string): Promise<string[]> {
    this.#reach()
    return [...this.#services.keys()].filter((key) => key.endsWith(`/${service}`)).map((key) => key.slice(0, -service.length - 1))
  }

  async deploymentsOfService(namespace: string, service: string): Promise<WorkloadRef[] | null> {
    this.#reach()
    return this.#services.get(`${namespace}/${service}`) ?? null
  }

  async read(workload: WorkloadRef): Promise<DeploymentState | null> {
    this.#reach()
    return this.#stateIn(this.#deployments, workload)
  }

  async pods(workload: WorkloadRef, revisionUid: string): Promise<PodState[]> {
    this.#reach()
    const deployment = this.#deployments.get(workloadKey(workload))
    return deployment ? podsOf(deployment, revisionUid) : []
  }

  async inspectPod(_namespace: string, pod: string): Promise<PodInspection> {
    if (this.down) return { events: 'silent', logs: 'silent' }
    return this.inspections.get(pod) ?? { events: [], logs: 'not_started' }
  }

  async inspectConfig(namespace: string, { kind, name }: ConfigRef): Promise<ConfigSeen> {
    this.configsAsked.push(`${kind} ${namespace}/${name}`)
    return this.down ? 'silent' : (this.configs.get(`${kind} ${namespace}/${name}`) ?? 'gone')
  }

  async owner(workload: WorkloadRef): Promise<Owner | 'silent' | null> {
    const state = this.deployment(workload)
    const marks = state && ownerOf(state)
    const said = this.down ? 'silent' : this.owners.get(workloadKey(workload))
    if (said !== 'silent') return said ?? marks
    return state && (marks === null ? 'silent' : { ...marks, known: 'silent' })
  }

  async template(workload: WorkloadRef, revisionUid: string): Promise<JsonValue | null> {
    this.#reach()
    const revisions = this.#deployments.get(workloadKey(workload))?.revisions ?? []
    return revisions.find(({ uid }) => uid === revisionUid)?.template ?? null
  }

  async dryRunUndo(request: UndoRequest): Promise<DryRunAnswer> {
    if (this.dryRunAnswer) return this.dryRunAnswer
    if (this.down) return { kind: 'silent', message: 'kubernetes: no answer' }
    const blocked = this.#obstacle({ ...request, generation: this.#stateIn(this.#deployments, request.workload)?.generation ?? 0 })
    return blocked === null || blocked.kind === 'applied' ? { kind: 'accepted' } : { kind: 'outdated', message: blocked.kind }
  }

  async undo(request: UndoRequest): Promise<UndoOutcome> {
    this.undos.push(request)
    this.#reach()
    this.beforePatch?.()
    const failure = this.undoFailures.shift()
    if (failure === 'silent') throw upstreamError('kubernetes', 'patch deployment: no answer within 5000 ms')
    if (typeof failure === 'object') return failure
    const blocked = this.#obstacle(request)
    if (request.dryRun && (blocked === null || blocked.kind === 'applied')) return { kind: 'dry_run_accepted' }
    if (blocked) return blocked
    this.#patch(request)
    if (failure === 'lost') throw upstreamError('kubernetes', 'patch deployment: no answer within 5000 ms')
    return { kind: 'applied', at: this.#now(), alreadyThere: false, ...this.#landed(request) }
  }

  async ping(): Promise<void> {
    this.#reach()
  }

  clockSkewMs(): number | null {
    return this.skewMs
  }

  /* ---- inside ---- */

  #obstacle({ rollbackId, workload, deploymentUid, generation, from, to }: UndoRequest): UndoOutcome | null {
    const deployment = this.#deployments.get(workloadKey(workload))
    if (!deployment || deployment.uid !== deploymentUid) return { kind: 'superseded' }
    if (deployment.annotations[ROLLBACK_ID_ANNOTATION] === rollbackId) {
      return { kind: 'applied', at: null, alreadyThere: true, ...this.#landed({ workload, generation, to }) }
    }
    const fingerprint = fingerprintOf(templateText(deployment.template))
    if (fingerprint === to.templateFingerprint) return { kind: 'applied', at: null, alreadyThere: true }
    if (fingerprint !== from.templateFingerprint) return { kind: 'superseded' }
    if (deployment.paused) return { kind: 'paused' }
    if (!deployment.revisions.some(({ uid }) => uid === to.uid)) return { kind: 'target_gone' }
    return deployment.generation === generation ? null : { kind: 'moved', generation: deployment.generation }
  }

  #landed({ workload, generation, to }: Pick<UndoRequest, 'workload' | 'generation' | 'to'>): { landedFingerprint?: string } {
    const deployment = this.#get(workload)
    const landedFingerprint = fingerprintOf(templateText(deployment.template))
    const isRewritten = landedFingerprint !== to.templateFingerprint && deployment.generation === generation + 1
    return isRewritten ? { landedFingerprint } : {}
  }

  #patch({ workload, to, rollbackId }: UndoRequest): void {
    const deployment = this.#get(workload)
    const target = deployment.revisions.find(({ uid }) => uid === to.uid)
    if (!target) return
    deployment.annotations[ROLLBACK_ID_ANNOTATION] = rollbackId
    deployment.generation += 1
    deployment.effectivePatches += 1
    this.#roll(deployment, this.rewrite ? this.rewrite(target.template) : target.template)
    this.#tell(workload)
  }

  /** Makes a template current. A ReplicaSet that has it already is used again, under the next number. */
  #roll(deployment: FakeDeployment, template: JsonObject): Revision {
    const now = this.#now()
    const templateFingerprint = fingerprintOf(templateText(template))
    const number = Math.max(0, ...deployment.revisions.map((revision) => revision.number)) + 1
    const reused = deployment.revisions.find((revision) => revision.templateFingerprint === templateFingerprint)
    const isCurrent = reused !== undefined && reused === deployment.revisions.at(-1)
    if (isCurrent) return toRevision(reused)
    const hash = templateFingerprint.slice(0, 10)
    const revision: FakeRevision = reused
      ? { ...reused, number }
      : {
          uid: this.#uid('rs'),
          hash,
          number,
          templateFingerprint,
          materialFingerprint: fingerprintOf(materialText(template)),
          images: templateImages(template),
          name: `${deployment.ref.name}-${hash}`,
          createdAt: now,
          replicas: deployment.replicas,
          ...(isIrreversible(template) && { irreversible: true }),
          template,
        }
    deployment.template = template
    deployment.revisions = [...deployment.revisions.filter(({ uid }) => uid !== revision.uid), revision]
    deployment.rollout = this.rollsOutAtOnce ? 'complete' : 'progressing'
    deployment.deploys.push({
      workload: deployment.ref,
      deploymentUid: deployment.uid,
      revision: revisionRef(revision),
      deployedAt: now,
      source: 'watched',
      completedAt: this.rollsOutAtOnce ? now : null,
    })
    return toRevision(revision)
  }

  #create(ref: WorkloadRef): FakeDeployment {
    const made: FakeDeployment = {
      ref,
      uid: this.#uid('deployment'),
      generation: 0,
      paused: false,
      annotations: {},
      labels: { app: ref.name },
      replicas: 2,
      template: {},
      revisions: [],
      rollout: 'complete',
      pods: new Map(),
      deploys: [],
      effectivePatches: 0,
    }
    this.#deployments.set(workloadKey(ref), made)
    return made
  }

  #get(workload: WorkloadRef | string): FakeDeployment {
    const ref = typeof workload === 'string' ? refOf(workload) : workload
    const found = this.#deployments.get(workloadKey(ref))
    if (!found) throw new Error(`the fake cluster has no ${workloadKey(ref)}`)
    return found
  }

  #change(workload: WorkloadRef | string, change: (deployment: FakeDeployment) => void): void {
    const deployment = this.#get(workload)
    change(deployment)
    this.#tell(deployment.ref)
  }

  #tell(ref: WorkloadRef): void {
    for (const listener of this.#listeners) listener(ref)
  }

  #reach(): void {
    if (this.down) throw upstreamError('kubernetes', 'no answer within 5000 ms')
  }
}

function isIrreversible(template: JsonObject): boolean {
  const annotations = objectAt(objectAt(template, 'metadata'), 'annotations')
  return annotations[IRREVERSIBLE_ANNOTATION] !== undefined
}
