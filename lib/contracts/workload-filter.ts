import type { z } from 'zod'
import type { WorkloadRef } from '../core/workload.ts'
import { namespaceName, workloadName } from './workload-ref.ts'

/** `namespace` and `name` of a query that asks for one workload. */
export const workloadFilter = { namespace: namespaceName.optional(), name: workloadName.optional() }

interface Named {
  namespace?: string | undefined
  name?: string | undefined
}

/** Turns the two into the workload that they name; one without the other is refused by field. */
export function ofWorkload<Q extends Named>(query: Q, context: z.RefinementCtx): Omit<Q, keyof Named> & { workload: WorkloadRef | null } {
  const { namespace, name, ...rest } = query
  if ((namespace === undefined) !== (name === undefined)) {
    const missing = name === undefined ? 'name' : 'namespace'
    context.addIssue({ code: 'custom', path: [missing], message: 'namespace and name go together' })
  }
  const workload = namespace === undefined || name === undefined ? null : { namespace, kind: 'Deployment' as const, name }
  return { ...rest, workload }
}
