import type { ObservedDeploy } from '../core/deploy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'

/** Deploys that this process has stored, by what was known of each: spares Postgres what it has. */
export type StoredDeploys = Map<string, string>

/** How many deploys go into one transaction. */
const BATCH = 200

/**
 * Stores every deploy that the informers know of. Idempotent, from several replicas too. What could not be
 * stored stays unmarked and is stored the next time, so that an outage of Postgres loses none.
 */
export async function recordDeploys(deps: Deps, stored: StoredDeploys): Promise<number> {
  const missing = deps.cluster.observedDeploys().filter((deploy) => stored.get(keyOf(deploy)) !== knowledgeOf(deploy))
  for (let from = 0; from < missing.length; from += BATCH) {
    const batch = missing.slice(from, from + BATCH)
    await deps.store.transaction(async (tx) => {
      for (const deploy of batch) await recordDeploy(tx, deploy, deps.now())
    })
    for (const deploy of batch) stored.set(keyOf(deploy), knowledgeOf(deploy))
  }
  return missing.length
}

/** The same for one workload, inside a transaction that is about to read its deploys. */
export async function recordDeploysOf(deps: Deps, tx: Tx, workload: WorkloadRef): Promise<void> {
  const key = workloadKey(workload)
  for (const deploy of deps.cluster.observedDeploys()) {
    if (workloadKey(deploy.workload) === key) await recordDeploy(tx, deploy, deps.now())
  }
}

async function recordDeploy(tx: Tx, observed: ObservedDeploy, now: number): Promise<void> {
  const { workload, ...deploy } = observed
  await tx.recordDeploy({ ...deploy, workloadId: await tx.workloadId(workload, now) })
}

function keyOf(deploy: ObservedDeploy): string {
  return `${deploy.deploymentUid}/${deploy.revision.number}`
}

function knowledgeOf(deploy: ObservedDeploy): string {
  return `${deploy.source}/${deploy.deployedAt}/${deploy.completedAt}/${deploy.revision.uid}`
}
