import type { Scope } from '../../lib/core/scope.ts'

/** The names that sentences about a scope take. */
export function namesOf(scope: Scope): { namespace: string; name: string } {
  if (scope.level === 'workload') return { namespace: scope.workload.namespace, name: scope.workload.name }
  return { namespace: scope.level === 'namespace' ? scope.namespace : '', name: '' }
}
