import { type Policy, type PolicyFields, resolvePolicy, type StoredPolicy } from '../core/policy.ts'
import { type Scope, scopeKey, scopesOf } from '../core/scope.ts'
import { MODE_ANNOTATION, type WorkloadRef } from '../core/workload.ts'
import type { Cluster } from '../ports.ts'

/** Fields to try out. */
export interface PolicyEdit {
  fields: PolicyFields
  /** Null: over everything that is set. Else they are all that this scope would set, as when they were saved. */
  scope: Scope | null
}

interface Asked {
  stored: readonly StoredPolicy[]
  cluster: Pick<Cluster, 'deployment'>
  /** Null: the alert led to none, and the cluster's policy held. */
  workload: WorkloadRef | null
  edit: PolicyEdit | null
}

/** The policy by which a workload would be decided now, with an edit where one is tried out. Its annotation lowers the mode of both. */
export function policyToReplay({ stored, cluster, workload, edit }: Asked): Policy {
  const scopes: Scope[] = workload === null ? [{ level: 'cluster' }] : scopesOf(workload)
  const levels = scopes.map((scope) => (isOf(edit?.scope ?? null, scope) ? (edit?.fields ?? {}) : fieldsOf(stored, scope)))
  const annotation = workload === null ? undefined : cluster.deployment(workload)?.annotations[MODE_ANNOTATION]
  return resolvePolicy(edit !== null && edit.scope === null ? over(levels, edit.fields) : levels, annotation)
}

/** The budget is the cluster's: an edit of it counts as the cluster's too. */
function over([cluster = {}, ...nearer]: readonly PolicyFields[], fields: PolicyFields): PolicyFields[] {
  const { budget } = fields
  return [{ ...cluster, ...(budget !== undefined && { budget }) }, ...nearer, fields]
}

function isOf(edited: Scope | null, scope: Scope): boolean {
  return edited !== null && scopeKey(edited) === scopeKey(scope)
}

function fieldsOf(stored: readonly StoredPolicy[], scope: Scope): PolicyFields {
  return stored.find((one) => scopeKey(one.scope) === scopeKey(scope))?.fields ?? {}
}
