import { type Drift, driftOf } from '../core/drift.ts'
import type { Owner } from '../core/owner.ts'
import type { WorkloadView } from '../core/workload-view.ts'
import type { Cluster } from '../ports.ts'

interface Ownership {
  /** Null: nobody that we know, or the cluster was not read yet or does not answer. */
  owner: Owner | null
  drift: Drift | null
}

type Asked = Pick<Cluster, 'isSynced' | 'owner'>

/** Who owns a workload now, and whether source and cluster differ since its last undo. */
export async function readOwnership(cluster: Asked, view: WorkloadView): Promise<Ownership> {
  if (!cluster.isSynced()) return { owner: null, drift: driftOf({ undo: view.lastUndo, current: view.current }) }
  const owner = await cluster.owner(view.ref)
  // Silence ends no drift.
  if (owner === 'silent') return { owner: null, drift: driftOf({ undo: view.lastUndo, current: view.current }) }
  return { owner, drift: driftOf({ undo: view.lastUndo, current: view.current, owner }) }
}

/** The same for a list: owners are asked only of what may have drifted by the record. */
export async function readDrift(cluster: Asked, view: WorkloadView): Promise<Drift | null> {
  if (driftOf({ undo: view.lastUndo, current: view.current }) === null) return null
  return (await readOwnership(cluster, view)).drift
}
