import { type Policy, type PolicyFields, resolvePolicy, type StoredPolicy } from '../core/policy.ts'
import { type PolicySources, policySources } from '../core/policy-sources.ts'
import { type Scope, scopeKey } from '../core/scope.ts'

export type PolicyField = keyof Policy

/** What holds in a scope, and what would hold there if it set nothing itself. */
export interface PolicyLevels {
  own: StoredPolicy
  effective: Policy
  sources: PolicySources
  inherited: Policy
  inheritedSources: PolicySources
}

/** @param fields what the scope sets, if not what is stored */
export function policyLevels(policies: readonly StoredPolicy[], scope: Scope, fields?: PolicyFields): PolicyLevels {
  const stored = (one: Scope) =>
    policies.find((policy) => scopeKey(policy.scope) === scopeKey(one)) ?? { scope: one, fields: {}, version: 0 }
  const own = stored(scope)
  const above = scopesAbove(scope).map(stored)
  const all = [...above, fields === undefined ? own : { ...own, fields }]
  return {
    own,
    effective: resolved(all),
    sources: policySources(all, undefined),
    inherited: resolved(above),
    inheritedSources: policySources(above, undefined),
  }
}

function resolved(levels: readonly StoredPolicy[]): Policy {
  return resolvePolicy(
    levels.map(({ fields }) => fields),
    undefined,
  )
}

function scopesAbove(scope: Scope): Scope[] {
  if (scope.level === 'cluster') return []
  if (scope.level === 'namespace') return [{ level: 'cluster' }]
  return [{ level: 'cluster' }, { level: 'namespace', namespace: scope.workload.namespace }]
}

/** Whether a scope lies within another one, and is not it. */
export function isWithin(inner: Scope, outer: Scope): boolean {
  if (outer.level === 'cluster') return inner.level !== 'cluster'
  return outer.level === 'namespace' && inner.level === 'workload' && inner.workload.namespace === outer.namespace
}
