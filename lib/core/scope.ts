import { type WorkloadRef, workloadKey } from './workload.ts'

/** What a pause or a policy speaks about: the whole cluster, one namespace, one workload. */
export type Scope = { level: 'cluster' } | { level: 'namespace'; namespace: string } | { level: 'workload'; workload: WorkloadRef }

/** One text per scope, the key under which it is stored. */
export function scopeKey(scope: Scope): string {
  if (scope.level === 'cluster') return 'cluster'
  if (scope.level === 'namespace') return `namespace/${scope.namespace}`
  return `workload/${workloadKey(scope.workload)}`
}

/** The scopes that reach a workload, widest first. */
export function scopesOf(workload: WorkloadRef): Scope[] {
  return [{ level: 'cluster' }, { level: 'namespace', namespace: workload.namespace }, { level: 'workload', workload }]
}

export function covers(scope: Scope, workload: WorkloadRef): boolean {
  return scopesOf(workload).some((reaching) => scopeKey(reaching) === scopeKey(scope))
}
