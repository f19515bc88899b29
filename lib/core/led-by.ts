import type { Labels } from './alert.ts'
import type { ServiceMapping } from './policy.ts'
import type { WorkloadRef } from './workload.ts'

/** The label by which an alert leads to a workload, with what it says. */
export type LedBy =
  | { by: 'deployment' | 'pod'; namespace: string; name: string }
  | { by: 'service'; namespace: string | null; name: string }
  | { by: 'nothing' }

/**
 * `exported_*` labels win: kube-state-metrics scraped without `honor_labels` puts the failing pod there and itself into the plain ones.
 * The most exact label decides; it is never overruled by a vaguer one.
 */
export function ledBy(labels: Labels): LedBy {
  const isExported = ['deployment', 'pod', 'service'].some((name) => `exported_${name}` in labels)
  const label = (name: string): string | null => labels[isExported ? `exported_${name}` : name] ?? null
  const namespace = labels['exported_namespace'] ?? labels['namespace'] ?? null
  const [deployment, pod, service] = [label('deployment'), label('pod'), label('service')]
  if (namespace !== null && deployment !== null) return { by: 'deployment', namespace, name: deployment }
  if (namespace !== null && pod !== null) return { by: 'pod', namespace, name: pod }
  return service === null ? { by: 'nothing' } : { by: 'service', namespace, name: service }
}

/** The workloads that the policy's mapping says a service is. */
export function mappedTo(services: readonly ServiceMapping[], service: string, namespace: string | null): WorkloadRef[] {
  const mapped = services.filter(
    (one) => one.service === service && (namespace === null || one.namespace === null || one.namespace === namespace),
  )
  return mapped.map(({ workload }) => ({ kind: 'Deployment', ...workload }))
}

/** A pod's name that is this long was cut before its random end was added: it may begin like those of another ReplicaSet. */
const LONGEST_NAME = 63

/** Labels by which a workload is found, pods of one ReplicaSet taken for one: those with the same key lead to the same workload. */
export function leadKey(labels: Labels): string {
  const of = (name: string) => labels[name] ?? null
  return JSON.stringify([
    ...PLAIN.flatMap((name) => [of(name), of(`exported_${name}`)]),
    ...['pod', 'exported_pod'].map((name) => madeFrom(of(name))),
  ])
}

const PLAIN = ['namespace', 'deployment', 'service']

function madeFrom(pod: string | null): string | null {
  return pod === null || pod.length >= LONGEST_NAME ? pod : pod.replace(/-[^-]*$/, '')
}
