import type { Evidence } from '../../../core/evidence.ts'
import type { IncidentDetail } from '../../../core/incident-detail.ts'
import type { PrismaClient } from '../generated/client.ts'
import { toDecisionInList, WITH_DECISION } from '../rows/decision.ts'
import { toEpisode } from '../rows/episode.ts'
import { toIncident } from '../rows/incident.ts'
import { toInstant } from '../rows/instant.ts'
import { fromJson } from '../rows/json.ts'
import { toTimelineEvent } from '../rows/record.ts'
import { toRollback } from '../rows/rollback.ts'
import { isUuid } from '../rows/uuid.ts'
import { readReleasedTogether } from './released-together.ts'

/** Thirty alerts whose question is asked again every 15 s for 10 min make 1,200 decisions, and a page reads them at every change. */
const MOST = { episodes: 100, decisions: 100, timeline: 200 } as const

const OLDEST_DECISION = [{ decidedAt: 'asc' }, { id: 'asc' }] as const
const NEWEST_DECISION = [{ decidedAt: 'desc' }, { id: 'desc' }] as const
const OLDEST_EPISODE = [{ receivedAt: 'asc' }, { id: 'asc' }] as const
const NEWEST_EPISODE = [{ receivedAt: 'desc' }, { id: 'desc' }] as const
const NEWEST_EVENT = [{ at: 'desc' }, { id: 'desc' }] as const

export async function readIncidentDetail(prisma: PrismaClient, id: string): Promise<IncidentDetail | null> {
  if (!isUuid(id)) return null
  const row = await prisma.incident.findUnique({
    where: { id },
    include: {
      workload: true,
      rollbacks: { include: { workload: true }, orderBy: [{ openedAt: 'asc' }, { id: 'asc' }] },
      evidence: { orderBy: { id: 'asc' } },
      _count: { select: { episodes: true, decisions: true, timeline: true } },
    },
  })
  if (row === null) return null
  const decisions = await readDecisions(
    prisma,
    id,
    row.rollbacks.map(({ decisionId }) => decisionId),
  )
  const acted = decisions.filter(({ rollback }) => rollback !== null).flatMap(({ episodeId }) => episodeId ?? [])
  const rollbacks = row.rollbacks.map(toRollback)
  const evidence = row.evidence.map(({ record }) => fromJson<Evidence>(record))
  const [lastRollback, lastSeen] = [rollbacks.at(-1), evidence.at(-1)]
  const revisionUid = lastRollback?.from.uid ?? lastSeen?.revision.uid ?? null
  const by = lastRollback?.openedAt ?? lastSeen?.seenAt ?? toInstant(row.openedAt)
  const [episodes, timeline, together] = await Promise.all([
    readEpisodes(prisma, id, acted),
    readTimeline(prisma, id),
    readReleasedTogether(prisma, { workloadId: row.workloadId, revisionUid, by }),
  ])
  const left = (all: number, shown: readonly unknown[]) => Math.max(0, all - shown.length)
  return {
    incident: toIncident(row),
    episodes: episodes.map(toEpisode),
    decisions: decisions.map(toDecisionInList),
    rollbacks,
    timeline: timeline.map(toTimelineEvent),
    evidence,
    together,
    leftOut: {
      episodes: left(row._count.episodes, episodes),
      decisions: left(row._count.decisions, decisions),
      timeline: left(row._count.timeline, timeline),
    },
  }
}

async function readDecisions(prisma: PrismaClient, incidentId: string, acted: string[]) {
  const read = { include: WITH_DECISION, omit: { facts: true } } as const
  const [first, others, newest] = await Promise.all([
    prisma.decision.findMany({ ...read, where: { incidentId }, orderBy: [...OLDEST_DECISION], take: 1 }),
    prisma.decision.findMany({ ...read, where: { incidentId, id: { in: acted } } }),
    prisma.decision.findMany({ ...read, where: { incidentId }, orderBy: [...NEWEST_DECISION], take: MOST.decisions }),
  ])
  return inOrder([...first, ...others, ...newest], ({ decidedAt }) => decidedAt)
}

async function readEpisodes(prisma: PrismaClient, incidentId: string, acted: string[]) {
  const [first, others, newest] = await Promise.all([
    prisma.episode.findMany({ where: { incidentId }, orderBy: [...OLDEST_EPISODE], take: 1 }),
    prisma.episode.findMany({ where: { incidentId, id: { in: acted } } }),
    prisma.episode.findMany({ where: { incidentId }, orderBy: [...NEWEST_EPISODE], take: MOST.episodes }),
  ])
  return inOrder([...first, ...others, ...newest], ({ receivedAt }) => receivedAt)
}

/** What a rollback went through is not pushed out by alerts that come and go. */
async function readTimeline(prisma: PrismaClient, incidentId: string) {
  const newest = { orderBy: [...NEWEST_EVENT], take: MOST.timeline }
  const [ofAlerts, ofRollbacks] = await Promise.all([
    prisma.timelineEvent.findMany({ ...newest, where: { incidentId, rollbackId: null } }),
    prisma.timelineEvent.findMany({ ...newest, where: { incidentId, rollbackId: { not: null } } }),
  ])
  return inOrder([...ofAlerts, ...ofRollbacks], ({ at }) => at)
}

/** Each once, oldest first. */
function inOrder<T extends { id: string }>(rows: readonly T[], at: (row: T) => Date): T[] {
  const each = [...new Map(rows.map((row) => [row.id, row])).values()]
  return each.sort((a, b) => at(a).getTime() - at(b).getTime() || (a.id < b.id ? -1 : 1))
}
