import type { AuditDraft, Caller } from '../core/audit.ts'
import type { Instant } from '../core/json.ts'

type What = Pick<AuditDraft, 'action' | 'target' | 'reason' | 'before' | 'after'>

/** The entry of a mutation: who and from where, joined with what. */
export function auditDraft(caller: Caller, at: Instant, what: What): AuditDraft {
  return { at, actor: caller.actor, address: caller.address, requestId: caller.requestId, ...what }
}
