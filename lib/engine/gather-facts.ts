import { alertName, type Episode, type Labels } from '../core/alert.ts'
import type { OnsetSource } from '../core/clocks.ts'
import { isDryRun, pauseOf } from '../core/control.ts'
import { stageOneHolds } from '../core/decide.ts'
import type { DryRunAnswer, Facts, Resolution, Trigger, WorkloadFacts } from '../core/decision.ts'
import type { Instant } from '../core/json.ts'
import type { OutsideFacts } from '../core/outside-facts.ts'
import { type Owner, ownerOf } from '../core/owner.ts'
import { type Policy, resolvePolicy } from '../core/policy.ts'
import { rolloutLastsUntil } from '../core/rollout-status.ts'
import { type Scope, scopeKey, scopesOf } from '../core/scope.ts'
import { servedTimes } from '../core/served-time.ts'
import { pickTarget, targetAsked } from '../core/target-revision.ts'
import type { UndoRequest } from '../core/undo.ts'
import {
  currentRevision,
  type DeploymentState,
  LAST_APPLIED_ANNOTATION,
  MODE_ANNOTATION,
  type Revision,
  revisionRef,
  type WorkloadRef,
} from '../core/workload.ts'
import type { Cluster, Deps, Tx } from '../ports.ts'
import { gatherOthers, type Others, othersOnRecord } from './gather-others.ts'
import { matchingAlert } from './match-alert.ts'
import { type ActiveAlerts, readActiveAlerts } from './read-active-alerts.ts'
import { resolveWorkload } from './resolve-workload.ts'
import { isSilent } from './silent.ts'

/** What was read outside Postgres: no transaction is open while other systems are asked. */
export interface Surroundings {
  trigger: Trigger
  resolution: Resolution | null
  state: DeploymentState | null
  /** Highest number first. */
  revisions: Revision[]
  clockSkewMs: number | null
  /** What Prometheus has pending or firing; absent: a person asks, and it was not read. */
  alerts?: ActiveAlerts
  /** Other workloads in trouble at the same time, by Prometheus and by episodes. */
  others?: Others
  /** Who else manages the workload, as the cluster says. Absent: only the marks were looked at. */
  owner?: Owner | 'silent' | null
  /* Stage 2. Null: not asked. */
  dryRun: DryRunAnswer | null
  outside?: OutsideFacts | null
}

/** Reads cluster and Prometheus for an alert. A cluster that does not answer leaves the resolution open. */
export async function lookAround(deps: Deps, episode: Episode): Promise<Surroundings> {
  const policy = await clusterPolicy(deps, episode.labels)
  const [alerts, resolution] = await Promise.all([
    readActiveAlerts(deps.metrics, episode.receivedAt),
    answered(deps, () => resolveWorkload({ cluster: deps.cluster, labels: episode.labels, services: policy.services })),
  ])
  const trigger: Trigger = {
    kind: 'alert',
    episodeId: episode.id,
    fingerprint: episode.fingerprint,
    alertName: alertName(episode.labels),
    labels: episode.labels,
    firing: episode.status === 'firing',
    startsAt: episode.startsAt,
    receivedAt: episode.receivedAt,
    onset: onsetOf(alerts, episode),
  }
  const seen = { ...around(deps, trigger, resolution), alerts }
  if (resolution?.kind !== 'found') return seen
  const own = resolution.workload
  const asking = { own, onsetAt: trigger.onset.at, policy: await readPolicy(deps, own, seen.state), alerts }
  const [others, owner] = await Promise.all([gatherOthers(deps, asking), deps.cluster.owner(own)])
  return { ...seen, others, owner }
}

function readPolicy(deps: Deps, workload: WorkloadRef, state: DeploymentState | null): Promise<Policy> {
  return deps.store.transaction((tx) => policyOf(tx, workload, state))
}

/** The same for a workload that a person named. */
export async function lookAt(deps: Deps, trigger: Trigger, workload: WorkloadRef): Promise<Surroundings> {
  const seen = around(deps, trigger, deps.cluster.isSynced() ? { kind: 'found', workload, via: 'person' } : null)
  return { ...seen, owner: await deps.cluster.owner(workload) }
}

