import type { Alert, Episode } from '../core/alert.ts'
import type { SpentRollback } from '../core/breaker.ts'
import { NO_CLOCKS } from '../core/clocks.ts'
import type { Control } from '../core/control.ts'
import type { Candidate, Facts, Trigger, WorkloadFacts } from '../core/decision.ts'
import type { OutsideFacts } from '../core/outside-facts.ts'
import { DEFAULT_POLICY, type Policy } from '../core/policy.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Measurement, SignalReading } from '../core/signal.ts'
import type { AlertEcho, HealthObservation, Verification } from '../core/verification.ts'
import type { DeploymentState, PodState, Revision, RevisionRef, RolloutFields, WorkloadRef } from '../core/workload.ts'

/**
 * The ordinary case, so that a test states only what matters to it: the Deployment checkout in edgelink served
 * revision 41, 42 was deployed at T0 and is bad, its alert fires two minutes later. Mode auto, dry run off.
 */
export const T0 = Date.UTC(2026, 0, 5, 10, 0, 0)
export const SECOND = 1_000
export const MINUTE = 60_000

export const CHECKOUT: WorkloadRef = { namespace: 'edgelink', kind: 'Deployment', name: 'checkout' }

/** Everything of it follows from its number. */
export function aRevision(overrides: Partial<RevisionRef> = {}): RevisionRef {
  const number = overrides.number ?? 41
  return {
    uid: `rs-${number}`,
    hash: `hash${number}`,
    number,
    templateFingerprint: `template-${number}`,
    materialFingerprint: `material-${number}`,
    images: [`shop/checkout:1.${number}.0`],
    ...overrides,
  }
}

export const GOOD = aRevision({ number: 41 })
export const BAD = aRevision({ number: 42 })

export function aReplicaSet(overrides: Partial<Revision> = {}): Revision {
  const ref = aRevision(overrides)
  return { ...ref, name: `checkout-${ref.hash}`, createdAt: T0, replicas: 2, ...overrides }
}

export function aCandidate(overrides: Partial<Candidate> = {}): Candidate {
  return { ...aRevision(overrides), condemned: false, ...overrides }
}

export function aPolicy(overrides: Partial<Policy> = {}): Policy {
  return { ...DEFAULT_POLICY, mode: 'auto', ...overrides }
}

export function aControl(overrides: Partial<Control> = {}): Control {
  return {
    version: 1,
    enabled: true,
    dryRun: { on: false, reason: 'ready', actor: { kind: 'user', id: 'u1', name: 'ada@example.test' }, since: T0, until: null },
    pauses: [],
    configured: { dryRun: null, enabled: null },
    ...overrides,
  }
}

function anAlert(overrides: Partial<Alert> = {}): Alert {
  return {
    fingerprint: 'f1',
    status: 'firing',
    labels: { alertname: 'HighErrorRate', auto_rollback: 'true', namespace: 'edgelink', deployment: 'checkout' },
    annotations: { summary: 'too many errors' },
    startsAt: T0 + 2 * MINUTE,
    endsAt: null,
    generatorUrl: 'http://prometheus.example.test/graph',
    ...overrides,
  }
}

function anEpisode(overrides: Partial<Episode> = {}): Episode {
  const { fingerprint, status, labels, annotations, startsAt, generatorUrl } = anAlert()
  return {
    id: 'episode-1',
    version: 1,
    fingerprint,
    status,
    labels,
    annotations,
    generatorUrl,
    startsAt,
    resolvedAt: null,
    receivedAt: T0 + 2 * MINUTE + SECOND,
    lastSeenAt: T0 + 2 * MINUTE + SECOND,
    truncatedAlerts: 0,
    workloadId: null,
    incidentId: null,
    nextEvaluationAt: null,
    askAgainUntil: null,
    ...overrides,
  }
}

export function anAlertTrigger(overrides: Partial<Extract<Trigger, { kind: 'alert' }>> = {}): Extract<Trigger, { kind: 'alert' }> {
  const { id, fingerprint, labels, startsAt, receivedAt } = anEpisode()
  return {
    kind: 'alert',
    episodeId: id,
    fingerprint,
    alertName: 'HighErrorRate',
    labels,
    firing: true,
    startsAt,
    receivedAt,
    onset: { at: T0 + MINUTE, source: 'active_at' },
    ...overrides,
  }
}

export function aPerson(overrides: Partial<Extract<Trigger, { kind: 'person' }>> = {}): Extract<Trigger, { kind: 'person' }> {
  return {
    kind: 'person',
    actor: { kind: 'user', id: 'u1', name: 'ada@example.test' },
    reason: 'checkout is broken',
    toRevisionUid: null,
    condemn: false,
    ...overrides,
  }
}

function someWorkloadFacts(overrides: Partial<WorkloadFacts> = {}): WorkloadFacts {
  return {
    ref: CHECKOUT,
    uid: 'deployment-1',
    generation: 7,
    paused: false,
    current: BAD,
    candidates: [aCandidate({ number: 41 })],
    deploy: { deployedAt: T0, source: 'watched', completedAt: T0 + 30 * SECOND },
    openRollbackId: null,
    lastRollbackEndedAt: null,
    currentWasRolledBackTo: false,
    currentCondemned: false,
    dryRun: { kind: 'accepted' },
    ...overrides,
  }
}

