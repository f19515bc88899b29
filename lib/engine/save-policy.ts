import type { Audited, Caller } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { JsonValue } from '../core/json.ts'
import { never } from '../core/never.ts'
import type { PolicyFields, StoredPolicy } from '../core/policy.ts'
import type { ReasonCode } from '../core/reason.ts'
import { type Scope, scopeKey } from '../core/scope.ts'
import type { Cluster, Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

interface Saving {
  caller: Caller
  scope: Scope
  /** All that the scope sets from now on; what is left out comes from further out. */
  fields: PolicyFields
  /** The version that the caller saw; 0 when the scope set nothing. */
  version: number
  reason: string
}

interface Saved extends StoredPolicy {
  /** Whether the cluster has something in the scope just now; null: the cluster has not been read yet. */
  known: boolean | null
}

/**
 * A scope that the cluster does not have is saved too, since a policy may come before the first deploy; the answer says so, since it
 * may also be misspelt or not be watched.
 *
 * @throws conflict when someone else saved meanwhile: nobody overwrites
 */
export function savePolicy(deps: Deps, { caller, scope, fields, version, reason }: Saving): Promise<Audited<Saved>> {
  return deps.store.transaction(async (tx) => {
    // Whoever decides or starts a patch reads the control row FOR SHARE until it has committed: behind this lock nobody is
    // at it with the old policy, so that a mode holds from the moment that it is answered.
    await tx.control('update')
    const [before] = await tx.policies([scope])
    if (!(await tx.savePolicy(scope, fields, version))) {
      throw new SnapbackError(
        'conflict',
        `the policy of ${scopeKey(scope)} is at version ${before?.version ?? 0}, not ${version}; look again`,
      )
    }
    // What a mode, a budget or a freeze held has to find out that it is another one now. And what led to no workload, or to two, may lead
    // to one: that is what the mapping is set for. One call: episodes are locked in one order, as deliveries lock them.
    const isMapped = hasChanged(before?.fields.services, fields.services)
    await tx.reevaluateHeld(isMapped ? [...HELD_BY_POLICY, ...UNRESOLVED] : HELD_BY_POLICY, deps.now())
    const audited = auditDraft(caller, deps.now(), {
      action: 'policy.save',
      target: scopeKey(scope),
      reason,
      before: asJson(before?.fields ?? {}),
      after: asJson(fields),
    })
    await tx.appendAudit(audited)
    return { result: { scope, fields, version: version + 1, known: isKnown(deps.cluster, scope) }, audited }
  })
}

const HELD_BY_POLICY: readonly ReasonCode[] = [
  'mode_off',
  'outside_attribution_window',
  'target_unproven',
  'cooling_down',
  'budget_spent',
  'common_cause',
  'frozen',
  'owner_reverts',
  // Open questions that are not asked any more: a policy may let them pass, or be content with less.
  'source_silent',
  'too_few_requests',
  'condition_before_unknown',
  'clocks_differ',
]

const UNRESOLVED: readonly ReasonCode[] = ['workload_not_found', 'workload_ambiguous']

function hasChanged(before: PolicyFields['services'], after: PolicyFields['services']): boolean {
  return JSON.stringify(before ?? []) !== JSON.stringify(after ?? [])
}

function isKnown(cluster: Cluster, scope: Scope): boolean | null {
  if (!cluster.isSynced()) return null
  switch (scope.level) {
    case 'cluster':
      return true
    case 'namespace':
      return cluster.deployments().some(({ ref }) => ref.namespace === scope.namespace)
    case 'workload':
      return cluster.deployment(scope.workload) !== null
    default:
      return never(scope)
  }
}

function asJson(fields: PolicyFields): JsonValue {
  return JSON.parse(JSON.stringify(fields)) as JsonValue
}
