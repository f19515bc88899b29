import type { Deployment, Labels } from './objects.ts'

interface Annotated {
  metadata: { annotations?: Labels }
}

const REVISION = 'deployment.kubernetes.io/revision'
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history'
const DESIRED = 'deployment.kubernetes.io/desired-replicas'
const MAX = 'deployment.kubernetes.io/max-replicas'
/** What a Deployment does not hand down to its ReplicaSets. */
const OWN = [REVISION, REVISION_HISTORY, DESIRED, MAX, 'kubectl.kubernetes.io/last-applied-configuration']

/** 0: it has none. */
export function revisionNumber({ metadata }: Annotated): number {
  return Number(metadata.annotations?.[REVISION] ?? 0) || 0
}

export function setRevisionNumber({ metadata }: Annotated, number: number): void {
  metadata.annotations = { ...metadata.annotations, [REVISION]: String(number) }
}

/** Hands the Deployment's annotations down; a higher number moves the one that was there to the history. */
export function setRevision(replicaSet: Annotated, deployment: Deployment, number: number): void {
  const handedDown = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !OWN.includes(key))
  const annotations = { ...replicaSet.metadata.annotations, ...Object.fromEntries(handedDown) }
  const before = annotations[REVISION]
  if (number > Number(before ?? 0)) {
    annotations[REVISION] = String(number)
    const history = (annotations[REVISION_HISTORY] ?? '').split(',').filter((one) => one !== '')
    if (before && !history.includes(before)) annotations[REVISION_HISTORY] = [...history, before].join(',')
  }
  replicaSet.metadata.annotations = annotations
}

/** What the Deployment wanted when this ReplicaSet was sized; null: nobody has sized it. */
export function desiredReplicas({ metadata }: Annotated): number | null {
  const text = metadata.annotations?.[DESIRED]
  return text === undefined ? null : Number(text)
}

export function maxReplicas({ metadata }: Annotated): number | null {
  const text = metadata.annotations?.[MAX]
  return text === undefined ? null : Number(text)
}

export function setReplicasAnnotations({ metadata }: Annotated, desired: number, max: number): void {
  metadata.annotations = { ...metadata.annotations, [DESIRED]: String(desired), [MAX]: String(max) }
}
