import type { Actor } from './actor.ts'
import type { Instant } from './json.ts'
import { DEFAULT_POLICY, type Policy, type StoredPolicy } from './policy.ts'
import { DURATION_BOUNDS } from './policy-bounds.ts'
import type { Phase, Rollback } from './rollback.ts'
import type { WorkloadRef } from './workload.ts'

/** A rollback that spends the budget: when it was opened. */
export interface Spending {
  id: string
  at: Instant
}

/** The same for people. */
export interface SpentRollback extends Spending {
  workload: WorkloadRef
  phase: Phase
  incidentId: string | null
  from: number
  to: number
}

/**
 * Somebody closed the breaker by hand. What does not count any more is named and not told by its time: replicas' clocks differ, and a
 * proposal may be approved long after it was opened.
 */
export interface BreakerClosing {
  at: Instant
  actor: Actor
  reason: string
  /** How many were counted then. */
  letOff: number
  /** These, and those of earlier closings that a window could still reach. */
  rollbacks: readonly Spending[]
}

/** Whether the whole cluster's budget is spent, by what, and for how long. */
export interface Breaker {
  state: 'open' | 'closed'
  /** Rollbacks by alerts within the window that count. */
  spent: number
  /** As many open it. */
  count: number
  windowMs: number
  /** What spent it, oldest first. */
  rollbacks: SpentRollback[]
  openSince: Instant | null
  /** When it closes by itself; null: it is closed. */
  closesAt: Instant | null
  /** `letOff`: how many rollbacks stopped counting then. */
  lastClosed: { at: Instant; actor: Actor; reason: string; letOff: number } | null
  /** Of the control row. */
  version: number
}

/** Did not act, or not yet. */
export const SPENDS_NOTHING: readonly Phase[] = ['proposed', 'aborted', 'declined', 'expired', 'simulated']

/** Alerts spend the budget; people and simulations do not, nor what was stopped before its patch. */
export function spendsBudget({ trigger, dryRun, phase }: Pick<Rollback, 'trigger' | 'dryRun' | 'phase'>): boolean {
  return trigger === 'alert' && !dryRun && !SPENDS_NOTHING.includes(phase)
}

/** The budget counts for the whole cluster, so that only the cluster's policy sets it. */
export function clusterBudget(policies: readonly StoredPolicy[]): Policy['budget'] {
  return policies.find(({ scope }) => scope.level === 'cluster')?.fields.budget ?? DEFAULT_POLICY.budget
}

interface Spent<S> {
  /** Within the window, oldest first. */
  recent: S[]
  openSince: Instant | null
  /** When so many have left the window that another fits in; null: one fits in now. */
  closesAt: Instant | null
}

/** How much of the budget is spent at an instant. */
export function spentOf<S extends { at: Instant }>(acted: readonly S[], { count, windowMs }: Policy['budget'], at: Instant): Spent<S> {
  const recent = acted.filter((one) => one.at > at - windowMs).sort((a, b) => a.at - b.at)
  // The one that has to leave the window before another fits in.
  const last = recent[recent.length - count]
  if (last === undefined) return { recent, openSince: null, closesAt: null }
  return { recent, openSince: recent[count - 1]?.at ?? null, closesAt: last.at + windowMs }
}

interface Seen {
  /** Those that count. */
  acted: readonly SpentRollback[]
  budget: Policy['budget']
  closing: BreakerClosing | null
  version: number
  at: Instant
}

export function breakerOf({ acted, budget, closing, version, at }: Seen): Breaker {
  const { recent, openSince, closesAt } = spentOf(acted, budget, at)
  return {
    state: closesAt === null ? 'closed' : 'open',
    spent: recent.length,
    ...budget,
    rollbacks: recent,
    openSince,
    closesAt,
    lastClosed: closing && { at: closing.at, actor: closing.actor, reason: closing.reason, letOff: closing.letOff },
    version,
  }
}

interface Closing extends Pick<BreakerClosing, 'at' | 'actor' | 'reason'> {
  counting: readonly Spending[]
  before: BreakerClosing | null
}

/** Lets off what counts now; what an earlier closing let off stays so, as long as a window can reach it. */
export function closingOf({ counting, before, ...said }: Closing): BreakerClosing {
  const still = (before?.rollbacks ?? []).filter((one) => one.at > said.at - DURATION_BOUNDS.budgetWindowMs.max)
  const named = counting.map(({ id, at }) => ({ id, at }))
  return { ...said, letOff: named.length, rollbacks: [...still, ...named] }
}
