import { type Clock, realClock } from './clock.ts'
import { writeConfigMaps } from './kubernetes/config-map.ts'
import { behaviourOf, DEFAULT_TIMING, type Timing } from './kubernetes/container-behaviour.ts'
import { revisionNumber } from './kubernetes/deployment-revision.ts'
import { ObjectStore } from './kubernetes/object-store.ts'
import { type Container, controllerUid, type Deployment, type KubeObject, type Pod, type ReplicaSet } from './kubernetes/objects.ts'
import { runControllers } from './kubernetes/run-controllers.ts'

/** A pod as its metrics see it. Instants are epoch milliseconds. */
export interface PodView {
  namespace: string
  name: string
  uid: string
  /** Name of its Deployment. */
  workload: string
  replicaSet: string
  /** Number of the revision that it runs. */
  revision: number
  container: string
  image: string
  node: string | null
  phase: Pod['status']['phase']
  ready: boolean
  restarts: number
  createdAt: number
  /** Since when its container runs; null: it does not. */
  startedAt: number | null
  isTerminating: boolean
  /** What its container waits for, or how it ended: `CrashLoopBackOff`; null: it runs. */
  reason: string | null
  /** How its container ended the last time; null: it never has. */
  lastEnd: { reason: string; exitCode: number; at: number } | null
  /** 0 while its container does not run. */
  memoryBytes: number
  memoryLimitBytes: number
}

export interface RevisionView {
  number: number
  name: string
  image: string
  /** As the Deployment asks for now. */
  replicas: number
  createdAt: number
}

export interface DeploymentView {
  namespace: string
  name: string
  uid: string
  image: string
  /** Number of the current revision; 0 before the controller has seen it. */
  revision: number
  /** Highest number first. */
  revisions: RevisionView[]
  paused: boolean
  generation: number
  observedGeneration: number
  desiredReplicas: number
  replicas: number
  updatedReplicas: number
  availableReplicas: number
  labels: Record<string, string>
  createdAt: number
  /** Whether the rollout is over: kubectl's rule. */
  isComplete: boolean
}

export interface DeploymentRef {
  namespace: string
  name: string
}

/** What runs in the sandbox's cluster, for whoever measures it or changes it; the application sees the API only. */
export interface World {
  /** What the API is served from. */
  readonly store: ObjectStore
  readonly timing: Timing
  now(): number
  pods(): PodView[]
  deployments(): DeploymentView[]
  /** Called after every write to the cluster; gives what ends it. */
  onChange(listener: () => void): () => void
  /** Sets the image of the first container, as `kubectl set image` does, and writes the ConfigMaps that it reads. Throws when there is no such Deployment. */
  deploy(workload: DeploymentRef, image: string): void
  scale(workload: DeploymentRef, replicas: number): void
  /** Deletes the ReplicaSet of a revision that is not the current one. Throws when there is none. */
  removeRevision(workload: DeploymentRef, number: number): void
}

export interface WorldOptions {
  clock?: Clock
  timing?: Partial<Timing>
  nodes?: readonly string[]
}

/** An empty cluster with its controllers and kubelets running. */
export function createWorld({ clock = realClock, timing: asked = {}, nodes = ['node-a', 'node-b', 'node-c'] }: WorldOptions = {}): World {
  const timing = { ...DEFAULT_TIMING, ...asked }
  const store = new ObjectStore(clock)
  runControllers(store, { timing, nodes })
  store.create('namespaces', { metadata: { name: 'default' } })

  const changeDeployment = ({ namespace, name }: DeploymentRef, edit: (draft: Deployment) => void) => {
    if (store.change('deployments', { namespace, name }, edit) === null) throw new Error(`there is no Deployment ${namespace}/${name}`)
  }

  return {
    store,
    timing,
    now: () => clock.now(),
    pods: () => store.list('pods', null).flatMap((pod) => podView(store, timing, pod) ?? []),
    deployments: () => store.list('deployments', null).map((deployment) => deploymentView(store, deployment)),
    onChange: (listener) => store.subscribe(() => listener()),
    deploy: (workload, image) => {
      const before = store.get('deployments', workload.namespace, workload.name)
      if (before !== null) writeConfigMaps(store, workload.namespace, { template: before.spec.template, release: image })
      changeDeployment(workload, ({ spec }) => setImage(spec.template.spec.containers, image))
    },
    scale: (workload, replicas) =>
      changeDeployment(workload, ({ spec }) => {
        spec.replicas = replicas
      }),
    removeRevision({ namespace, name }, number) {
      const deployment = store.get('deployments', namespace, name)
      const found = replicaSetsOf(store, deployment).find((one) => revisionNumber(one) === number)
      const isCurrent = deployment !== null && revisionNumber(deployment) === number
      if (!found || isCurrent) throw new Error(`${namespace}/${name} has no earlier revision ${number}`)
      store.delete('replicasets', found.metadata)
    },
  }
}

