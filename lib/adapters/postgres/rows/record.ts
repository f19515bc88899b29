import type { Actor } from '../../../core/actor.ts'
import type { AuditDraft, AuditEntry } from '../../../core/audit.ts'
import type { JsonValue } from '../../../core/json.ts'
import type { TimelineDraft, TimelineEvent } from '../../../core/timeline.ts'
import type { AuditEntry as AuditRow, Prisma, TimelineEvent as TimelineRow } from '../generated/client.ts'
import { toDate, toInstant } from './instant.ts'
import { fromJson, toJson, toJsonOrNull } from './json.ts'

export function toTimelineEvent(row: TimelineRow): TimelineEvent {
  return {
    id: row.id,
    at: toInstant(row.at),
    kind: row.kind as TimelineEvent['kind'],
    actor: fromJson<Actor>(row.actor),
    data: fromJson<TimelineEvent['data']>(row.data),
    incidentId: row.incidentId,
    rollbackId: row.rollbackId,
  }
}

export function fromTimelineDraft(
  event: TimelineDraft,
  { incidentId, rollbackId }: Pick<TimelineEvent, 'incidentId' | 'rollbackId'>,
): Prisma.TimelineEventUncheckedCreateInput {
  return { at: toDate(event.at), kind: event.kind, actor: toJson(event.actor), data: toJson(event.data), incidentId, rollbackId }
}

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: toInstant(row.at),
    actor: fromJson<Actor>(row.actor),
    action: row.action,
    target: row.target,
    reason: row.reason,
    before: row.before as JsonValue,
    after: row.after as JsonValue,
    address: row.address,
    requestId: row.requestId,
  }
}

export function fromAuditDraft(entry: AuditDraft): Prisma.AuditEntryCreateInput {
  return {
    at: toDate(entry.at),
    actor: toJson(entry.actor),
    action: entry.action,
    target: entry.target,
    reason: entry.reason,
    before: toJsonOrNull(entry.before),
    after: toJsonOrNull(entry.after),
    address: entry.address,
    requestId: entry.requestId,
  }
}
