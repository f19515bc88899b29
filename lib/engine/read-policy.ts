import { type Policy, type PolicyFields, resolvePolicy, type StoredPolicy } from '../core/policy.ts'
import { type PolicySources, policySources } from '../core/policy-sources.ts'
import { type Scope, scopeKey, scopesOf } from '../core/scope.ts'
import { MODE_ANNOTATION, type WorkloadRef } from '../core/workload.ts'
import type { Cluster, ReadModel } from '../ports.ts'

interface PolicyDeps {
  read: Pick<ReadModel, 'policies'>
  cluster: Pick<Cluster, 'deployment'>
}

interface PolicyView {
  scope: Scope
  /** What is set for this workload itself. */
  fields: PolicyFields
  /** Send it back to change the fields; 0: nothing was ever set here. */
  version: number
  /** What holds for the workload, every field. */
  resolved: Policy
  sources: PolicySources
  /** The workload's own annotation as the cluster has it; null: none, or the workload is not there. */
  annotation: string | null
}

/**
 * How a workload is handled, and which level says so. Answers for a workload that was never seen too: its policy can be set
 * before it is deployed.
 */
export async function readPolicy(deps: PolicyDeps, { workload }: { workload: WorkloadRef }): Promise<PolicyView> {
  const stored = await deps.read.policies()
  const levels = scopesOf(workload).map((scope) => ofScope(stored, scope))
  const own = ofScope(stored, { level: 'workload', workload })
  const annotation = deps.cluster.deployment(workload)?.annotations[MODE_ANNOTATION]
  return {
    ...own,
    resolved: resolvePolicy(
      levels.map((level) => level.fields),
      annotation,
    ),
    sources: policySources(levels, annotation),
    annotation: annotation ?? null,
  }
}

function ofScope(stored: readonly StoredPolicy[], scope: Scope): StoredPolicy {
  return stored.find((policy) => scopeKey(policy.scope) === scopeKey(scope)) ?? { scope, fields: {}, version: 0 }
}