function setImage([container]: Container[], image: string): void {
  if (container) container.image = image
}

function replicaSetsOf(store: ObjectStore, deployment: Deployment | null): ReplicaSet[] {
  if (deployment === null) return []
  return store.list('replicasets', deployment.metadata.namespace ?? null).filter((one) => controllerUid(one) === deployment.metadata.uid)
}

function deploymentView(store: ObjectStore, deployment: Deployment): DeploymentView {
  const { metadata, spec, status } = deployment
  const [generation, observedGeneration] = [metadata.generation ?? 1, status.observedGeneration ?? 0]
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status
  const hasConverged = updatedReplicas >= spec.replicas && replicas <= updatedReplicas && availableReplicas >= updatedReplicas
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    image: spec.template.spec.containers[0]?.image ?? '',
    revision: revisionNumber(deployment),
    revisions: replicaSetsOf(store, deployment)
      .map(revisionView)
      .sort((a, b) => b.number - a.number),
    paused: spec.paused === true,
    generation,
    observedGeneration,
    desiredReplicas: spec.replicas,
    replicas,
    updatedReplicas,
    availableReplicas,
    labels: metadata.labels ?? {},
    createdAt: createdAt(deployment),
    isComplete: observedGeneration >= generation && hasConverged,
  }
}

function revisionView(replicaSet: ReplicaSet): RevisionView {
  return {
    number: revisionNumber(replicaSet),
    name: replicaSet.metadata.name,
    image: replicaSet.spec.template.spec.containers[0]?.image ?? '',
    replicas: replicaSet.spec.replicas,
    createdAt: createdAt(replicaSet),
  }
}

/** Null: no Deployment stands behind it. */
function podView(store: ObjectStore, timing: Timing, pod: Pod): PodView | null {
  const { metadata, spec, status } = pod
  const namespace = metadata.namespace ?? ''
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true)
  const replicaSet = owner ? store.get('replicasets', namespace, owner.name) : null
  const workload = replicaSet?.metadata.ownerReferences?.find(({ controller }) => controller === true)
  const container = spec.containers[0]
  if (!replicaSet || !workload || !container) return null
  const [told] = status.containerStatuses ?? []
  const behaviour = behaviourOf(container, timing)
  const startedAt = told?.state.running ? Date.parse(told.state.running.startedAt) : null
  const ended = told?.lastState.terminated
  return {
    namespace,
    name: metadata.name,
    uid: metadata.uid,
    workload: workload.name,
    replicaSet: replicaSet.metadata.name,
    revision: revisionNumber(replicaSet),
    container: container.name,
    image: container.image,
    node: spec.nodeName ?? null,
    phase: status.phase,
    ready: told?.ready ?? false,
    restarts: told?.restartCount ?? 0,
    createdAt: createdAt(pod),
    startedAt,
    isTerminating: metadata.deletionTimestamp !== undefined,
    reason: told?.state.waiting?.reason ?? told?.state.terminated?.reason ?? null,
    lastEnd: ended ? { reason: ended.reason, exitCode: ended.exitCode, at: Date.parse(ended.finishedAt) } : null,
    memoryBytes: startedAt === null ? 0 : behaviour.memoryAfter(store.clock.now() - startedAt),
    memoryLimitBytes: behaviour.memoryLimitBytes,
  }
}

function createdAt({ metadata }: KubeObject): number {
  return Date.parse(metadata.creationTimestamp)
}
