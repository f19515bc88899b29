import type { Scope } from '../../lib/core/scope.ts'

/** The page of a scope's policy. */
export function policyPath(scope: Scope): string {
  if (scope.level === 'cluster') return '/policies/cluster'
  if (scope.level === 'namespace') return `/policies/namespaces/${scope.namespace}`
  const { namespace, kind, name } = scope.workload
  return `/policies/workloads/${namespace}/${kind}/${encodeURIComponent(name)}`
}

/** The scope that such an address names; null: none. */
export function scopeOfPath(segments: readonly string[]): Scope | null {
  const [level, namespace = '', kind, name = '', ...more] = segments.map(decodeURIComponent)
  if (level === 'cluster' && segments.length === 1) return { level }
  if (level === 'namespaces' && segments.length === 2) return { level: 'namespace', namespace }
  if (level === 'workloads' && kind === 'Deployment' && name !== '' && more.length === 0) {
    return { level: 'workload', workload: { namespace, kind, name } }
  }
  return null
}
