import { SnapbackError } from '../../core/errors.ts'
import { type Instant, objectAt } from '../../core/json.ts'
import type { WorkloadRef } from '../../core/workload.ts'
import type { Cluster, Log } from '../../ports.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { ClusterCache } from './cluster-cache.ts'
import { loadConfiguration } from './configuration.ts'
import { DeployLedger } from './deploy-ledger.ts'
import { type FollowOptions, follow } from './follow.ts'
import { Freshness } from './freshness.ts'
import { createWriteTelling, inspectConfig } from './inspect-config.ts'
import { inspectPod } from './inspect-pod.ts'
import { collection, deploymentAt } from './paths.ts'
import { controllerOf, isActivePod, objectsAt, projectDeployment, projectPod, projectReplicaSet } from './project.ts'
import { OwnerReader } from './read-owner.ts'
import { readReplicaSet } from './read-replica-set.ts'
import { deploymentOfPod } from './resolve-pod.ts'
import { deploymentsOfService, namespacesOfService } from './resolve-service.ts'
import { unconfigured } from './unconfigured.ts'
import { dryRunUndo, undo } from './undo.ts'
import type { WatchTiming } from './watch-events.ts'

const TIMING: Timing = { callMs: 5_000, listMs: 15_000, watchSeconds: 60, idleMs: 75_000 }

interface Timing extends WatchTiming {
  /** For one call, in milliseconds. */
  callMs: number
}

export interface KubernetesOptions {
  /** Value of KUBECONFIG; null: the pod's own ServiceAccount. */
  kubeconfig: string | null
  /** null: all */
  namespaces: string[] | null
  log: Log
  now(): Instant
  timing?: Partial<Timing>
}

/**
 * The cluster that the configuration names. Connects to nothing yet, so an unreachable server is no error here; a
 * KUBECONFIG that cannot be used throws `invalid`. With no configuration at all every call tells so.
 */
export function connectKubernetes({ kubeconfig, namespaces, log, now, timing }: KubernetesOptions): Cluster {
  const config = loadConfiguration(kubeconfig)
  if (config === null) return unconfigured(log)
  const times = { ...TIMING, ...timing }
  const api = createApiClient(config, { timeoutMs: times.callMs, now })
  const tellsWrites = createWriteTelling(api)
  const ledger = new DeployLedger(now)
  const cache = new ClusterCache(ledger)
  const freshness = new Freshness(now)
  const owners = new OwnerReader(api, now)
  const informers = informersOf({ api, cache, freshness, namespaces, log, timing: times })
  const isWatched = (namespace: string) => namespaces === null || namespaces.includes(namespace)

  return {
    async watch(onChange, signal) {
      cache.onChange = onChange
      for (const start of informers) void start(signal)
    },
    isSynced: () => freshness.isFresh(),
    trouble: () => freshness.trouble(),
    observedDeploys: () => ledger.deploys(),
    deployments: () => cache.deployments(),
    deployment: (workload) => cache.deployment(workload),
    revisions: (workload) => cache.revisions(workload),
    deploymentOfPod: async (namespace, pod) => (isWatched(namespace) ? deploymentOfPod(api, cache, namespace, pod) : null),
    namespacesOfService: (service) => namespacesOfService(api, namespaces, service),
    deploymentsOfService: async (namespace, service) =>
      isWatched(namespace) ? deploymentsOfService(api, cache, namespace, service) : null,
    async read(workload) {
      const raw = await api.read({ verb: 'get', ...deploymentAt(workload) })
      return raw && projectDeployment(raw).state
    },
    pods: (workload, revisionUid) => readPods(api, cache, workload, revisionUid),
    inspectPod: (namespace, pod) => inspectPod(api, namespace, pod),
    async owner(workload) {
      const state = cache.deployment(workload)
      return state && owners.read(state)
    },
    inspectConfig: async (namespace, ref) => (isWatched(namespace) ? inspectConfig({ api, tellsWrites }, namespace, ref) : 'not_allowed'),
    async template({ namespace }, uid) {
      const raw = await readReplicaSet(api, { namespace, uid, hash: cache.replicaSet(uid)?.revision.hash ?? null })
      return raw && objectAt(objectAt(raw, 'spec'), 'template')
    },
    dryRunUndo: async (request) =>
      isWatched(request.workload.namespace) ? dryRunUndo(api, request) : { kind: 'refused', message: NOT_WATCHED },
    undo: async (request) => (isWatched(request.workload.namespace) ? undo(api, request) : { kind: 'refused', message: NOT_WATCHED }),
    async ping() {
      await api.call({ verb: 'get', resource: 'version', path: '/version' })
    },
    clockSkewMs: () => api.clockSkewMs(),
  }
}

const NOT_WATCHED = 'the namespace is not among NAMESPACES'

/** Lists and watches until the signal stops it. */
type Informer = (signal: AbortSignal) => Promise<void>

function informersOf(parts: {
  api: ApiClient
  cache: ClusterCache
  freshness: Freshness
  namespaces: string[] | null
  log: Log
  timing: WatchTiming
}): Informer[] {
  const { api, cache, freshness, log, timing } = parts
  const informers: Informer[] = []
  const add = <T>(options: Pick<FollowOptions<T>, 'resource' | 'namespace' | 'project' | 'sink'>) => {
    const name = `${options.resource} ${options.namespace ?? ''}`
    freshness.expect(name)
    const onStands = () => freshness.stands(name)
    const onLost = (error: unknown) =>
      freshness.lost(name, error instanceof SnapbackError ? error.message : `kubernetes: watch ${name}: failed`)
    informers.push((signal) => follow({ ...options, api, log, timing, onStands, onLost, signal }))
  }
  for (const namespace of parts.namespaces ?? [null]) {
    add({ resource: 'deployments', namespace, project: projectDeployment, sink: cache.deploymentSink })
    add({ resource: 'replicasets', namespace, project: projectReplicaSet, sink: cache.replicaSetSink })
  }
  return informers
}

/** Active pods that the revision's ReplicaSet controls. */
async function readPods(api: ApiClient, cache: ClusterCache, { namespace }: WorkloadRef, revisionUid: string) {
  const hash = cache.replicaSet(revisionUid)?.revision.hash
  const query: Record<string, string> = hash ? { labelSelector: `pod-template-hash=${hash}` } : {}
  const found = await api.read({ verb: 'list', ...collection('pods', namespace), query })
  return objectsAt(found ?? {}, 'items')
    .filter((pod) => controllerOf(pod, 'ReplicaSet')?.uid === revisionUid && isActivePod(pod))
    .map(projectPod)
}
