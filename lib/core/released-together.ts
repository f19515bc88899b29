import type { Instant } from './json.ts'
import { type RevisionRef, type WorkloadRef, workloadKey } from './workload.ts'

/** This long before and after a deploy others count as released with it: about as long as a train of releases takes. */
export const TOGETHER_MS = 10 * 60_000
/** How many are named. */
export const MOST_TOGETHER = 10

/** A deploy of whichever workload. */
export interface DeployOnRecord {
  workload: WorkloadRef
  revision: RevisionRef
  deployedAt: Instant
}

interface IncidentOnRecord {
  id: string
  workload: WorkloadRef
  startedAt: Instant
  closedAt: Instant | null
}

/** Another workload that was released at about the same time. */
export interface ReleasedBeside extends DeployOnRecord {
  /** Its own trouble since then; null: none that we know of. */
  trouble: { incidentId: string; isOpen: boolean } | null
}

/** Who was released at about the same time as a deploy. Shown, never decided by. */
export interface ReleasedTogether {
  /** The deploy that they were released with. */
  deployedAt: Instant
  /** Those in trouble first, then the nearest in time. */
  of: ReleasedBeside[]
  /** How many more there were. */
  leftOut: number
}

interface OnRecord {
  deploys: readonly DeployOnRecord[]
  incidents: readonly IncidentOnRecord[]
}

/** Each other workload once, by the deploy that is nearest to this one. */
export function releasedTogether(own: Pick<DeployOnRecord, 'workload' | 'deployedAt'>, { deploys, incidents }: OnRecord): ReleasedTogether {
  const { deployedAt } = own
  const distance = (one: DeployOnRecord) => Math.abs(one.deployedAt - deployedAt)
  const nearest = new Map<string, DeployOnRecord>()
  for (const one of deploys) {
    const key = workloadKey(one.workload)
    const known = nearest.get(key)
    if (key === workloadKey(own.workload) || distance(one) > TOGETHER_MS) continue
    if (known === undefined || distance(one) < distance(known)) nearest.set(key, one)
  }
  const all = [...nearest.values()]
    .map((one): ReleasedBeside => ({ ...one, trouble: troubleOf(one, incidents) }))
    .sort((a, b) => rank(a) - rank(b) || distance(a) - distance(b) || (workloadKey(a.workload) < workloadKey(b.workload) ? -1 : 1))
  return { deployedAt, of: all.slice(0, MOST_TOGETHER), leftOut: Math.max(0, all.length - MOST_TOGETHER) }
}

/** The latest of its incidents that began after its deploy, or goes on. */
function troubleOf({ workload, deployedAt }: DeployOnRecord, incidents: readonly IncidentOnRecord[]): ReleasedBeside['trouble'] {
  const own = incidents.filter((one) => workloadKey(one.workload) === workloadKey(workload))
  const since = own.filter(({ startedAt, closedAt }) => closedAt === null || startedAt >= deployedAt)
  const latest = since.sort((a, b) => Number(b.closedAt === null) - Number(a.closedAt === null) || b.startedAt - a.startedAt)[0]
  return latest === undefined ? null : { incidentId: latest.id, isOpen: latest.closedAt === null }
}

function rank({ trouble }: ReleasedBeside): number {
  if (trouble === null) return 2
  return trouble.isOpen ? 0 : 1
}
