import type { Drift } from '../core/drift.ts'
import { type Mode, resolvePolicy, type StoredPolicy } from '../core/policy.ts'
import { scopeKey, scopesOf } from '../core/scope.ts'
import { MODE_ANNOTATION, type WorkloadRef } from '../core/workload.ts'
import type { WorkloadFilter, WorkloadView } from '../core/workload-view.ts'
import type { Cluster, Page, PageRequest, ReadModel } from '../ports.ts'
import { readDrift } from './read-ownership.ts'

interface WorkloadsDeps {
  read: Pick<ReadModel, 'workloads' | 'namespaces' | 'policies'>
  cluster: Pick<Cluster, 'deployment' | 'isSynced' | 'owner'>
}

interface WorkloadInList extends Omit<WorkloadView, 'lastUndo'> {
  /** As it holds for the workload. */
  mode: Mode
  /** Whether the cluster has it; null: the cluster was not read yet. */
  exists: boolean | null
  /** Source and cluster differ since its last undo. */
  drift: Drift | null
}

interface Workloads extends Page<WorkloadInList> {
  /** Every namespace that one can narrow by. */
  namespaces: string[]
}

/** Workloads by name, each with what may be done about it and whether it is still there. */
export async function readWorkloads(deps: WorkloadsDeps, filter: WorkloadFilter, page: PageRequest): Promise<Workloads> {
  const [found, namespaces, policies] = await Promise.all([deps.read.workloads(filter, page), deps.read.namespaces(), deps.read.policies()])
  const items = found.items.map(async (view) => {
    const { lastUndo: _, ...shown } = view
    return { ...shown, ...nowOf(deps, policies, view.ref), drift: await readDrift(deps.cluster, view) }
  })
  return { ...found, namespaces, items: await Promise.all(items) }
}

function nowOf({ cluster }: WorkloadsDeps, policies: readonly StoredPolicy[], ref: WorkloadRef): Pick<WorkloadInList, 'mode' | 'exists'> {
  const state = cluster.deployment(ref)
  const levels = scopesOf(ref).map((scope) => policies.find((policy) => scopeKey(policy.scope) === scopeKey(scope))?.fields ?? {})
  return { mode: resolvePolicy(levels, state?.annotations[MODE_ANNOTATION]).mode, exists: cluster.isSynced() ? state !== null : null }
}
