import { spendsBudget } from '../core/breaker.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Deps } from '../ports.ts'
import { HELD_BY_BREAKER } from './close-breaker.ts'

/**
 * A rollback that was stopped before its patch spends nothing any more: what waits for the budget need not wait for the window. A
 * transaction of its own, since it locks episodes of other workloads; if it is lost, the window ends all the same.
 */
export async function releaseBudget(deps: Pick<Deps, 'store' | 'now'>, before: Rollback, after: Rollback): Promise<void> {
  if (!spendsBudget(before) || spendsBudget(after)) return
  await deps.store.transaction((tx) => tx.reevaluateHeld(HELD_BY_BREAKER, deps.now()))
}
