import type { Episode, Labels } from '../core/alert.ts'
import type { OtherTrouble } from '../core/decision.ts'
import type { Instant } from '../core/json.ts'
import { leadKey, ledBy } from '../core/led-by.ts'
import type { Policy } from '../core/policy.ts'
import { type WorkloadRef, workloadKey } from '../core/workload.ts'
import type { Deps, Tx } from '../ports.ts'
import type { ActiveAlerts } from './read-active-alerts.ts'
import { resolveWorkload } from './resolve-workload.ts'
import { heard } from './silent.ts'
import { within } from './within.ts'

/** As many are looked up at once. */
const AT_ONCE = 30
/** So many workloads in trouble beside our own are a storm, with the rest or without. */
const MOST = 30
/** Of what leads to one workload one is read. */
const EPISODES = 200
const LIMIT_MS = 2_000

interface Asking {
  own: WorkloadRef
  onsetAt: Instant
  policy: Policy
  alerts: ActiveAlerts
}

/** Others in trouble, and what the episodes that they were gathered from lead to. */
export interface Others {
  asking: Asking
  troubles: OtherTrouble[]
  leads: ReadonlySet<string>
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
  const told: Told[] = [
    ...active.map(({ labels, activeAt }) => ({ labels, onsetAt: activeAt })),
    ...episodes.map(({ labels, startsAt }) => ({ labels, onsetAt: startsAt })),
  ]
  const leads = new Map(told.reverse().map((one) => [leadKey(one.labels), one]))
  const leading = [...leads.values()].filter(({ labels }) => ledBy(labels).by !== 'nothing')
  const found = new Map<string, OtherTrouble>()
  const lookUp = async ({ labels, onsetAt: at }: Told) => {
    const asked = resolveWorkload({ cluster: deps.cluster, labels, services: policy.services })
    const resolution = await heard(asked, null)
    if (resolution?.kind !== 'found' || workloadKey(resolution.workload) === workloadKey(own)) return
    found.set(workloadKey(resolution.workload), { workload: workloadKey(resolution.workload), onsetAt: at })
  }
  await heard(
    within(
      LIMIT_MS,
      lookUpAll(leading, lookUp, () => found.size >= MOST),
    ),
    null,
  )
  return { asking, troubles: [...found.values()], leads: new Set(episodes.map(({ labels }) => leadKey(labels))) }
}

interface Told {
  labels: Labels
  onsetAt: Instant
}

/** Some at once, until it is enough. */
async function lookUpAll(told: readonly Told[], lookUp: (one: Told) => Promise<void>, isEnough: () => boolean): Promise<void> {
  for (let from = 0; from < told.length && !isEnough(); from += AT_ONCE) {
    await Promise.all(told.slice(from, from + AT_ONCE).map(lookUp))
  }
}

/**
 * Whether episodes that lead elsewhere began at that time than those that the others were gathered from: read under the lock, for which a
 * delivery under way is waited.
 */
export async function haveMoreBegun(tx: Tx, { asking, leads }: Others): Promise<boolean> {
  return (await episodesNear(tx, asking)).some(({ labels }) => !leads.has(leadKey(labels)))
}

function episodesNear(tx: Tx, { onsetAt, policy }: Asking): Promise<Episode[]> {
  const { withinMs } = policy.commonCause
  return tx.episodesBegun(onsetAt - withinMs, onsetAt + withinMs, EPISODES)
}

/** The same by our own incidents, read under the lock: what another replica has decided a moment ago is among them. */
export async function othersOnRecord(tx: Tx, { own, onsetAt, policy }: Omit<Asking, 'alerts'>): Promise<OtherTrouble[]> {
  const { withinMs } = policy.commonCause
  const incidents = await tx.incidentsBegun(onsetAt - withinMs, onsetAt + withinMs)
  return incidents.flatMap(({ workload, startedAt }) =>
    workloadKey(workload) === workloadKey(own) ? [] : [{ workload: workloadKey(workload), onsetAt: startedAt }],
  )
}
