import type { Actor } from './actor.ts'
import type { Instant, JsonValue } from './json.ts'

/** One mutation: who, what, to which thing, why, from where. Never a secret. */
export interface AuditDraft {
  at: Instant
  actor: Actor
  /** The operation's name, e.g. `control.pause`. */
  action: string
  target: string
  reason: string | null
  before: JsonValue
  after: JsonValue
  /** Address of the caller; null for the engine. */
  address: string | null
  requestId: string | null
}

export interface AuditEntry extends AuditDraft {
  id: string
}

/** Who asks, from where: what define-route knows of a caller. */
export interface Caller {
  actor: Actor
  address: string | null
  requestId: string | null
}

/**
 * What a mutating use case returns: its result, and the entry that it stored in the same transaction.
 * define-route asks for it by type, so that no route can change something and leave no trace.
 */
export interface Audited<T> {
  result: T
  audited: AuditDraft
}
