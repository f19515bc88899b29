import { type Deployment, type DeploymentCondition, type DeploymentStatus, type ReplicaSet, timestamp } from './objects.ts'
import { askedReplicas, limitsOf } from './rollout-limits.ts'

type Told = Pick<DeploymentCondition, 'type' | 'status' | 'reason' | 'message'>

/** What the ReplicaSets say of a Deployment. Source: `calculateStatus` and `syncRolloutStatus` of the Deployment controller. */
export function statusOf(deployment: Deployment, current: ReplicaSet | null, all: readonly ReplicaSet[], now: number): DeploymentStatus {
  const sum = (count: (status: ReplicaSet['status']) => number | undefined) =>
    all.reduce((total, { status }) => total + (count(status) ?? 0), 0)
  const availableReplicas = sum((status) => status.availableReplicas)
  const status: DeploymentStatus = {
    observedGeneration: deployment.metadata.generation ?? 1,
    replicas: sum((status) => status.replicas),
    updatedReplicas: current?.status.replicas ?? 0,
    readyReplicas: sum((status) => status.readyReplicas),
    availableReplicas,
    unavailableReplicas: Math.max(0, askedReplicas(all) - availableReplicas),
    conditions: deployment.status.conditions ?? [],
  }
  const isServing = availableReplicas >= deployment.spec.replicas - limitsOf(deployment).maxUnavailable
  setCondition(status, now, isServing ? AVAILABLE : UNAVAILABLE)
  return status
}

/** With the condition Progressing brought up to date. */
export function withProgress(deployment: Deployment, current: ReplicaSet | null, status: DeploymentStatus, now: number): DeploymentStatus {
  const progressing = conditionOf(status, 'Progressing')
  const isOver = status.replicas === status.updatedReplicas && progressing?.reason === 'NewReplicaSetAvailable'
  if (isOver) return status
  const name = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`
  const tell = (status: 'True' | 'False', reason: string, message: string): Told => ({ type: 'Progressing', status, reason, message })
  if (isComplete(deployment, status)) {
    setCondition(status, now, tell('True', 'NewReplicaSetAvailable', `${name} has successfully progressed.`))
  } else if (hasProgressed(deployment.status, status)) {
    setCondition(status, now, tell('True', 'ReplicaSetUpdated', `${name} is progressing.`), { again: true })
  } else if (isTimedOut(deployment, status, now)) {
    setCondition(status, now, tell('False', 'ProgressDeadlineExceeded', `${name} has timed out progressing.`))
  }
  return status
}

export function isComplete({ spec, metadata }: Deployment, status: DeploymentStatus): boolean {
  return (
    status.updatedReplicas === spec.replicas &&
    status.replicas === spec.replicas &&
    status.availableReplicas === spec.replicas &&
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 1)
  )
}

/** When the rollout will have exceeded its deadline; null: it will not. */
export function deadlineOf({ spec }: Deployment, status: DeploymentStatus): number | null {
  const progressing = conditionOf(status, 'Progressing')
  if (progressing === null || progressing.reason === 'NewReplicaSetAvailable' || progressing.reason === TIMED_OUT) return null
  return Date.parse(progressing.lastUpdateTime) + spec.progressDeadlineSeconds * 1_000
}

export function conditionOf(status: DeploymentStatus, type: DeploymentCondition['type']): DeploymentCondition | null {
  return status.conditions?.find((condition) => condition.type === type) ?? null
}

/** The same again is no change, unless it is to be stamped `again`. */
export function setCondition(status: DeploymentStatus, now: number, told: Told, { again = false } = {}): void {
  const before = conditionOf(status, told.type)
  if (before?.status === told.status && before.reason === told.reason && !again) return
  const at = timestamp(now)
  const lastTransitionTime = before?.status === told.status ? before.lastTransitionTime : at
  const { type, status: value, reason, message } = told
  const others = (status.conditions ?? []).filter((condition) => condition.type !== type)
  status.conditions = [...others, { type, status: value, lastUpdateTime: at, lastTransitionTime, reason, message }]
}

const TIMED_OUT = 'ProgressDeadlineExceeded'
const AVAILABLE: Told = {
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  message: 'Deployment has minimum availability.',
}
const UNAVAILABLE: Told = {
  type: 'Available',
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
}

function hasProgressed(before: DeploymentStatus, after: DeploymentStatus): boolean {
  const old = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0)
  return (
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(after) < old(before) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  )
}

function isTimedOut(deployment: Deployment, status: DeploymentStatus, now: number): boolean {
  const deadline = deadlineOf(deployment, status)
  return deadline !== null && deadline < now
}
