import type { WorkloadRef } from '../../core/workload.ts'
import type { ApiClient } from './api-client.ts'
import type { ClusterCache } from './cluster-cache.ts'
import { object } from './paths.ts'
import { type CachedReplicaSet, controllerOf, projectReplicaSet } from './project.ts'

/** `generateName` is cut to 58 characters, then five random ones follow. */
const LONGEST_PREFIX = 58
const RANDOM_SUFFIX = 5

/** pod → ReplicaSet → Deployment. A pod that is gone is known by its name, which begins with its ReplicaSet's. */
export async function deploymentOfPod(api: ApiClient, cache: ClusterCache, namespace: string, name: string): Promise<WorkloadRef | null> {
  const pod = await api.read({ verb: 'get', ...object('pods', namespace, name) })
  if (pod === null) return workloadOf(byPodName(cache.replicaSetsOf(namespace), name))
  const owner = controllerOf(pod, 'ReplicaSet')
  if (owner === null) return null
  const cached = cache.replicaSet(owner.uid)
  if (cached !== null) return workloadOf(cached)
  // Made a moment ago: the watch has not told yet.
  const raw = await api.read({ verb: 'get', ...object('replicasets', namespace, owner.name) })
  const read = raw && projectReplicaSet(raw)
  return read?.revision.uid === owner.uid ? workloadOf(read) : null
}

function byPodName(replicaSets: readonly CachedReplicaSet[], pod: string): CachedReplicaSet | null {
  return replicaSets.find(({ revision }) => pod.slice(0, -RANDOM_SUFFIX) === `${revision.name}-`.slice(0, LONGEST_PREFIX)) ?? null
}

function workloadOf(replicaSet: CachedReplicaSet | null): WorkloadRef | null {
  if (replicaSet?.owner == null) return null
  return { namespace: replicaSet.namespace, kind: 'Deployment', name: replicaSet.owner.name }
}
