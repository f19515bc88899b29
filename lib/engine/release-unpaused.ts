import type { ReasonCode } from '../core/reason.ts'
import type { Deps } from '../ports.ts'

const HELD: readonly ReasonCode[] = ['deployment_paused']

/**
 * Alerts that a paused Deployment holds are decided again once it is not paused any more. Called when the informers saw a change, and
 * now and then: it may have been resumed while nobody watched.
 *
 * @returns how many are decided again
 */
export async function releaseUnpaused(deps: Pick<Deps, 'cluster' | 'store' | 'now'>): Promise<number> {
  if (!deps.cluster.isSynced()) return 0
  return deps.store.transaction(async (tx) => {
    let released = 0
    for (const { id, ref } of await tx.workloadsHeldFor(HELD)) {
      if (deps.cluster.deployment(ref)?.paused === false) released += await tx.reevaluateHeld(HELD, deps.now(), id)
    }
    return released
  })
}
