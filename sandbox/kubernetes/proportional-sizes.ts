import { desiredReplicas, maxReplicas } from './deployment-revision.ts'
import type { Deployment, ReplicaSet } from './objects.ts'
import { askedReplicas, limitsOf } from './rollout-limits.ts'

/**
 * What each ReplicaSet becomes when someone scales the Deployment: the only active one follows; in the middle of a
 * rollout all share the change by their size. Source: `scale` of the Deployment controller.
 */
export function proportionalSizes(deployment: Deployment, current: ReplicaSet | null, old: readonly ReplicaSet[]): Map<ReplicaSet, number> {
  const wanted = deployment.spec.replicas
  const all = current ? [...old, current] : [...old]
  const active = all.filter(({ spec }) => spec.replicas > 0)
  if (active.length <= 1) {
    const only = active[0] ?? current ?? old.at(-1)
    return new Map(only ? [[only, wanted]] : [])
  }
  const oldActive = active.filter((one) => one !== current)
  if (current && isSaturated(current, wanted)) return new Map(oldActive.map((one) => [one, 0]))

  const surge = limitsOf(deployment).maxSurge
  const toAdd = (wanted > 0 ? wanted + surge : 0) - askedReplicas(active)
  const byAge = (one: ReplicaSet) => active.indexOf(one) * (toAdd > 0 ? -1 : 1)
  const bySize = [...active].sort((a, b) => b.spec.replicas - a.spec.replicas || byAge(a) - byAge(b))
  const sizes = new Map<ReplicaSet, number>()
  let added = 0
  for (const one of bySize) {
    const fair = fairShare(one, deployment, surge)
    const share = toAdd > 0 ? Math.min(fair, toAdd - added) : Math.max(fair, toAdd - added)
    sizes.set(one, one.spec.replicas + (toAdd === 0 ? 0 : share))
    added += toAdd === 0 ? 0 : share
  }
  const [largest] = bySize
  if (largest) sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + toAdd - added))
  return sizes
}

function isSaturated(current: ReplicaSet, wanted: number): boolean {
  return current.spec.replicas === wanted && desiredReplicas(current) === wanted && current.status.availableReplicas === wanted
}

function fairShare(one: ReplicaSet, { spec, status }: Deployment, surge: number): number {
  if (spec.replicas === 0) return -one.spec.replicas
  const before = maxReplicas(one) ?? status.replicas ?? spec.replicas
  return Math.round((one.spec.replicas * (spec.replicas + surge)) / before) - one.spec.replicas
}
