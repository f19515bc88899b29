import type { BreakerClosing } from '../../../core/breaker.ts'
import type { Control } from '../../../core/control.ts'
import type { PolicyFields, StoredPolicy } from '../../../core/policy.ts'
import type { Scope } from '../../../core/scope.ts'
import type { Control as ControlRow, Policy as PolicyRow, Prisma } from '../generated/client.ts'
import { fromJson, toJson } from './json.ts'

export function toControl(row: Omit<ControlRow, 'id' | 'breakerClosed'>): Control {
  return {
    version: row.version,
    enabled: row.enabled,
    dryRun: fromJson<Control['dryRun']>(row.dryRun),
    pauses: fromJson<Control['pauses']>(row.pauses),
    configured: fromJson<Control['configured']>(row.configured),
  }
}

export function fromControlChanges(changes: Partial<Omit<Control, 'version'>>): Prisma.ControlUpdateManyMutationInput {
  return {
    enabled: changes.enabled,
    dryRun: toJson(changes.dryRun),
    pauses: toJson(changes.pauses),
    configured: toJson(changes.configured),
  }
}

export function toBreakerClosing(row: Pick<ControlRow, 'breakerClosed'> | null): BreakerClosing | null {
  return row === null || row.breakerClosed === null ? null : fromJson<BreakerClosing>(row.breakerClosed)
}

export function toPolicy(row: PolicyRow): StoredPolicy {
  const scope = fromJson<Scope>(row.scope)
  const { budget, ...fields } = fromJson<PolicyFields>(row.fields)
  // Once it could be set further in, where it counts for nothing; left in, every save of that scope would be refused.
  const isKept = scope.level === 'cluster' && budget !== undefined
  return { scope, fields: isKept ? { ...fields, budget } : fields, version: row.version }
}
