import type { Episode, Labels } from '../../../core/alert.ts'
import type { NewEpisode } from '../../../ports.ts'
import type { Episode as EpisodeRow, Prisma } from '../generated/client.ts'
import { toDate, toInstant } from './instant.ts'
import { fromJson, toJson } from './json.ts'

export function toEpisode(row: EpisodeRow): Episode {
  return {
    id: row.id,
    version: row.version,
    fingerprint: row.fingerprint,
    status: row.status as Episode['status'],
    labels: fromJson<Labels>(row.labels),
    annotations: fromJson<Labels>(row.annotations),
    generatorUrl: row.generatorUrl,
    startsAt: toInstant(row.startsAt),
    resolvedAt: toInstant(row.resolvedAt),
    receivedAt: toInstant(row.receivedAt),
    lastSeenAt: toInstant(row.lastSeenAt),
    truncatedAlerts: row.truncatedAlerts,
    workloadId: row.workloadId,
    incidentId: row.incidentId,
    nextEvaluationAt: toInstant(row.nextEvaluationAt),
    askAgainUntil: toInstant(row.askAgainUntil),
  }
}

export function fromEpisode(episode: NewEpisode): Prisma.EpisodeUncheckedCreateInput {
  return fromEpisodeChanges(episode) as Prisma.EpisodeUncheckedCreateInput
}

/** The same for many at once. */
export function fromNewEpisode(episode: NewEpisode): Prisma.EpisodeCreateManyInput {
  return fromEpisodeChanges(episode) as Prisma.EpisodeCreateManyInput
}

export function fromEpisodeChanges(changes: Partial<NewEpisode>): Prisma.EpisodeUncheckedUpdateManyInput {
  return {
    fingerprint: changes.fingerprint,
    status: changes.status,
    labels: toJson(changes.labels),
    annotations: toJson(changes.annotations),
    generatorUrl: changes.generatorUrl,
    startsAt: toDate(changes.startsAt),
    resolvedAt: toDate(changes.resolvedAt),
    receivedAt: toDate(changes.receivedAt),
    lastSeenAt: toDate(changes.lastSeenAt),
    truncatedAlerts: changes.truncatedAlerts,
    workloadId: changes.workloadId,
    incidentId: changes.incidentId,
    nextEvaluationAt: toDate(changes.nextEvaluationAt),
    askAgainUntil: toDate(changes.askAgainUntil),
  }
}
