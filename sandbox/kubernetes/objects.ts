import type { JsonObject } from '../../lib/core/json.ts'

export type Labels = Record<string, string>

/** The objects that the sandbox keeps, with the fields that it looks at itself; whatever else they carry is kept as it came. */
export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: Metadata
}

export interface Metadata {
  name: string
  generateName?: string
  /** Unset for what belongs to no namespace. */
  namespace?: string
  uid: string
  resourceVersion: string
  generation?: number
  creationTimestamp: string
  deletionTimestamp?: string
  labels?: Labels
  annotations?: Labels
  ownerReferences?: OwnerReference[]
  managedFields?: ManagedFields[]
}

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller?: boolean
  blockOwnerDeletion?: boolean
}

export interface ManagedFields {
  manager: string
  operation: string
  apiVersion: string
  time: string
  fieldsType: string
  fieldsV1: JsonObject
}

export interface Container {
  name: string
  image: string
  resources?: { limits?: Labels; requests?: Labels }
}

export interface PodTemplate {
  metadata?: { labels?: Labels; annotations?: Labels }
  spec: { containers: Container[] }
}

export interface Deployment extends KubeObject {
  spec: {
    replicas: number
    selector: { matchLabels: Labels }
    template: PodTemplate
    strategy: { type: string; rollingUpdate?: { maxSurge: number | string; maxUnavailable: number | string } }
    minReadySeconds?: number
    paused?: boolean
    revisionHistoryLimit: number
    progressDeadlineSeconds: number
  }
  status: DeploymentStatus
}

export interface DeploymentStatus {
  observedGeneration?: number
  replicas?: number
  updatedReplicas?: number
  readyReplicas?: number
  availableReplicas?: number
  unavailableReplicas?: number
  conditions?: DeploymentCondition[]
}

export interface DeploymentCondition {
  type: 'Available' | 'Progressing'
  status: 'True' | 'False' | 'Unknown'
  lastUpdateTime: string
  lastTransitionTime: string
  reason: string
  message: string
}

export interface ReplicaSet extends KubeObject {
  spec: { replicas: number; selector: { matchLabels: Labels }; template: PodTemplate; minReadySeconds?: number }
  status: {
    replicas: number
    fullyLabeledReplicas?: number
    readyReplicas?: number
    availableReplicas?: number
    observedGeneration?: number
  }
}

export interface Pod extends KubeObject {
  spec: PodTemplate['spec'] & { nodeName?: string }
  status: {
    phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
    conditions?: PodCondition[]
    containerStatuses?: ContainerStatus[]
    startTime?: string
    hostIP?: string
  }
}

export interface PodCondition {
  type: string
  status: 'True' | 'False'
  lastTransitionTime: string
  reason?: string
  message?: string
}

export interface ContainerStatus {
  name: string
  image: string
  imageID: string
  containerID: string
  ready: boolean
  started: boolean
  restartCount: number
  state: ContainerState
  lastState: ContainerState
}

export interface ContainerState {
  running?: { startedAt: string }
  waiting?: { reason: string; message?: string }
  terminated?: { exitCode: number; reason: string; startedAt: string; finishedAt: string }
}

export interface ConfigMap extends KubeObject {
  data?: Labels
}

export interface KubeEvent extends KubeObject {
  involvedObject: { apiVersion: string; kind: string; namespace?: string; name: string; uid: string }
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  count: number
  firstTimestamp: string
  lastTimestamp: string
  source: { component: string; host?: string }
}

/** By the name that their URL has. */
export interface Objects {
  namespaces: KubeObject
  nodes: KubeObject
  services: KubeObject
  configmaps: ConfigMap
  secrets: KubeObject
  deployments: Deployment
  replicasets: ReplicaSet
  pods: Pod
  events: KubeEvent
}
export type Resource = keyof Objects

export const RESOURCES: Record<Resource, { group: string; apiVersion: string; kind: string; isNamespaced: boolean }> = {
  namespaces: { group: '', apiVersion: 'v1', kind: 'Namespace', isNamespaced: false },
  nodes: { group: '', apiVersion: 'v1', kind: 'Node', isNamespaced: false },
  services: { group: '', apiVersion: 'v1', kind: 'Service', isNamespaced: true },
  configmaps: { group: '', apiVersion: 'v1', kind: 'ConfigMap', isNamespaced: true },
  secrets: { group: '', apiVersion: 'v1', kind: 'Secret', isNamespaced: true },
  deployments: { group: 'apps', apiVersion: 'apps/v1', kind: 'Deployment', isNamespaced: true },
  replicasets: { group: 'apps', apiVersion: 'apps/v1', kind: 'ReplicaSet', isNamespaced: true },
  pods: { group: '', apiVersion: 'v1', kind: 'Pod', isNamespaced: true },
  events: { group: '', apiVersion: 'v1', kind: 'Event', isNamespaced: true },
}

/** RFC 3339 in whole seconds, as in every timestamp of the API. */
export function timestamp(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Who controls it: a Deployment its ReplicaSets, a ReplicaSet its pods. */
export function controllerUid(object: KubeObject): string | null {
  return object.metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid ?? null
}

export function ownedBy(owner: KubeObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true }
}
