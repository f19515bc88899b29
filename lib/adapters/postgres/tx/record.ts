import type { Tx } from '../../../ports.ts'
import { toDate } from '../rows/instant.ts'
import { fromAuditDraft, fromTimelineDraft } from '../rows/record.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

export function recordQueries({ db, touched }: TxContext): Pick<Tx, 'appendTimeline' | 'appendAudit' | 'touchHeartbeat'> {
  return {
    async appendTimeline(event, of) {
      await db.timelineEvent.create({ data: fromTimelineDraft(event, of), select: { id: true } })
      touch(touched, 'incident', of.incidentId)
      touch(touched, 'rollback', of.rollbackId)
    },
    async appendAudit(entry) {
      await db.auditEntry.create({ data: fromAuditDraft(entry), select: { id: true } })
    },
    async touchHeartbeat(name, at) {
      await db.$executeRaw`
        insert into heartbeat as known (name, last_seen_at) values (${name}, ${toDate(at)}::timestamptz)
        on conflict (name) do update set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)`
    },
  }
}
