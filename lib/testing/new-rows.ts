import type { BreakerClosing } from '../core/breaker.ts'
import { NO_CLOCKS } from '../core/clocks.ts'
import type { Facts } from '../core/decision.ts'
import type { Deploy } from '../core/deploy.ts'
import { DEFAULT_POLICY } from '../core/policy.ts'
import { hasEnded } from '../core/rollback.ts'
import type { RevisionRef, WorkloadRef } from '../core/workload.ts'
import type { NewDecision, NewEpisode, NewRollback, Tx } from '../ports.ts'

/** An instant with milliseconds, so that a store that drops them is noticed. */
export const AT = Date.UTC(2026, 0, 5, 10, 0, 0, 123)

export function aRevision(overrides: Partial<RevisionRef> = {}): RevisionRef {
  const number = overrides.number ?? 1
  return {
    uid: `rs-${number}`,
    hash: `hash${number}`,
    number,
    templateFingerprint: `template-${number}`,
    materialFingerprint: `material-${number}`,
    images: [`shop/checkout:${number}`],
    ...overrides,
  }
}

export function aWorkload(name = 'checkout'): WorkloadRef {
  return { namespace: 'shop', kind: 'Deployment', name }
}

export function aDeploy(overrides: Partial<Deploy> & { workloadId: string }): Deploy {
  return {
    deploymentUid: `uid-of-${overrides.workloadId}`,
    revision: aRevision(),
    deployedAt: AT,
    source: 'watched',
    completedAt: null,
    ...overrides,
  }
}

export function anEpisode(overrides: Partial<NewEpisode> = {}): NewEpisode {
  return {
    fingerprint: 'f1',
    status: 'firing',
    labels: { alertname: 'HighErrorRate', service: 'checkout' },
    annotations: { summary: 'too many errors' },
    generatorUrl: 'http://prometheus.example.test/graph',
    startsAt: AT - 30_000,
    resolvedAt: null,
    receivedAt: AT,
    lastSeenAt: AT,
    truncatedAlerts: 0,
    workloadId: null,
    incidentId: null,
    nextEvaluationAt: null,
    askAgainUntil: null,
    ...overrides,
  }
}

export function aClosing(overrides: Partial<BreakerClosing> = {}): BreakerClosing {
  const actor = { kind: 'user', id: 'u1', name: 'ada@example.test' } as const
  return { at: AT, actor, reason: 'looked at all of them', letOff: 1, rollbacks: [], ...overrides }
}

function someFacts(): Facts {
  return {
    at: AT,
    trigger: {
      kind: 'person',
      actor: { kind: 'user', id: 'u1', name: 'ada@example.test' },
      reason: 'bad',
      toRevisionUid: null,
      condemn: false,
    },
    resolution: { kind: 'found', workload: aWorkload(), via: 'person' },
    workload: null,
    policy: DEFAULT_POLICY,
    control: { enabled: true, paused: null, dryRun: false, mode: 'auto' },
    clockSkewMs: 12,
  }
}

export function aDecision(overrides: Partial<NewDecision> = {}): NewDecision {
  return {
    trigger: 'alert',
    episodeId: null,
    incidentId: null,
    workloadId: null,
    decidedAt: AT,
    verdict: 'roll_back',
    effect: 'act',
    reason: 'deploy_explains_it',
    checks: [{ gate: 'asked', answer: 'pass', reason: 'asked', values: { labels: ['a', 1, null] }, endsAt: null }],
    target: { ...aRevision(), condemned: false },
    decideAgainAt: null,
    facts: someFacts(),
    ...overrides,
  }
}

/** One that has ended has an end, an outcome and no next step, as every stored one. */
export function aRollback(overrides: Partial<NewRollback> & { workloadId: string; decisionId: string }): NewRollback {
  const isOver = hasEnded(overrides.phase ?? 'pending')
  return {
    phase: 'pending',
    deploymentUid: 'deployment-uid',
    incidentId: null,
    trigger: 'alert',
    reason: 'HighErrorRate',
    actor: { kind: 'engine' },
    dryRun: overrides.phase === 'simulated',
    condemns: true,
    from: aRevision({ number: 2 }),
    to: aRevision(),
    generation: 7,
    bakeTimeMs: 120_000,
    minRequests: 20,
    clocks: { ...NO_CLOCKS, startedAt: AT - 60_000, startedAtSource: 'active_at', receivedAt: AT - 1_000, decidedAt: AT },
    openedAt: AT,
    phaseSince: AT,
    nextStepAt: isOver ? null : AT,
    expiresAt: null,
    verification: null,
    outcome: isOver ? { reason: 'aborted_by_hand', detail: null } : null,
    endedAt: isOver ? AT : null,
    ...overrides,
  }
}

/** A rollback with the workload and the decision that it needs. */
export async function insertRollback(tx: Tx, overrides: Partial<NewRollback> & { name?: string } = {}) {
  const { name, ...fields } = overrides
  const workloadId = fields.workloadId ?? (await tx.workloadId(aWorkload(name), AT))
  const decisionId = await tx.insertDecision(aDecision({ workloadId, incidentId: fields.incidentId ?? null }))
  return tx.insertRollback(aRollback({ ...fields, workloadId, decisionId }))
}
