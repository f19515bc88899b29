import type { ApiToken, User } from './core/account.ts'
import type { Episode, Labels, LatestEpisode, RoutedAlert } from './core/alert.ts'
import type { AuditDraft, AuditEntry } from './core/audit.ts'
import type { BreakerClosing, Spending, SpentRollback } from './core/breaker.ts'
import type { Condemnation } from './core/condemnation.ts'
import type { ConfigRef, ConfigSeen } from './core/config-change.ts'
import type { Control } from './core/control.ts'
import type { DecisionInList, DecisionRecord, DryRunAnswer } from './core/decision.ts'
import type { EpisodeDraft, HeardEpisode } from './core/delivery-plan.ts'
import type { Deploy, ObservedDeploy } from './core/deploy.ts'
import type { Evidence, PodInspection } from './core/evidence.ts'
import type { Gauges } from './core/gauges.ts'
import type { Incident } from './core/incident.ts'
import type { IncidentDetail, RollbackDetail } from './core/incident-detail.ts'
import type { Instant, JsonValue } from './core/json.ts'
import type { Judgement } from './core/judgement.ts'
import type { KillPoint } from './core/kill-point.ts'
import type { Looks } from './core/looks.ts'
import type { MeasureRequest, PastRequest, SignalRequest, TrafficRequest } from './core/metrics-request.ts'
import type { LastHeld } from './core/outside-facts.ts'
import type { Owner } from './core/owner.ts'
import type { PolicyFields, StoredPolicy } from './core/policy.ts'
import type { Role } from './core/role.ts'
import type { Rollback, RollbackFilter } from './core/rollback.ts'
import type { Scope } from './core/scope.ts'
import type { AlertingRule, Measurement } from './core/signal.ts'
import type { SignalRange } from './core/signal-range.ts'
import type { TimelineDraft } from './core/timeline.ts'
import type { TrafficReading } from './core/traffic.ts'
import type { UndoOutcome, UndoRequest } from './core/undo.ts'
import type { DeploymentState, PodState, Revision, WorkloadRef } from './core/workload.ts'
import type { RevisionRecords, WorkloadDetail, WorkloadFilter, WorkloadView } from './core/workload-view.ts'

/* ---- Kubernetes ---- */

/**
 * The cluster. Calls that return a promise ask the API server, with a time-out, and throw
 * `upstream_unavailable` when it does not answer; the others read the informers' caches.
 */
export interface Cluster {
  /** Starts the informers; `onChange` is called when a Deployment or ReplicaSet changed. Stops with the signal. */
  watch(onChange: (workload: WorkloadRef) => void, signal: AbortSignal): Promise<void>
  /** Whether every cache is filled and kept up. Before that, and while a watch is lost for seconds, they say nothing. */
  isSynced(): boolean
  /** What last kept a cache from being filled or kept up, with call and status, for people; null: nothing does. */
  trouble(): string | null
  /** Every deploy the caches know of: one per Deployment uid and revision number. */
  observedDeploys(): ObservedDeploy[]
  deployments(): DeploymentState[]
  deployment(workload: WorkloadRef): DeploymentState | null
  /** Its ReplicaSets, highest number first. */
  revisions(workload: WorkloadRef): Revision[]
  /** pod → ReplicaSet → Deployment by ownerReferences; for a pod that is gone, by its ReplicaSet's name. */
  deploymentOfPod(namespace: string, pod: string): Promise<WorkloadRef | null>
  /** Watched namespaces that have a Service of that name. */
  namespacesOfService(service: string): Promise<string[]>
  /** Deployments whose pods the Service selects; null: there is no such Service. */
  deploymentsOfService(namespace: string, service: string): Promise<WorkloadRef[] | null>
  /** A fresh read; null: it is gone. */
  read(workload: WorkloadRef): Promise<DeploymentState | null>
  /** Pods of one revision. */
  pods(workload: WorkloadRef, revisionUid: string): Promise<PodState[]>
  /** Its Events and last log lines. Never throws: what cannot be seen says why. */
  inspectPod(namespace: string, pod: string): Promise<PodInspection>
  /** When a ConfigMap or Secret was last written, by its metadata alone: what it holds is never asked for. Never throws. */
  inspectConfig(namespace: string, ref: ConfigRef): Promise<ConfigSeen>
  /**
   * Who else manages the Deployment that the caches have: by its marks and, where it may be read, by the owner's own object, at most
   * two seconds old. Null: nobody that we know. `silent`: it has no marks, and who takes Deployments over without any did not answer.
   * Within a second. Never throws: what cannot be seen says why.
   */
  owner(workload: WorkloadRef): Promise<Owner | 'silent' | null>
  /** The raw pod template of a revision; null: its ReplicaSet is gone. */
  template(workload: WorkloadRef, revisionUid: string): Promise<JsonValue | null>
  dryRunUndo(request: UndoRequest): Promise<DryRunAnswer>
  undo(request: UndoRequest): Promise<UndoOutcome>
  /** Throws when the API server does not answer. */
  ping(): Promise<void>
  /** Server clock minus ours, of the last answer; null before the first. */
  clockSkewMs(): number | null
}

