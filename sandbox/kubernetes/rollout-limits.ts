import type { Deployment, ReplicaSet } from './objects.ts'

/** How far a rolling update may go over and under the wanted number. */
export interface RolloutLimits {
  maxSurge: number
  maxUnavailable: number
}

/** Percentages of the wanted number: surge rounded up, unavailable down; both 0 would stop it, so one may be unavailable. */
export function limitsOf({ spec }: Deployment): RolloutLimits {
  const { replicas, strategy } = spec
  if (strategy.type === 'Recreate' || replicas === 0) return { maxSurge: 0, maxUnavailable: 0 }
  const maxSurge = Math.ceil(share(strategy.rollingUpdate?.maxSurge ?? '25%', replicas))
  const maxUnavailable = Math.floor(share(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas))
  const either = maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable
  return { maxSurge, maxUnavailable: Math.min(either, replicas) }
}

function share(value: number | string, of: number): number {
  return typeof value === 'number' ? value : (Number.parseInt(value, 10) / 100) * of
}

/** What the current ReplicaSet may grow to now. Source: `NewRSNewReplicas` of the Deployment controller. */
export function newReplicas(deployment: Deployment, all: readonly ReplicaSet[], current: { spec: { replicas: number } }): number {
  const wanted = deployment.spec.replicas
  if (deployment.spec.strategy.type === 'Recreate') return wanted
  const total = askedReplicas(all)
  const room = wanted + limitsOf(deployment).maxSurge - total
  if (room <= 0) return current.spec.replicas
  return current.spec.replicas + Math.min(room, wanted - current.spec.replicas)
}

/**
 * What the older ReplicaSets shrink to now, by name: first those pods that do not serve, then as many as availability
 * allows. Source: `reconcileOldReplicaSets` and what it calls.
 */
export function shrunkOld(deployment: Deployment, current: ReplicaSet, old: readonly ReplicaSet[]): Map<string, number> {
  const sizes = new Map(old.map((one) => [one.metadata.name, one.spec.replicas]))
  const minAvailable = deployment.spec.replicas - limitsOf(deployment).maxUnavailable
  const notYetServing = current.spec.replicas - (current.status.availableReplicas ?? 0)
  let room = askedReplicas([current, ...old]) - minAvailable - notYetServing
  if (room <= 0) return sizes

  const shrink = (one: ReplicaSet, most: number) => {
    const size = sizes.get(one.metadata.name) ?? 0
    const by = Math.min(size, most)
    sizes.set(one.metadata.name, size - by)
    return by
  }
  for (const one of old) room -= shrink(one, Math.min(room, one.spec.replicas - (one.status.availableReplicas ?? 0)))
  const available = [current, ...old].reduce((sum, one) => sum + (one.status.availableReplicas ?? 0), 0)
  let spare = available - minAvailable
  for (const one of old) if (spare > 0) spare -= shrink(one, spare)
  return sizes
}

export function askedReplicas(all: readonly ReplicaSet[]): number {
  return all.reduce((sum, { spec }) => sum + spec.replicas, 0)
}
