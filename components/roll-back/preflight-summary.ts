import type { Preflight } from '../../lib/client/revisions.ts'
import type { Check } from '../../lib/core/decision.ts'

/** What a preflight says, in the order in which one asks. */
export interface PreflightSummary {
  /** What would hold it; null: nothing. */
  held: Check | null
  /** Asked of a rollback by hand, with an answer. */
  asked: Check[]
  /** How many gates are not asked by hand. */
  notAsked: number
}

export function summaryOf({ effect, reason, checks }: Pick<Preflight, 'effect' | 'reason' | 'checks'>): PreflightSummary {
  const asked = checks.filter((check) => check.answer !== 'not_applicable' || check.reason === 'not_reached')
  const isInTheWay = (check: Check) => check.answer === 'hold' || check.answer === 'inconclusive'
  const held =
    effect === 'none' ? (asked.find((check) => check.reason === reason && isInTheWay(check)) ?? asked.find(isInTheWay) ?? null) : null
  return { held, asked, notAsked: checks.length - asked.length }
}
