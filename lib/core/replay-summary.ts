import type { DecisionRecord, Effect, Verdict } from './decision.ts'
import type { GateName } from './gates/gate-name.ts'
import type { Instant } from './json.ts'
import { countJudged, type JudgedCounts, type Judgement, NONE_JUDGED } from './judgement.ts'
import type { Outcome, Replay } from './replay.ts'
import type { OpenReason } from './replay-questions.ts'
import type { WorkloadRef } from './workload.ts'

/** Changes that are listed; the rest is counted. */
const MOST_CHANGES = 200

export type VerdictAndEffect = { verdict: Verdict; effect: Effect }
export type OutcomeInList = Omit<Outcome, 'target'>

/** A decision that would come to something else, and others of the same alert with the same change: an open question is asked many times. */
export interface ReplayChange {
  /** The newest one. */
  decisionId: string
  decidedAt: Instant
  firstDecidedAt: Instant
  times: number
  incidentId: string | null
  rollbackId: string | null
  workload: WorkloadRef | null
  before: OutcomeInList
  after: OutcomeInList
  madeBy: GateName[]
  /** Of the newest one that was judged. */
  judgement: Judgement | null
}

/** What a policy would have made of many decisions. */
export interface ReplaySummary {
  decisions: number
  same: number
  changed: number
  cannotTell: number
  /** How many went from which verdict and effect to which; null: cannot be told. The most first. */
  counts: { before: VerdictAndEffect; after: VerdictAndEffect | null; decisions: number }[]
  /** Where it cannot be told: which gates the records do not answer, and why. The most first. */
  open: { gate: GateName; why: OpenReason; decisions: number }[]
  /** Newest first. */
  changes: ReplayChange[]
  /** Decisions with a change that are not among those. */
  changesLeftOut: number
  judged: { all: JudgedCounts; changed: JudgedCounts }
}

type Replayed = Pick<DecisionRecord, 'id' | 'decidedAt' | 'episodeId' | 'incidentId' | 'rollbackId' | 'workload' | 'judgement'>

/** Adds up replays, newest first, without keeping them. */
export function replaySummary(): { add(record: Replayed, replay: Replay): void; result(): ReplaySummary } {
  const total = { same: 0, changed: 0, cannot_tell: 0 }
  const counts = new Map<string, ReplaySummary['counts'][number]>()
  const open = new Map<string, ReplaySummary['open'][number]>()
  const changes = new Map<string, ReplayChange>()
  let judged = { all: NONE_JUDGED, changed: NONE_JUDGED }
  let changesLeftOut = 0

  function addChange(record: Replayed, { before, after, madeBy }: Replay & { after: Outcome }): void {
    const change = { before: inList(before), after: inList(after), madeBy }
    const key = JSON.stringify([record.episodeId ?? record.id, change])
    const known = changes.get(key)
    if (known) {
      known.times += 1
      known.firstDecidedAt = record.decidedAt
      known.judgement ??= record.judgement
    } else if (changes.size < MOST_CHANGES) {
      const { id, decidedAt, incidentId, rollbackId, workload, judgement } = record
      const of = { decisionId: id, decidedAt, firstDecidedAt: decidedAt, times: 1, incidentId, rollbackId, workload, judgement }
      changes.set(key, { ...of, ...change })
    } else {
      changesLeftOut += 1
    }
  }

  return {
    add(record, replay) {
      const { answer, before, after } = replay
      total[answer] += 1
      count(counts, { before: short(before), after: after && short(after) })
      judged = { ...judged, all: countJudged(judged.all, record.judgement) }
      if (answer === 'cannot_tell') for (const { gate, why } of replay.open) count(open, { gate, why })
      if (answer !== 'changed' || after === null) return
      judged = { ...judged, changed: countJudged(judged.changed, record.judgement) }
      addChange(record, { ...replay, after })
    },
    result: () => ({
      decisions: total.same + total.changed + total.cannot_tell,
      same: total.same,
      changed: total.changed,
      cannotTell: total.cannot_tell,
      counts: mostFirst(counts),
      open: mostFirst(open),
      changes: [...changes.values()],
      changesLeftOut,
      judged,
    }),
  }
}

function count<T>(counts: Map<string, T & { decisions: number }>, what: T): void {
  const key = JSON.stringify(what)
  const known = counts.get(key)
  if (known) known.decisions += 1
  else counts.set(key, { ...what, decisions: 1 })
}

function mostFirst<T extends { decisions: number }>(counts: Map<string, T>): T[] {
  return [...counts.values()].sort((a, b) => b.decisions - a.decisions)
}

function short({ verdict, effect }: Outcome): VerdictAndEffect {
  return { verdict, effect }
}

function inList({ verdict, effect, reason }: Outcome): OutcomeInList {
  return { verdict, effect, reason }
}
