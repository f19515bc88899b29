import type { ReasonCode } from '../core/reason.ts'
import type { WorkloadRef } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import { modeOf } from './mode-of.ts'

type Releasing = Pick<Deps, 'cluster' | 'store' | 'now'>

/** Holds that somebody ends in the cluster, where nobody tells us, and whether one is over for a workload. */
const ENDED_IN_THE_CLUSTER: readonly [ReasonCode, (deps: Releasing, tx: Tx, workload: WorkloadRef) => Promise<boolean>][] = [
  ['deployment_paused', async ({ cluster }, _, workload) => cluster.deployment(workload)?.paused === false],
  // The caches had one revision, and now there is a deploy, or the one that was there already. Nobody delivers the alert again.
  ['no_target', async ({ cluster }, _, workload) => cluster.revisions(workload).length > 1],
  // The annotation on the workload; a change of the policy itself releases at once.
  ['mode_off', async (deps, tx, workload) => deps.cluster.deployment(workload) !== null && (await modeOf(deps, tx, workload)) !== 'off'],
]

/**
 * Alerts that a paused Deployment, its annotation or its owner holds are decided again once it does not any more; so are those that fire on
 * while a condemned template is deployed again, or anything where there was nothing to go back to. Called when the informers saw a change,
 * and now and then: it may have been changed while nobody watched.
 *
 * @returns how many are decided again
 */
export async function releaseHeld(deps: Releasing): Promise<number> {
  if (!deps.cluster.isSynced()) return 0
  // What was rolled away from is deployed again under an alert that never ended: nobody delivers that one a second time.
  let released = await deps.store.transaction((tx) => tx.reevaluateDeployedAgain(deps.now()))
  for (const [reason, isOver] of ENDED_IN_THE_CLUSTER) {
    // A transaction each: episodes of several workloads in one would be locked in another order than deliveries lock them, and of
    // hundreds it would take longer than one may.
    for (const { id, ref } of await deps.store.transaction((tx) => tx.workloadsHeldFor([reason]))) {
      released += await deps.store.transaction(async (tx) =>
        (await isOver(deps, tx, ref)) ? tx.reevaluateHeld([reason], deps.now(), id) : 0,
      )
    }
  }
  return released + (await releaseOwned(deps))
}

/** How many owners are asked at once: what one application deploys is one question. */
const OWNERS_AT_ONCE = 20

/** An owner that was suspended, or told not to heal itself, tells nobody either: it is asked again, outside of any transaction. */
async function releaseOwned({ cluster, store, now }: Releasing): Promise<number> {
  const held = await store.transaction((tx) => tx.workloadsHeldFor(['owner_reverts']))
  let released = 0
  for (let from = 0; from < held.length; from += OWNERS_AT_ONCE) {
    const asked = held.slice(from, from + OWNERS_AT_ONCE).map(async ({ id, ref }) => ({ id, owner: await cluster.owner(ref) }))
    for (const { id, owner } of await Promise.all(asked)) {
      if (owner === 'silent' || owner?.undo === 'reverted') continue
      released += await store.transaction((tx) => tx.reevaluateHeld(['owner_reverts'], now(), id))
    }
  }
  return released
}
