import type { LastHeld } from '../../../core/outside-facts.ts'
import type { Tx } from '../../../ports.ts'
import { toDate, toInstant } from '../rows/instant.ts'
import { fromAuditDraft, fromTimelineDraft } from '../rows/record.ts'
import { touch } from '../touched.ts'
import type { TxContext } from './context.ts'

export function recordQueries({ db, touched }: TxContext): Pick<Tx, 'appendTimeline' | 'appendAudit' | 'touchHeartbeat' | 'lastHeld'> {
  return {
    async appendTimeline(event, of) {
      await db.timelineEvent.create({ data: fromTimelineDraft(event, of), select: { id: true } })
      touch(touched, 'incident', of.incidentId)
      touch(touched, 'rollback', of.rollbackId)
    },
    async appendAudit(entry) {
      await db.auditEntry.create({ data: fromAuditDraft(entry), select: { id: true } })
    },
    async lastHeld(episodeId) {
      // No more of the facts than this: the rest of them is large.
      const [last] = await db.$queryRaw<{ reason: LastHeld['reason']; decidedAt: Date; before: LastHeld | null }[]>`
        select reason, decided_at as "decidedAt", facts #> '{outside,lastHeld}' as before from decision
        where episode_id = ${episodeId}::uuid order by decided_at desc, id desc limit 1`
      if (last === undefined) return null
      const { reason, decidedAt, before } = last
      return { reason, since: before?.reason === reason ? before.since : toInstant(decidedAt) }
    },
    async touchHeartbeat(name, at) {
      await db.$executeRaw`
        insert into heartbeat as known (name, last_seen_at) values (${name}, ${toDate(at)}::timestamptz)
        on conflict (name) do update set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)`
    },
  }
}
