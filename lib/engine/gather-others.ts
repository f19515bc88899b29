import type { Episode, Labels } from '../core/alert.ts'
import type { OtherTrouble } from '../core/decision.ts'
import type { Instant } from '../core/json.ts'
import type { Policy } from '../core/policy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import type { ActiveAlerts } from './read-active-alerts.ts'
import { resolveWorkload } from './resolve-workload.ts'
import { heard } from './silent.ts'
import { within } from './within.ts'

/** As many different alerts are looked up: a storm of more is one without the rest. */
const MOST = 30
const EPISODES = 200
const LIMIT_MS = 2_000

interface Asking {
  own: WorkloadRef
  onsetAt: Instant
  policy: Policy
  alerts: ActiveAlerts
}

/** Others in trouble, and the episodes that they were gathered from. */
export interface Others {
  asking: Asking
  troubles: OtherTrouble[]
  episodes: ReadonlySet<string>
}

/**
 * Other workloads whose trouble began at about the same time: by what is pending or fires in Prometheus, and by the episodes that we
 * were told of, decided or not. An alert that leads to no workload, or not in time, counts for none.
 */
export async function gatherOthers(deps: Deps, asking: Asking): Promise<Others> {
  const { own, onsetAt, policy, alerts } = asking
  const { withinMs } = policy.commonCause
  const episodes = await deps.store.transaction((tx) => episodesNear(tx, asking))
  const active = typeof alerts === 'string' ? [] : alerts.filter(({ activeAt }) => Math.abs(activeAt - onsetAt) <= withinMs)
  const told = [
    ...active.map(({ labels, activeAt }) => ({ labels, onsetAt: activeAt })),
    ...episodes.map(({ labels, startsAt }) => ({ labels, onsetAt: startsAt })),
  ]
  const distinct = [...new Map(told.reverse().map((one) => [identityOf(one.labels), one])).values()].slice(0, MOST)
  const found = await Promise.all(
    distinct.map(async ({ labels, onsetAt: at }): Promise<OtherTrouble | null> => {
      const asked = resolveWorkload({ cluster: deps.cluster, labels, services: policy.services })
      const resolution = await heard(within(LIMIT_MS, asked), null)
      if (resolution?.kind !== 'found' || workloadKey(resolution.workload) === workloadKey(own)) return null
      return { workload: workloadKey(resolution.workload), onsetAt: at }
    }),
  )
  return { asking, troubles: found.flatMap((one) => one ?? []), episodes: new Set(episodes.map(({ id }) => id)) }
}

/** Whether more episodes began at that time than the others were gathered from: read under the lock, for which a delivery under way is waited. */
export async function haveMoreBegun(tx: Tx, { asking, episodes }: Others): Promise<boolean> {
  return (await episodesNear(tx, asking)).some(({ id }) => !episodes.has(id))
}

function episodesNear(tx: Tx, { onsetAt, policy }: Asking): Promise<Episode[]> {
  const { withinMs } = policy.commonCause
  return tx.episodesBegun(onsetAt - withinMs, onsetAt + withinMs, EPISODES)
}

/** Labels by which a workload is found: the same ones lead to the same. */
function identityOf(labels: Labels): string {
  return JSON.stringify(LEADING.map((name) => labels[name] ?? null))
}

const LEADING = ['namespace', 'deployment', 'pod', 'service'].flatMap((name) => [name, `exported_${name}`])

/** The same by our own incidents, read under the lock: what another replica has decided a moment ago is among them. */
export async function othersOnRecord(tx: Tx, { own, onsetAt, policy }: Omit<Asking, 'alerts'>): Promise<OtherTrouble[]> {
  const { withinMs } = policy.commonCause
  const incidents = await tx.incidentsBegun(onsetAt - withinMs, onsetAt + withinMs)
  return incidents.flatMap(({ workload, startedAt }) =>
    workloadKey(workload) === workloadKey(own) ? [] : [{ workload: workloadKey(workload), onsetAt: startedAt }],
  )
}
