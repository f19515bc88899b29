import type { Facts } from '../decision.ts'
import type { Instant } from '../json.ts'
import type { ReasonCode } from '../reason.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const FEW_MS = [15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE]
const FIRST_MINUTES_MS = Array.from({ length: 10 }, (_, index) => (index + 1) * MINUTE)
/** After the first minutes a hold without an end that is known is looked at so often. */
const LATER_EVERY_MS = 10 * MINUTE

/** Holds that a look may find over at any time: the same answer again is no news. */
export const LOOKED_AT_AGAIN: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['not_confirmed', 'one_node_fails', 'silenced'])

/**
 * When to look again, since what is not so yet may be so soon: the other half of an HA pair evaluates its rules later, the
 * second pod fails after the first. A few times after the first look that found it; null: that is over.
 */
export function askLaterAt(facts: Facts, reason: ReasonCode): Instant | null {
  return nextOf(facts, reason, FEW_MS)
}

/** The same for what is on its way: an alert is pending for its `for`, and for up to ten minutes when Prometheus was restarted. */
export function askWhilePendingAt(facts: Facts, reason: ReasonCode): Instant | null {
  return nextOf(facts, reason, [...FEW_MS.slice(0, 2), ...FIRST_MINUTES_MS])
}

/** When to look at what somebody may end at any time and nobody tells us: each minute at first, then every ten, for as long as it stands. */
export function lookAgainAt(facts: Facts, reason: ReasonCode): Instant {
  const since = firstFoundAt(facts, reason) ?? facts.at
  const passed = Math.floor((facts.at - since) / LATER_EVERY_MS)
  return nextOf(facts, reason, FIRST_MINUTES_MS) ?? since + (passed + 1) * LATER_EVERY_MS
}

function nextOf(facts: Facts, reason: ReasonCode, afterMs: readonly number[]): Instant | null {
  const since = firstFoundAt(facts, reason)
  if (since === null) return null
  return afterMs.map((ms) => since + ms).find((time) => time > facts.at) ?? null
}

/** Records of before it was asked count from the delivery, as they did then. */
function firstFoundAt({ at, trigger, outside }: Facts, reason: ReasonCode): Instant | null {
  if (trigger.kind !== 'alert') return null
  const lastHeld = outside?.lastHeld
  if (lastHeld === undefined) return trigger.receivedAt
  return lastHeld?.reason === reason ? lastHeld.since : at
}
