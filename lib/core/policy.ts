import type { FreezeWindow } from './freeze.ts'
import type { Scope } from './scope.ts'

export const MODES = ['off', 'observe', 'suggest', 'auto'] as const
/** What may be done about a verdict, from least to most. */
export type Mode = (typeof MODES)[number]

/** How workloads are handled. Times in milliseconds. */
export interface Policy {
  mode: Mode
  /** How long after a deploy it can be to blame. */
  attributionWindowMs: number
  /** Quiet time since the end of the last rollback of the workload. */
  cooldownMs: number
  /** The most rollbacks by alerts in the whole cluster, within a time. */
  budget: { count: number; windowMs: number }
  /** As many other workloads in trouble that began at the same time, give or take, point to a cause that they share. */
  commonCause: { workloads: number; withinMs: number }
  /** How long a revision must have served to be gone back to. */
  goodAfterMs: number
  /** How long it must stay healthy to have succeeded. */
  bakeTimeMs: number
  /** Requests a window below which a ratio says nothing. */
  minRequests: number
  /** What an unanswered evidence gate means. */
  onInconclusive: 'hold' | 'pass'
  /** Where an undo would not stick, because something else owns the Deployment. */
  onOwned: 'refuse' | 'warn'
  /** Times in which nothing is done by itself. */
  freeze: readonly FreezeWindow[]
  /** While Prometheus or Alertmanager is not heard. */
  whenBlind: 'hold' | 'go_on'
  /** How long a proposal waits for a yes. */
  proposalExpiryMs: number
  /** Which workload a `service` label means, where names do not tell. */
  services: readonly ServiceMapping[]
}

/** `service` (in `namespace`, or anywhere when null) means this Deployment. */
export interface ServiceMapping {
  service: string
  namespace: string | null
  workload: { namespace: string; name: string }
}

const MINUTE = 60_000

export const DEFAULT_POLICY: Policy = {
  mode: 'observe',
  attributionWindowMs: 30 * MINUTE,
  cooldownMs: 15 * MINUTE,
  budget: { count: 5, windowMs: 30 * MINUTE },
  commonCause: { workloads: 3, withinMs: 2 * MINUTE },
  goodAfterMs: 10 * MINUTE,
  bakeTimeMs: 2 * MINUTE,
  minRequests: 20,
  onInconclusive: 'hold',
  onOwned: 'refuse',
  freeze: [],
  whenBlind: 'hold',
  proposalExpiryMs: 15 * MINUTE,
  services: [],
}

/** What one scope sets; the rest comes from further out. */
export type PolicyFields = Partial<Policy>

export interface StoredPolicy {
  scope: Scope
  fields: PolicyFields
  version: number
}

/** Fields that speak about the whole cluster: what a namespace or a workload sets of them has no say. */
export const CLUSTER_FIELDS = ['budget'] as const satisfies readonly (keyof Policy)[]

/**
 * The policy of one workload: each field from the nearest scope that sets it. The budget is counted in the whole cluster, so that
 * the cluster sets it. The annotation on the workload may lower the mode and never raise it; an annotation that is no mode is left out.
 *
 * @param levels what the scopes that reach the workload set, the cluster's first
 */
export function resolvePolicy(levels: readonly PolicyFields[], annotation: string | undefined): Policy {
  const [cluster, ...nearer] = levels
  const merged: Policy = Object.assign({}, DEFAULT_POLICY, cluster, ...nearer.map(withoutClusterFields))
  const asked = MODES.indexOf(annotation as Mode)
  return asked >= 0 && asked < MODES.indexOf(merged.mode) ? { ...merged, mode: MODES[asked] as Mode } : merged
}

function withoutClusterFields({ budget: _, ...fields }: PolicyFields): PolicyFields {
  return fields
}