interface FactsOverrides extends Partial<Omit<Facts, 'workload' | 'policy' | 'control'>> {
  workload?: Partial<WorkloadFacts> | null
  policy?: Partial<Policy>
  control?: Partial<Facts['control']>
}

/** Facts that lead to `roll_back` and `act`, but for what is overridden. The mode of control follows the policy's. */
export function aFacts({ workload, policy, control, ...overrides }: FactsOverrides = {}): Facts {
  const resolved = aPolicy(policy)
  return {
    at: T0 + 2 * MINUTE + 2 * SECOND,
    trigger: anAlertTrigger(),
    resolution: { kind: 'found', workload: CHECKOUT, via: 'deployment' },
    workload: workload === null ? null : someWorkloadFacts(workload),
    policy: resolved,
    control: { enabled: true, paused: null, dryRun: false, mode: resolved.mode, ...control },
    clockSkewMs: 0,
    acted: [],
    others: [],
    outside: someOutside(),
    ...overrides,
  }
}

/** Everybody confirms it: the alert fires, nothing was wrong before the deploy, and no pod of another revision fails. */
export function someOutside(overrides: Partial<OutsideFacts> = {}): OutsideFacts {
  return {
    prometheus: 'firing',
    alertmanager: { state: 'firing' },
    before: { state: 'read', since: T0 - 60 * MINUTE, lastActiveAt: null, measurement: aReading() },
    pods: { current: { count: 2, failing: [], wellNodes: ['node-0'] }, older: { count: 0, failing: [] } },
    ...overrides,
  }
}

/** What a rule's left side measured: a twentieth of its threshold. */
export function aReading(overrides: Partial<Extract<Measurement, { kind: 'comparison' }>> = {}): Measurement {
  return {
    kind: 'comparison',
    expression: 'error_ratio',
    comparison: '>',
    threshold: 0.05,
    value: 0.0025,
    samples: 4,
    requests: 500,
    ...overrides,
  }
}

export function aRolloutFields(overrides: Partial<RolloutFields> = {}): RolloutFields {
  return {
    generation: 7,
    observedGeneration: 7,
    desiredReplicas: 2,
    replicas: 2,
    updatedReplicas: 2,
    availableReplicas: 2,
    progressingReason: 'NewReplicaSetAvailable',
    ...overrides,
  }
}

export function aDeployment(overrides: Partial<DeploymentState> = {}): DeploymentState {
  return {
    ref: CHECKOUT,
    uid: 'deployment-1',
    resourceVersion: '1',
    generation: 7,
    observedGeneration: 7,
    paused: false,
    annotations: {},
    labels: { app: 'checkout' },
    templateFingerprint: BAD.templateFingerprint,
    rollout: aRolloutFields(),
    ...overrides,
  }
}

/** Just opened from revision 42 to 41, two minutes after the deploy. */
export function aRollback(overrides: Partial<Rollback> = {}): Rollback {
  const openedAt = T0 + 2 * MINUTE + 2 * SECOND
  return {
    id: 'rollback-1',
    version: 1,
    phase: 'pending',
    workloadId: 'workload-1',
    workload: CHECKOUT,
    deploymentUid: 'deployment-1',
    incidentId: 'incident-1',
    decisionId: 'decision-1',
    trigger: 'alert',
    reason: 'HighErrorRate',
    actor: { kind: 'engine' },
    dryRun: false,
    condemns: true,
    from: BAD,
    to: GOOD,
    generation: 7,
    bakeTimeMs: 2 * MINUTE,
    minRequests: 20,
    clocks: {
      ...NO_CLOCKS,
      deployedAt: T0,
      startedAt: T0 + MINUTE,
      startedAtSource: 'active_at',
      receivedAt: openedAt - SECOND,
      decidedAt: openedAt,
    },
    openedAt,
    phaseSince: openedAt,
    nextStepAt: openedAt,
    expiresAt: null,
    verification: null,
    outcome: null,
    endedAt: null,
    ...overrides,
  }
}

export function aPod(overrides: Partial<PodState> = {}): PodState {
  return { name: 'checkout-hash41-a', node: 'node-0', ready: true, restarts: 0, reason: null, ...overrides }
}

export function aSignal(overrides: Partial<SignalReading> = {}): SignalReading {
  return { name: 'HighErrorRate', health: 'healthy', reason: 'within_threshold', windowStart: T0, measurement: null, ...overrides }
}

export function anEcho(overrides: Partial<AlertEcho> = {}): AlertEcho {
  return { name: 'HighErrorRate', firing: false, settlesAt: T0, ...overrides }
}

/** A healthy look: the rollout complete, one pod ready, one signal within its threshold, no alert. */
export function aLook(overrides: Partial<HealthObservation> = {}): HealthObservation {
  return { rollout: { state: 'complete' }, pods: [aPod()], signals: [aSignal()], alerts: [], ...overrides }
}

export function aVerification(overrides: Partial<Verification> = {}): Verification {
  return { restartBaseline: {}, stretch: null, reading: null, seen: null, ...overrides }
}

/** A rollback that spends the budget. */
export function aSpentRollback(overrides: Partial<SpentRollback> = {}): SpentRollback {
  const workload = { namespace: 'shop', kind: 'Deployment', name: 'checkout' } as const
  return { id: 'r1', at: T0, workload, phase: 'succeeded', incidentId: 'i1', from: 42, to: 41, ...overrides }
}
