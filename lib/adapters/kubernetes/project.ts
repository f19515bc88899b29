import { createHash } from 'node:crypto'
import { type Instant, isObject, type JsonObject, type JsonValue, objectAt } from '../../core/json.ts'
import { materialText, templateImages, templateText } from '../../core/template-fingerprint.ts'
import {
  type DeploymentState,
  IRREVERSIBLE_ANNOTATION,
  LAST_APPLIED_ANNOTATION,
  type PodState,
  type Revision,
} from '../../core/workload.ts'

const REVISION = 'deployment.kubernetes.io/revision'
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'

/** A Deployment as the cache keeps it. */
export interface CachedDeployment {
  state: DeploymentState
  templateLabels: Record<string, string>
  /** The annotation `deployment.kubernetes.io/revision`; 0 before the controller has set it. */
  revisionNumber: number
  /** When the controller last changed the condition Progressing. */
  progressedAt: Instant | null
}

/** A ReplicaSet as the cache keeps it. */
export interface CachedReplicaSet {
  namespace: string
  revision: Revision
  /** The Deployment that controls it; null: none does. */
  owner: Owner | null
  /** Every number it has had, lowest first: an undo gives a ReplicaSet that is there a new one. */
  numbers: number[]
}

export interface Owner {
  name: string
  uid: string
}

