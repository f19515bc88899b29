import { CLUSTER_FIELDS, DEFAULT_POLICY, type Policy, resolvePolicy, type StoredPolicy } from './policy.ts'
import type { Scope } from './scope.ts'

/** Which level a field of a resolved policy comes from. `annotation`: the workload's own, lowering the mode. */
export type PolicySource = 'default' | Scope['level'] | 'annotation'
export type PolicySources = Record<keyof Policy, PolicySource>

/**
 * Where each field of `resolvePolicy` comes from.
 *
 * @param levels what the scopes that reach the workload set, widest first
 */
export function policySources(levels: readonly Pick<StoredPolicy, 'scope' | 'fields'>[], annotation: string | undefined): PolicySources {
  const sources = { ...BY_DEFAULT }
  for (const level of levels) {
    for (const field of Object.keys(level.fields) as (keyof Policy)[]) {
      if (level.scope.level === 'cluster' || !isClusterField(field)) sources[field] = level.scope.level
    }
  }
  const fields = levels.map((level) => level.fields)
  const isLowered = resolvePolicy(fields, annotation).mode !== resolvePolicy(fields, undefined).mode
  return isLowered ? { ...sources, mode: 'annotation' } : sources
}

const BY_DEFAULT = Object.fromEntries(Object.keys(DEFAULT_POLICY).map((field) => [field, 'default'])) as PolicySources

function isClusterField(field: keyof Policy): boolean {
  return (CLUSTER_FIELDS as readonly (keyof Policy)[]).includes(field)
}
