import type { Labels } from '../../core/alert.ts'
import { isPlainName } from './promql.ts'
import { type TravellingLabels, travels } from './travelling-labels.ts'

/** Which series of a rule's expression an alert speaks of. */
export interface AlertIdentity {
  labels: Labels
  /** Pods of the revision that is verified: they stand for the pod in the alert, which is gone. */
  pods: readonly string[]
  /** Set: pods of all revisions of this workload stand for it too, told by their names. */
  workload?: string
}

/** Names the failing pod. The `exported_` one wins: beside it the plain one is the exporter's own. */
const POD_NAMES = ['exported_pod', 'pod', 'pod_name', 'kubernetes_pod_name'] as const
/** Differ from pod to pod, or from revision to revision: after an undo the alert's values are gone. */
const OF_ONE_POD: ReadonlySet<string> = new Set([
  ...POD_NAMES,
  ...['uid', 'pod_uid', 'exported_uid', 'pod_ip', 'host_ip', 'instance', 'exported_instance', 'node', 'exported_node'],
  ...['id', 'name', 'container_id', 'exported_container_id', 'image', 'image_id', 'image_spec', 'exported_image', 'exported_image_id'],
  ...['replicaset', 'pod_template_hash'],
])

/**
 * Whether a series is one that the alert speaks of: it has the alert's value for every label that travels to the
 * result. Where the alert names a pod, the series' pod is one of the revision's, and what differs between pods is free.
 */
export function fits(series: Labels, { labels, pods, workload }: AlertIdentity, travelling: TravellingLabels): boolean {
  const podName = podNameOf(labels)
  return Object.entries(series).every(([name, value]) => {
    if (name === '__name__' || value === '' || !travels(travelling, name)) return true
    if (name === podName) return pods.includes(value) || (workload !== undefined && isPodOf(workload, value))
    if (podName !== null && OF_ONE_POD.has(name)) return true
    return labels[name] === value
  })
}

/** The alert's label names by which a raw series can be told to fit. */
export function tellingNames({ labels }: AlertIdentity, travelling: TravellingLabels): string[] {
  const podName = podNameOf(labels)
  return Object.keys(labels).filter(
    (name) => isPlainName(name) && travels(travelling, name) && (podName === null || name === podName || !OF_ONE_POD.has(name)),
  )
}

/** Whether two series agree on every label that both have. */
export function agree(one: Labels, other: Labels): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === undefined || other[name] === value)
}

/** The label by which an alert names a pod; null: it names none. */
export function podNameOf(labels: Labels): string | null {
  return POD_NAMES.find((name) => labels[name] !== undefined) ?? null
}

/**
 * `checkout-<hash>-<suffix>`, of which a long name leaves one part; `checkout-api-<hash>-<suffix>` is another workload's. Told by the name,
 * since the ReplicaSets of then may be gone.
 */
export function isPodOf(workload: string, pod: string): boolean {
  return pod.startsWith(`${workload}-`) && /^[a-z0-9]+(-[a-z0-9]+)?$/.test(pod.slice(workload.length + 1))
}