export function projectDeployment(raw: JsonObject): CachedDeployment {
  const metadata = objectAt(raw, 'metadata')
  const spec = objectAt(raw, 'spec')
  const status = objectAt(raw, 'status')
  const generation = numberAt(metadata, 'generation') ?? 0
  const observedGeneration = numberAt(status, 'observedGeneration') ?? 0
  const progressing = conditionOf(status, 'Progressing')
  const annotations = texts(objectAt(metadata, 'annotations'))
  return {
    state: {
      ref: { namespace: textAt(metadata, 'namespace'), kind: 'Deployment', name: textAt(metadata, 'name') },
      uid: textAt(metadata, 'uid'),
      resourceVersion: textAt(metadata, 'resourceVersion'),
      generation,
      observedGeneration,
      paused: spec['paused'] === true,
      // It holds the whole object once more: that it is there is worth keeping, its text is not.
      annotations: LAST_APPLIED_ANNOTATION in annotations ? { ...annotations, [LAST_APPLIED_ANNOTATION]: '' } : annotations,
      labels: texts(objectAt(metadata, 'labels')),
      templateFingerprint: templateFingerprint(objectAt(spec, 'template')),
      ...ownersOf(metadata),
      rollout: {
        generation,
        observedGeneration,
        desiredReplicas: numberAt(spec, 'replicas') ?? 1,
        replicas: numberAt(status, 'replicas') ?? 0,
        updatedReplicas: numberAt(status, 'updatedReplicas') ?? 0,
        availableReplicas: numberAt(status, 'availableReplicas') ?? 0,
        progressingReason: progressing === null ? null : textAt(progressing, 'reason') || null,
        progressedAt: progressing === null ? null : instant(progressing['lastUpdateTime']),
      },
    },
    templateLabels: texts(objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels')),
    revisionNumber: Number(annotations[REVISION] ?? 0) || 0,
    progressedAt: progressing === null ? null : instant(progressing['lastUpdateTime']),
  }
}

export function projectReplicaSet(raw: JsonObject): CachedReplicaSet {
  const metadata = objectAt(raw, 'metadata')
  const template = objectAt(objectAt(raw, 'spec'), 'template')
  const annotations = texts(objectAt(metadata, 'annotations'))
  const number = Number(annotations[REVISION] ?? 0) || 0
  const earlier = (annotations[REVISION_HISTORY] ?? '').split(',').map(Number)
  return {
    namespace: textAt(metadata, 'namespace'),
    owner: controllerOf(raw, 'Deployment'),
    numbers: [...new Set([...earlier, number])].filter((one) => one > 0).sort((a, b) => a - b),
    revision: {
      uid: textAt(metadata, 'uid'),
      name: textAt(metadata, 'name'),
      hash: texts(objectAt(metadata, 'labels'))['pod-template-hash'] ?? '',
      number,
      templateFingerprint: templateFingerprint(template),
      materialFingerprint: sha256(materialText(template)),
      images: templateImages(template),
      createdAt: instant(metadata['creationTimestamp']) ?? 0,
      replicas: numberAt(objectAt(raw, 'status'), 'replicas') ?? 0,
      // The controller copies the Deployment's annotations to the ReplicaSet of its current template.
      ...([annotations, texts(objectAt(objectAt(template, 'metadata'), 'annotations'))].some(isIrreversible) && { irreversible: true }),
    },
  }
}

function isIrreversible(annotations: Record<string, string>): boolean {
  const mark = annotations[IRREVERSIBLE_ANNOTATION]
  return mark !== undefined && mark !== 'false'
}

function ownersOf(metadata: JsonObject): Pick<DeploymentState, 'controller' | 'managers'> {
  const controller = objectsAt(metadata, 'ownerReferences').find((one) => one['controller'] === true)
  const managers = [...new Set(objectsAt(metadata, 'managedFields').map((one) => textAt(one, 'manager')))].filter((name) => name !== '')
  return {
    ...(controller && { controller: { kind: textAt(controller, 'kind'), name: textAt(controller, 'name') } }),
    ...(managers.length > 0 && { managers }),
  }
}

export function projectPod(raw: JsonObject): PodState {
  const status = objectAt(raw, 'status')
  const containers = objectsAt(status, 'containerStatuses')
  const all = [...containers, ...objectsAt(status, 'initContainerStatuses')]
  const ready = conditionOf(status, 'Ready')
  return {
    name: textAt(objectAt(raw, 'metadata'), 'name'),
    node: textAt(objectAt(raw, 'spec'), 'nodeName') || null,
    ready: ready !== null && ready['status'] === 'True',
    restarts: all.reduce((sum, container) => sum + (numberAt(container, 'restartCount') ?? 0), 0),
    reason: all.map(troubleOf).find((reason) => reason !== null) ?? null,
  }
}

/** Whether the ReplicaSet controller counts it: not ended and not on its way out. */
export function isActivePod(raw: JsonObject): boolean {
  const phase = objectAt(raw, 'status')['phase']
  return phase !== 'Succeeded' && phase !== 'Failed' && objectAt(raw, 'metadata')['deletionTimestamp'] === undefined
}

function troubleOf(container: JsonObject): string | null {
  const state = objectAt(container, 'state')
  const reason = textAt(objectAt(state, 'waiting'), 'reason') || textAt(objectAt(state, 'terminated'), 'reason')
  return reason === '' || reason === 'Completed' ? null : reason
}

export function templateFingerprint(template: JsonObject): string {
  return sha256(templateText(template))
}

/** The owner that controls it, if it is of that kind. */
export function controllerOf(raw: JsonObject, kind: string): Owner | null {
  const owner = objectsAt(objectAt(raw, 'metadata'), 'ownerReferences').find((one) => one['controller'] === true && one['kind'] === kind)
  return owner ? { name: textAt(owner, 'name'), uid: textAt(owner, 'uid') } : null
}

export function textAt(value: JsonObject, key: string): string {
  const found = value[key]
  return typeof found === 'string' ? found : ''
}

export function numberAt(value: JsonObject, key: string): number | null {
  const found = value[key]
  return typeof found === 'number' ? found : null
}

export function objectsAt(value: JsonObject, key: string): JsonObject[] {
  const found = value[key]
  return Array.isArray(found) ? found.filter(isObject) : []
}

/** RFC 3339, as in every timestamp of the API. */
export function instant(value: JsonValue | undefined): Instant | null {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}

export function texts(map: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
}

function conditionOf(status: JsonObject, type: string): JsonObject | null {
  return objectsAt(status, 'conditions').find((condition) => condition['type'] === type) ?? null
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