/* ---- Prometheus ---- */

/** An alert as Prometheus has it: own labels, without external labels. */
export interface ActiveAlert {
  labels: Labels
  state: 'pending' | 'firing'
  activeAt: Instant
}

export interface Sample {
  labels: Labels
  at: Instant
  value: number
}

export interface Series {
  labels: Labels
  points: { at: Instant; value: number }[]
}

/** Prometheus. Every call has a time-out and throws `upstream_unavailable` when it does not answer. */
export interface Metrics {
  /** False: no address was configured, and nothing may be asked. */
  readonly isConfigured: boolean
  /** `asOf`: an answer to a question that was asked before that instant will not do. */
  alerts(asOf?: Instant): Promise<ActiveAlert[]>
  rules(): Promise<AlertingRule[]>
  /** Evaluates a rule's left side with every range rewritten to the window. */
  measure(request: MeasureRequest): Promise<Measurement>
  query(expression: string, at: Instant): Promise<Sample[]>
  /** Splits and joins where Prometheus refuses more than 11,000 points. */
  queryRange(expression: string, range: { from: Instant; to: Instant; stepMs: number }): Promise<Series[]>
  /** A rule's left side over a time, with its threshold. */
  signal(request: SignalRequest): Promise<SignalRange>
  /** The requests behind a rule's value in a window, all series of the workload together. */
  traffic(request: TrafficRequest): Promise<TrafficReading>
  /** When the alert was last pending or firing in that time; null: it was not. */
  lastActive(request: PastRequest): Promise<Instant | null>
  ping(): Promise<void>
  clockSkewMs(): number | null
}

/* ---- Alertmanager ---- */

/** Alertmanager. Every call has a time-out and throws `upstream_unavailable` when it does not answer. */
export interface Alertmanager {
  /** False: no address was configured, and nothing may be asked. */
  readonly isConfigured: boolean
  /** Alerts of a name that have not ended, silenced and inhibited ones too. */
  alerts(alertName: string): Promise<RoutedAlert[]>
  /** When a silence ends; null: there is no such silence. */
  silenceEndsAt(id: string): Promise<Instant | null>
}

/* ---- Postgres ---- */

export type JobName = 'evaluate-alert' | 'advance-rollback'

export type NewEpisode = EpisodeDraft
export type NewIncident = Omit<Incident, 'id' | 'version' | 'workload' | 'closedAt' | 'outcome'>
export type NewDecision = Omit<DecisionRecord, 'id' | 'rollbackId' | 'workload' | 'judgement'>
export type NewRollback = Omit<Rollback, 'id' | 'version' | 'workload'>

/** Evidence belongs to the incident; of a rollback without one, by hand, to the rollback. */
export type EvidenceOf = { incidentId: string } | { rollbackId: string }

/** What an advisory lock guards, until the transaction ends. */
export type LockName = 'open-rollback'

/**
 * One transaction. Updates are guarded by version and answer whether they changed a row: false means
 * that someone else won. A broken constraint throws `conflict`.
 */
export interface Tx {
  /** `share`: several may hold it at once, and who wants it alone waits for all of them. */
  lock(name: LockName, mode?: 'share'): Promise<void>
  /**
   * Sends a job in this transaction: both commit or neither. One queued job a name and id: more are dropped, and
   * the sooner time holds. Without `runAt` (the sweeper): at once, unless a worker has that job or tries it again.
   */
  enqueue(job: JobName, id: string, runAt?: Instant): Promise<void>