function around({ cluster, metrics }: Deps, trigger: Trigger, resolution: Resolution | null): Surroundings {
  const found = resolution?.kind === 'found' ? resolution.workload : null
  const skews = [cluster.clockSkewMs(), metrics.clockSkewMs()].flatMap((skew) => (skew === null ? [] : [skew]))
  return {
    trigger,
    resolution,
    state: found === null ? null : cluster.deployment(found),
    revisions: found === null ? [] : cluster.revisions(found),
    clockSkewMs: skews.length === 0 ? null : skews.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a)),
    dryRun: null,
  }
}

/** Adds what Postgres knows. Called again under the lock before anything is opened, so it reads all of it. */
export async function assembleFacts(tx: Tx, seen: Surroundings, now: Instant, lock?: 'share'): Promise<Facts> {
  const control = await tx.control(lock)
  const found = seen.resolution?.kind === 'found' ? seen.resolution.workload : null
  const policy = await policyOf(tx, found, seen.state)
  const paused = found === null ? null : pauseOf(control, found, now)
  const { trigger } = seen
  const onRecord =
    found === null || trigger.kind !== 'alert' ? [] : await othersOnRecord(tx, { own: found, onsetAt: trigger.onset.at, policy })
  return {
    at: now,
    trigger,
    resolution: seen.resolution,
    workload: found === null || seen.state === null ? null : await workloadFacts(tx, found, seen.state, seen, now),
    policy,
    control: {
      enabled: control.enabled,
      paused: paused && { until: paused.until, scope: scopeKey(paused.scope) },
      dryRun: isDryRun(control, now),
      mode: policy.mode,
    },
    clockSkewMs: seen.clockSkewMs,
    acted: trigger.kind === 'alert' ? await tx.actedSince(now - policy.budget.windowMs) : [],
    others: [...(seen.others?.troubles ?? []), ...onRecord],
    outside: seen.outside ?? null,
  }
}

/**
 * The facts that a decision is stored with. What may open something queues for the cluster-wide lock and
 * reads everything once more behind it. The control row is locked before, in this order everywhere: a pause
 * that waits between the two would otherwise close a circle.
 */
export async function factsUnderLock(tx: Tx, seen: Surroundings, now: Instant): Promise<Facts> {
  const facts = await assembleFacts(tx, seen, now, 'share')
  if (stageOneHolds(facts)) return facts
  await tx.lock('open-rollback')
  return assembleFacts(tx, seen, now, 'share')
}

async function workloadFacts(tx: Tx, ref: WorkloadRef, state: DeploymentState, seen: Surroundings, now: Instant): Promise<WorkloadFacts> {
  const workloadId = await tx.workloadId(ref, now)
  const current = currentRevision(state, seen.revisions)
  const condemned = await tx.condemnedOf(workloadId)
  const deploys = current === null ? [] : await tx.deploysOf(workloadId)
  const served = servedTimes({ deploys, currentUid: current?.uid ?? null, now })
  const others = seen.revisions.filter((revision) => revision.uid !== current?.uid)
  const blamed = await tx.blamedRevisions(
    workloadId,
    others.map(({ uid }) => uid),
  )
  const deploy = deploys.find((one) => one.deploymentUid === state.uid && one.revision.number === current?.number) ?? null
  return {
    ref,
    uid: state.uid,
    generation: state.generation,
    paused: state.paused,
    current: current && revisionRef(current),
    candidates: others.map((revision) => ({
      ...revisionRef(revision),
      condemned: condemned.has(revision.materialFingerprint),
      served: served.get(revision.uid) ?? { ms: 0, source: 'watched' as const },
      ...(blamed.has(revision.uid) && { blamed: true }),
      ...(revision.irreversible && { irreversible: true }),
    })),
    deploy: deploy && {
      deployedAt: deploy.deployedAt,
      source: deploy.source,
      completedAt: deploy.completedAt,
      lastsUntil: deploy.completedAt === null ? rolloutLastsUntil(state.rollout, now) : null,
    },
    openRollbackId: (await tx.openRollbackOf(workloadId))?.id ?? null,
    lastRollbackEndedAt: await tx.lastRollbackEndedAt(workloadId),
    lastSucceededAt: await tx.lastSucceededAt(workloadId),
    currentWasRolledBackTo: current !== null && (await tx.wasRolledBackTo(workloadId, current.uid)),
    currentCondemned: current !== null && condemned.has(current.materialFingerprint),
    ...(current?.irreversible && { currentIrreversible: true }),
    ...(LAST_APPLIED_ANNOTATION in state.annotations && { clientApplied: true }),
    ...(seen.owner === 'silent' ? { owner: null, ownerSilent: true } : { owner: seen.owner === undefined ? ownerOf(state) : seen.owner }),
    dryRun: seen.dryRun,
  }
}

