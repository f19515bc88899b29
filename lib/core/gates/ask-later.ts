import type { Facts } from '../decision.ts'
import type { Instant } from '../json.ts'

const SECOND = 1_000
const AFTER_MS = [15 * SECOND, 30 * SECOND, 60 * SECOND, 120 * SECOND]

/**
 * When to look again, since what is not so yet may be so soon: the other half of an HA pair evaluates its rules later, the
 * second pod fails after the first. A few times after the delivery; null: that is over.
 */
export function askLaterAt({ at, trigger }: Pick<Facts, 'at' | 'trigger'>): Instant | null {
  if (trigger.kind !== 'alert') return null
  const times = AFTER_MS.map((ms) => trigger.receivedAt + ms)
  return times.find((time) => time > at) ?? null
}
