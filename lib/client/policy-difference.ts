import type { Policy, PolicyFields, StoredPolicy } from '../core/policy.ts'
import type { PolicySource } from '../core/policy-sources.ts'
import type { Scope } from '../core/scope.ts'
import { isWithin, type PolicyField, policyLevels } from './policy-levels.ts'

/** One field of a scope's policy that changes. */
export interface PolicyDifference {
  field: PolicyField
  before: Policy
  after: Policy
  /** `value`: another one holds; `pinned`: the same, said here from now on; `followed`: the same, said further out from now on. */
  kind: 'value' | 'pinned' | 'followed'
  /** Where the value comes from afterwards. */
  source: PolicySource
  /** Scopes within it that set the field themselves: nothing changes for them. */
  exceptions: readonly Scope[]
}

/** What changes in effect when a scope sets these fields, in the order of the fields. */
export function policyDifferences(policies: readonly StoredPolicy[], scope: Scope, fields: PolicyFields): PolicyDifference[] {
  const before = policyLevels(policies, scope)
  const after = policyLevels(policies, scope, fields)
  return (Object.keys(after.effective) as PolicyField[]).flatMap((field) => {
    const isOther = !isSame(before.effective[field], after.effective[field])
    const [wasOwn, isOwn] = [field in before.own.fields, field in fields]
    if (!isOther && wasOwn === isOwn) return []
    const same = isOwn ? 'pinned' : 'followed'
    const exceptions = policies.filter((policy) => isWithin(policy.scope, scope) && field in policy.fields).map((policy) => policy.scope)
    return [
      { field, before: before.effective, after: after.effective, kind: isOther ? 'value' : same, source: after.sources[field], exceptions },
    ]
  })
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

/** JSON with keys in one order: the database gives them back in its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