/** Sends the patch that would follow as a dry run; null when the facts name no target. */
export async function askServer(deps: Deps, facts: Facts): Promise<DryRunAnswer | null> {
  const request = undoRequestOf(facts, 'preflight')
  if (request === null) return null
  return deps.cluster.dryRunUndo({ ...request, dryRun: true })
}

/** The patch that the facts would lead to. */
function undoRequestOf(facts: Facts, rollbackId: string): UndoRequest | null {
  const { workload } = facts
  if (workload?.current == null) return null
  const { target } = pickTarget(workload.current, workload.candidates, targetAsked(facts))
  if (target === null) return null
  return {
    rollbackId,
    workload: workload.ref,
    deploymentUid: workload.uid,
    generation: workload.generation,
    from: workload.current,
    to: target,
    dryRun: false,
  }
}

async function policyOf(tx: Tx, workload: WorkloadRef | null, state: DeploymentState | null): Promise<Policy> {
  const scopes: Scope[] = workload === null ? [{ level: 'cluster' }] : scopesOf(workload)
  const stored = await tx.policies(scopes)
  return resolvePolicy(
    stored.map(({ fields }) => fields),
    state?.annotations[MODE_ANNOTATION],
  )
}

/** What a `service` label means may be set for the cluster or for the alert's namespace. */
async function clusterPolicy(deps: Deps, labels: Labels): Promise<Policy> {
  const namespace = labels['exported_namespace'] ?? labels['namespace'] ?? null
  const scopes: Scope[] = [{ level: 'cluster' }, ...(namespace === null ? [] : [{ level: 'namespace' as const, namespace }])]
  const stored = await deps.store.transaction((tx) => tx.policies(scopes))
  return resolvePolicy(
    stored.map(({ fields }) => fields),
    undefined,
  )
}

/** When the condition began: Prometheus' activeAt, else the alert's startsAt, an upper bound. */
function onsetOf(alerts: ActiveAlerts, episode: Episode): { at: Instant; source: OnsetSource } {
  const active = typeof alerts === 'string' ? null : matchingAlert(alerts, episode.labels)
  return active === null ? { at: episode.startsAt, source: 'starts_at' } : { at: active.activeAt, source: 'active_at' }
}

async function answered(deps: Deps, ask: () => Promise<Resolution>): Promise<Resolution | null> {
  if (!deps.cluster.isSynced()) return null
  try {
    const resolution = await ask()
    const isBehind = resolution.kind === 'found' && !(await isUpToDate(deps.cluster, resolution.workload))
    return isBehind ? null : resolution
  } catch (error) {
    if (isSilent(error)) return null
    throw error
  }
}

/**
 * Whether the caches have what the API server has. A watch that died in silence is noticed after a minute only, and a hold
 * on what it last told would be final: one read makes it a question that is asked again.
 */
async function isUpToDate(cluster: Cluster, workload: WorkloadRef): Promise<boolean> {
  const live = await cluster.read(workload)
  const cached = cluster.deployment(workload)
  if (live === null || cached === null) return live === cached
  return live.uid === cached.uid && live.generation <= cached.generation
}
