import type { Instant } from '../core/json.ts'

/**
 * How long the queue leaves what is due to the process that stored it and works on it at once. The job is for its crash:
 * sent for now, it would wake the workers of every replica, to do the same beside it.
 */
export const HANDOVER_MS = 2_000

/** When the queue is to take over what is due `at`, while somebody goes on with it at once. */
export function takesOverAt(at: Instant, now: Instant): Instant {
  return at <= now ? now + HANDOVER_MS : at
}
