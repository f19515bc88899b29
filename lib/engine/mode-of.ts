import { type Mode, resolvePolicy } from '../core/policy.ts'
import { scopesOf } from '../core/scope.ts'
import { MODE_ANNOTATION, type WorkloadRef } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'

/** The mode that holds for a workload now. Behind the control row, which every change of a policy updates, it holds until the commit. */
export async function modeOf({ cluster }: Pick<Deps, 'cluster'>, tx: Tx, workload: WorkloadRef): Promise<Mode> {
  const levels = await tx.policies(scopesOf(workload))
  const fields = levels.map((level) => level.fields)
  return resolvePolicy(fields, cluster.deployment(workload)?.annotations[MODE_ANNOTATION]).mode
}