  /** The latest episode of each fingerprint, locked against other deliveries of the same fingerprints. */
  latestEpisodes(fingerprints: readonly string[]): Promise<Map<string, LatestEpisode>>
  insertEpisode(episode: NewEpisode): Promise<Episode>
  /** Thousands at once; returned in any order. */
  insertEpisodes(episodes: readonly NewEpisode[]): Promise<Episode[]>
  /**
   * What a delivery changes in episodes, thousands at once. Not guarded by version: their fingerprints are locked, and
   * nobody but a delivery changes these fields. An evaluation under way of one whose end, beginning or next evaluation changed loses.
   */
  hearEpisodes(heard: readonly HeardEpisode[]): Promise<void>
  episode(id: string): Promise<Episode | null>
  episodesOfIncident(incidentId: string): Promise<Episode[]>
  updateEpisode(id: string, version: number, changes: Partial<NewEpisode>): Promise<boolean>
  /**
   * Firing episodes (of one workload, if given) with an effectless latest decision that one of these reasons gave or helped
   * to hold: due `at`, and what stays open is asked for its whole time again. One that is due by then is left alone, with the evaluation that may be under way. Returns how many.
   */
  reevaluateHeld(reasons: readonly string[], at: Instant, workloadId?: string): Promise<number>
  /**
   * Firing episodes of workloads whose newest deploy is of a condemned template and came after the episode was last decided: due `at`, unless
   * a rollback is open. Returns how many.
   */
  reevaluateDeployedAgain(at: Instant): Promise<number>
  /** Workloads with episodes that `reevaluateHeld` would find. */
  workloadsHeldFor(reasons: readonly string[]): Promise<{ id: string; ref: WorkloadRef }[]>
  dueEpisodes(now: Instant, limit: number): Promise<string[]>
  /** Firing episodes whose `startsAt` lies in that time, ends included; of those that lead to the same (`leadKey`) the first. */
  episodesBegun(from: Instant, to: Instant, limit: number): Promise<Episode[]>
  touchHeartbeat(name: string, at: Instant): Promise<void>

  /** The workload's id; made on first sight. */
  workloadId(workload: WorkloadRef, at: Instant): Promise<string>
  /** Idempotent from several replicas: the earliest deployedAt and completedAt stay. */
  recordDeploy(deploy: Deploy): Promise<void>
  /** Newest first. */
  deploysOf(workloadId: string): Promise<Deploy[]>

  /** `lock`: nobody else closes it, or lets an episode join it, until this transaction ends. Taken before any row of the incident's. */
  openIncident(workloadId: string, lock?: 'update'): Promise<Incident | null>
  incident(id: string, lock?: 'update'): Promise<Incident | null>
  /** Workloads with an incident that began in that time, ends included, and when. */
  incidentsBegun(from: Instant, to: Instant): Promise<{ workload: WorkloadRef; startedAt: Instant }[]>
  insertIncident(incident: NewIncident): Promise<Incident>
  updateIncident(id: string, version: number, changes: Pick<Incident, 'closedAt' | 'outcome'>): Promise<boolean>

  insertDecision(decision: NewDecision): Promise<string>
  decision(id: string): Promise<DecisionInList | null>
  /** The reason of an episode's last decision, and since when each has had it; null: it was not decided before. */
  lastHeld(episodeId: string): Promise<LastHeld | null>
  /** Stores what people say of a decision instead of what they said; null: the stored version is another one (0: nobody said anything). */
  saveJudgement(decisionId: string, version: number, judgement: Omit<Judgement, 'version'>): Promise<Judgement | null>
  /**
   * Revisions that an alert was laid to the charge of, without a rollback that condemned them: simulated, proposed or held by control.
   * Not where people judged that wrong, of the decision or of another of the same episode on the same revision.
   *
   * @param uids the revisions that are asked about: what was blamed and is gone is not read
   */
  blamedRevisions(workloadId: string, uids: readonly string[]): Promise<Set<string>>

