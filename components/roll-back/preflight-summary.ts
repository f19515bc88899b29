import type { Preflight } from '../../lib/client/revisions.ts'
import type { Check } from '../../lib/core/decision.ts'
import { GATES } from '../../lib/core/gates/gate-list.ts'

/** What a preflight says, in the order in which one asks. */
export interface PreflightSummary {
  /** What would hold it; null: nothing. */
  held: Check | null
  /** Asked of a rollback by hand, as far as one has to know the answer. */
  asked: Check[]
  /** How many gates are not asked by hand. */
  notAsked: number
}

const BY_HAND = new Set(GATES.filter((gate) => gate.byHand).map((gate) => gate.name))

/** Here they always pass, and say nothing of this rollback: the page names the workload, and a person asks. */
const FOREGONE: readonly Check['gate'][] = ['asked', 'workload_found']

export function summaryOf({ effect, reason, checks }: Pick<Preflight, 'effect' | 'reason' | 'checks'>): PreflightSummary {
  // Of the others some say that they were not reached: they would not have been asked either.
  const applicable = checks.filter((check) => BY_HAND.has(check.gate))
  const asked = applicable.filter((check) => check.answer !== 'pass' || !FOREGONE.includes(check.gate))
  const isInTheWay = (check: Check) => check.answer === 'hold' || check.answer === 'inconclusive'
  const held =
    effect === 'none' ? (asked.find((check) => check.reason === reason && isInTheWay(check)) ?? asked.find(isInTheWay) ?? null) : null
  return { held, asked, notAsked: checks.length - applicable.length }
}
