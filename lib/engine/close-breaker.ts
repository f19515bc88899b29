import type { Audited, Caller } from '../core/audit.ts'
import { type Breaker, type BreakerClosing, breakerOf, closingOf, clusterBudget, spentOf } from '../core/breaker.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Policy } from '../core/policy.ts'
import type { ReasonCode } from '../core/reason.ts'
import type { Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

interface Closing {
  caller: Caller
  reason: string
  /** Of the breaker that the caller saw; null: whatever it is. */
  version: number | null
}

/** What an open breaker holds. */
export const HELD_BY_BREAKER: readonly ReasonCode[] = ['budget_spent']

/**
 * Closes the breaker before its time: the rollbacks that spent the budget count no longer, and what it held is decided again at once.
 *
 * @throws conflict when it is not open, or when somebody changed control since `version`
 */
export function closeBreaker(deps: Pick<Deps, 'store' | 'now'>, { caller, reason, version }: Closing): Promise<Audited<Breaker>> {
  return deps.store.transaction(async (tx) => {
    // Whoever decides reads the control row FOR SHARE until it has committed: behind this lock nobody opens anything that would be
    // missing among what is let off.
    const control = await tx.control('update')
    const at = deps.now()
    if (version !== null && version !== control.version) {
      throw new SnapbackError('conflict', 'someone else has just closed the breaker, or changed what automation may do; look again')
    }
    const budget = clusterBudget(await tx.policies([{ level: 'cluster' }]))
    const counting = await tx.actedSince(at - budget.windowMs)
    const { closesAt } = spentOf(counting, budget, at)
    if (closesAt === null) throw new SnapbackError('conflict', notOpen(counting.length, budget))
    const before = await tx.breakerClosing()
    const closing: BreakerClosing = closingOf({ at, actor: caller.actor, reason, counting, before })
    if (!(await tx.closeBreaker(control.version, closing))) throw new SnapbackError('conflict', 'someone else has just changed this')
    await tx.reevaluateHeld(HELD_BY_BREAKER, at)
    const audited = auditDraft(caller, at, {
      action: 'breaker.close',
      target: 'cluster',
      reason,
      before: { state: 'open', spent: counting.length, ...budget, closesAt, rollbacks: counting.map(({ id }) => id) },
      after: { state: 'closed', spent: 0 },
    })
    await tx.appendAudit(audited)
    return { result: breakerOf({ acted: [], budget, closing, version: control.version + 1, at }), audited }
  })
}

function notOpen(spent: number, { count, windowMs }: Policy['budget']): string {
  return `the breaker is not open: ${spent} of ${count} rollbacks within ${windowMs / 60_000} min are spent, and nothing is held by it`
}