  rollback(id: string): Promise<Rollback | null>
  openRollbackOf(workloadId: string): Promise<Rollback | null>
  proposalOf(workloadId: string): Promise<Rollback | null>
  rollbacksOfIncident(incidentId: string): Promise<Rollback[]>
  /** End of the workload's last rollback or simulation. */
  lastRollbackEndedAt(workloadId: string): Promise<Instant | null>
  /** End of the workload's last rollback that healed it. */
  lastSucceededAt(workloadId: string): Promise<Instant | null>
  /** What spends the budget (core/breaker.ts) and was opened after this instant, without what closing the breaker has let off; oldest first. */
  actedSince(after: Instant): Promise<Spending[]>
  /** Whether one of our undos made this revision current. */
  wasRolledBackTo(workloadId: string, revisionUid: string): Promise<boolean>
  /** Throws `conflict` when the workload has an open one (or a proposal, for a proposal). */
  insertRollback(rollback: NewRollback): Promise<Rollback>
  updateRollback(id: string, version: number, changes: Partial<Rollback>): Promise<boolean>
  dueRollbacks(now: Instant, limit: number): Promise<string[]>
  /** Rollbacks between patch and end: what a pause cannot stop any more. */
  rollbacksUnderWay(): Promise<Rollback[]>

  /** Material fingerprints that are condemned for the workload. */
  condemnedOf(workloadId: string): Promise<Set<string>>
  condemn(condemnation: {
    workloadId: string
    materialFingerprint: string
    rollbackId: string
    images: string[]
    at: Instant
  }): Promise<void>
  /** Ends a live condemnation, if `rollbackId` is given only the one that came of that rollback. Null: there is none. */
  takeBackCondemnation(of: {
    workloadId: string
    materialFingerprint: string
    at: Instant
    rollbackId?: string
  }): Promise<Condemnation | null>

  /** `share`: a pause waits until this transaction ends. `update`: to change it. */
  control(lock?: 'share' | 'update'): Promise<Control>
  updateControl(version: number, changes: Partial<Omit<Control, 'version'>>): Promise<boolean>
  breakerClosing(): Promise<BreakerClosing | null>
  /** Guarded by the control row's version, which it raises as any change of it. */
  closeBreaker(version: number, closing: BreakerClosing): Promise<boolean>

  /** What the scopes set, in the order asked; a scope that sets nothing has version 0 and no fields. */
  policies(scopes: readonly Scope[]): Promise<StoredPolicy[]>
  /** Guarded: false when the stored version is another. */
  savePolicy(scope: Scope, fields: PolicyFields, version: number): Promise<boolean>

  /** What was seen of a revision; locked, seen or not, until the transaction ends. */
  evidence(of: EvidenceOf, revisionUid: string): Promise<Evidence | null>
  saveEvidence(of: EvidenceOf, evidence: Evidence): Promise<void>

  appendTimeline(event: TimelineDraft, of: { incidentId: string | null; rollbackId: string | null }): Promise<void>
  appendAudit(entry: AuditDraft): Promise<void>
}

/** The durable state. Throws `storage_unavailable` while the database is away. */
export interface Store {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  ping(): Promise<void>
}

/** Works jobs off. `handle` gets the id that the job carries; a throw makes it retry with back-off. */
export interface Queue {
  work(job: JobName, handle: (id: string) => Promise<void>): Promise<void>
  depth(): Promise<{ job: JobName; queued: number; active: number }[]>
}

/* ---- what people read ---- */

export interface Page<T> {
  items: T[]
  /** Give it back as `cursor` to get the next page; null at the end. */
  nextCursor: string | null
}
export interface PageRequest {
  cursor: string | null
  limit: number
}

/** Decisions of alerts that fell in a time, its end left out. */
export interface DecidedFilter {
  from: Instant
  to: Instant
  /** Null: of all, and those without a workload. */
  namespace: string | null
  workload: WorkloadRef | null
}

