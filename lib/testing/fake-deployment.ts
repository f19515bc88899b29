import { createHash } from 'node:crypto'
import type { ObservedDeploy } from '../core/deploy.ts'
import type { JsonObject } from '../core/json.ts'
import { rolloutStatus } from '../core/rollout-status.ts'
import { templateText } from '../core/template-fingerprint.ts'
import type { DeploymentState, PodState, Revision, RolloutFields, WorkloadRef } from '../core/workload.ts'

export interface FakeRevision extends Revision {
  template: JsonObject
}

export interface FakeDeployment {
  ref: WorkloadRef
  uid: string
  generation: number
  paused: boolean
  annotations: Record<string, string>
  labels: Record<string, string>
  replicas: number
  template: JsonObject
  /** Oldest first; the one with the highest number is current. */
  revisions: FakeRevision[]
  rollout: 'complete' | 'progressing' | 'failed'
  pods: Map<string, PodState[]>
  deploys: ObservedDeploy[]
  /** Patches that changed something. */
  effectivePatches: number
}

/** `edgelink/checkout` is the Deployment checkout in the namespace edgelink. */
export function refOf(text: string): WorkloadRef {
  const [namespace = '', name = ''] = text.split('/')
  return { namespace, kind: 'Deployment', name }
}

export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function toRevision({ template: _template, ...revision }: FakeRevision): Revision {
  return { ...revision }
}

export function podsOf(deployment: FakeDeployment, revisionUid: string): PodState[] {
  const set = deployment.pods.get(revisionUid)
  if (set) return set
  const revision = deployment.revisions.at(-1)
  if (revision?.uid !== revisionUid || rolloutStatus(rolloutOf(deployment)).state !== 'complete') return []
  return Array.from({ length: deployment.replicas }, (_, index) => ({
    name: `${revision.name}-pod${index}`,
    node: 'node-0',
    ready: true,
    restarts: 0,
    reason: null,
  }))
}

const REASON = { complete: 'NewReplicaSetAvailable', progressing: 'ReplicaSetUpdated', failed: 'ProgressDeadlineExceeded' } as const

function rolloutOf({ generation, replicas, rollout }: FakeDeployment): RolloutFields {
  return {
    generation,
    observedGeneration: generation,
    desiredReplicas: replicas,
    replicas,
    updatedReplicas: rollout === 'complete' ? replicas : 0,
    availableReplicas: replicas,
    progressingReason: REASON[rollout],
  }
}

export function stateOf(deployment: FakeDeployment): DeploymentState {
  const { ref, uid, generation, paused, annotations, labels, template } = deployment
  return {
    ref,
    uid,
    resourceVersion: String(generation),
    generation,
    observedGeneration: generation,
    paused,
    annotations: { ...annotations },
    labels: { ...labels },
    templateFingerprint: fingerprintOf(templateText(template)),
    rollout: rolloutOf(deployment),
  }
}
