import { type Breaker, breakerOf, clusterBudget } from '../core/breaker.ts'
import type { Deps } from '../ports.ts'

/** Whether the cluster's budget is spent now, by what, and who closed the breaker last. */
export async function readBreaker({ read, now }: Pick<Deps, 'read' | 'now'>): Promise<Breaker> {
  const at = now()
  // The version first: a change that comes in between makes a close that was meant for this answer a conflict.
  const { version } = await read.control()
  const [policies, closing] = await Promise.all([read.policies(), read.breakerClosing()])
  const budget = clusterBudget(policies)
  return breakerOf({ acted: await read.spentSince(at - budget.windowMs), budget, closing, version, at })
}