/** SQL for pages and scripts. Reads only; throws `storage_unavailable` while the database is away. */
export interface ReadModel {
  incidents(filter: { open: boolean | null; workload?: WorkloadRef | null }, page: PageRequest): Promise<Page<Incident>>
  incident(id: string): Promise<IncidentDetail | null>
  decisions(filter: { workload: WorkloadRef | null }, page: PageRequest): Promise<Page<DecisionInList>>
  decision(id: string): Promise<DecisionRecord | null>
  /** Newest first, with their facts: what a range is replayed from, a page at a time. */
  decided(filter: DecidedFilter, page: PageRequest): Promise<Page<DecisionRecord>>
  rollbacks(filter: RollbackFilter, page: PageRequest): Promise<Page<Rollback>>
  rollback(id: string): Promise<RollbackDetail | null>
  workloads(filter: WorkloadFilter, page: PageRequest): Promise<Page<WorkloadView>>
  /** Those that have a workload, by name. */
  namespaces(): Promise<string[]>
  workload(ref: WorkloadRef): Promise<WorkloadDetail | null>
  revisions(ref: WorkloadRef): Promise<RevisionRecords | null>
  audit(page: PageRequest): Promise<Page<AuditEntry>>
  control(): Promise<Control>
  breakerClosing(): Promise<BreakerClosing | null>
  /** `Tx.actedSince`, for people. */
  spentSince(after: Instant): Promise<SpentRollback[]>
  policies(): Promise<StoredPolicy[]>
  /** Live ones, newest first. */
  condemnations(ref: WorkloadRef): Promise<Condemnation[]>
  heartbeats(): Promise<{ name: string; lastSeenAt: Instant }[]>
  /** `nextStepAt` or `nextEvaluationAt` that is longest overdue; null: nothing is due. */
  oldestDueAt(now: Instant): Promise<Instant | null>
}

/** Ids of rows that changed, told to every replica: what the browser is told to fetch again. */
export interface Changes {
  subscribe(listener: (change: { kind: ChangeKind; ids: string[] }) => void): () => void
}
export type ChangeKind = 'incident' | 'rollback' | 'decision' | 'workload' | 'control' | 'policy' | 'resync'

/** People and keys. */
export interface Accounts {
  countUsers(): Promise<number>
  /** With the password's hash, for signing in. */
  userByEmail(email: string): Promise<{ user: User; passwordHash: string } | null>
  user(id: string): Promise<User | null>
  users(): Promise<User[]>
  /**
   * Throws `conflict` when the address is taken. `beforeCommit` runs when nothing but the commit is left to do: what it
   * throws undoes it all.
   */
  createUser(
    user: { email: string; passwordHash: string; role: Role; at: Instant },
    audit: AuditDraft,
    beforeCommit?: () => void,
  ): Promise<User>
  /** Throws `conflict` when it would leave nobody who is admin; null: there is no such user. */
  updateUser(
    id: string,
    changes: { role?: Role; disabledAt?: Instant | null; passwordHash?: string },
    audit: AuditDraft,
  ): Promise<User | null>
  createToken(
    token: { name: string; role: Role; hash: string; expiresAt: Instant | null; createdBy: string; at: Instant },
    audit: AuditDraft,
  ): Promise<ApiToken>
  /** A live token by its hash; expired and revoked ones are null. Marks it used. */
  useToken(hash: string, at: Instant): Promise<ApiToken | null>
  tokens(): Promise<ApiToken[]>
  revokeToken(id: string, at: Instant, audit: AuditDraft): Promise<ApiToken | null>
}

/** Makes what `Accounts` stores. */
export interface Credentials {
  hashPassword(password: string): Promise<string>
  /** A new API token: shown to its maker once, and the hash that is stored. */
  newToken(): { token: string; hash: string }
}

/* ---- the process ---- */

/** Counts what this process did (sums over replicas are right), for `/metrics`. */
export interface Meter {
  delivery(code: number): void
  alerts(outcome: 'accepted' | 'duplicate' | 'ignored' | 'rejected' | 'truncated', count: number): void
  decided(decision: Pick<DecisionRecord, 'verdict' | 'effect' | 'reason'>): void
  /** Shows its label set at zero, so that a rate sees the first end. */
  rollbackOpened(rollback: Rollback): void
  rollbackEnded(rollback: Rollback): void
  upstream(name: string, isUp: boolean): void
}

/** What was counted, with the gauges, in Prometheus' text format. */
export interface Exposition {
  readonly contentType: string
  text(gauges: Gauges): Promise<string>
}

export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void
  info(event: string, fields?: Record<string, unknown>): void
  warn(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

/** What the engine works with. */
export interface Deps {
  cluster: Cluster
  metrics: Metrics
  alertmanager: Alertmanager
  store: Store
  read: ReadModel
  meter: Meter
  looks: Looks
  log: Log
  now(): Instant
  /** Does nothing in production. */
  reached(point: KillPoint): void
}
