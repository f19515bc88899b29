import { workloadKey } from '../../lib/core/workload.ts'
import type { HistoryWorld } from './history-world.ts'
import { podTemplate } from './pod-template.ts'

/** As many as a `revisionHistoryLimit` of a careful team leaves. */
const KEPT_REVISIONS = 4
const MINUTE = 60_000
const REPLICAS = 3

/**
 * What the sandbox begins with: the Deployments as the demo's past left them, under the uids and numbers that the records name,
 * so that the past and what will happen next are one story.
 */
export function worldFile({ cluster }: HistoryWorld, now: number): object[] {
  return cluster.deployments().map(({ ref, uid }) => {
    const deploys = cluster.observedDeploys().filter(({ workload }) => workloadKey(workload) === workloadKey(ref))
    const kept = cluster.revisions(ref).slice(0, KEPT_REVISIONS).reverse()
    const deployedAt = (number: number) => deploys.find(({ revision }) => revision.number === number)?.deployedAt ?? now
    return {
      namespace: ref.namespace,
      name: ref.name,
      uid,
      replicas: REPLICAS,
      revisions: kept.map(({ uid, number, images, createdAt }) => ({
        uid,
        number,
        template: podTemplate(ref.name, images[0] ?? ''),
        ageMinutes: (now - Math.min(createdAt, deployedAt(number))) / MINUTE,
      })),
    }
  })
}
