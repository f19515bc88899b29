import type { getStream } from '../contracts/stream.ts'
import type { Output } from './api.ts'

/** How fresh what one sees is. `stale`: neither stream nor a poll has told anything for a while. */
export type Liveness = 'connecting' | 'live' | 'reconnecting' | 'stale'

export interface LiveState {
  liveness: Liveness
  /** When the server last told anything, by stream or by an answer; null: never. */
  heardAt: number | null
  /** When the stream was lost, or first tried; null while it is there. */
  lostAt: number | null
  /** Connections that failed in a row. */
  failures: number
}

export type LiveEvent =
  | { kind: 'opened'; at: number }
  | { kind: 'heard'; at: number }
  | { kind: 'answered'; at: number }
  | { kind: 'lost'; at: number }
  | { kind: 'tick'; at: number }

/** Nothing heard for so long while the stream is away, polls included: what one sees may be wrong. */
export const STALE_AFTER_MS = 30_000
/** The server beats every 15 s. Three missed: the connection is dead, however open it looks. */
export const SILENT_AFTER_MS = 45_000
/** How often everything is asked while the stream is away. */
export const POLL_EVERY_MS = 5_000

const LONGEST_PAUSE_MS = 15_000

export function firstLive(at: number): LiveState {
  return { liveness: 'connecting', heardAt: null, lostAt: at, failures: 0 }
}

/** The next state; pure, the same object when nothing changed. */
export function stepLive(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case 'opened':
      return { liveness: 'live', heardAt: event.at, lostAt: null, failures: 0 }
    case 'heard':
      return state.liveness === 'live' ? { ...state, heardAt: event.at } : state
    case 'answered':
      return { ...state, heardAt: event.at, liveness: state.liveness === 'stale' ? 'reconnecting' : state.liveness }
    case 'lost':
      return away({ ...state, lostAt: state.lostAt ?? event.at, failures: state.failures + 1 }, event.at)
    case 'tick':
      return state.liveness === 'live' ? state : away(state, event.at)
  }
}

/** Without a stream: reconnecting while polls still answer, else stale. The first try has a grace of the same length. */
function away(state: LiveState, at: number): LiveState {
  const since = state.heardAt ?? state.lostAt ?? at
  const isStale = at - since >= STALE_AFTER_MS
  const waiting: Liveness = state.failures === 0 && state.liveness === 'connecting' ? 'connecting' : 'reconnecting'
  const liveness = isStale ? 'stale' : waiting
  return liveness === state.liveness && state.failures === 0 ? state : { ...state, liveness }
}

/** How long to wait before the next try: at once the first time, then longer, 15 s at most. */
export function pauseBeforeTry(failures: number): number {
  return failures <= 1 ? 500 : Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** (failures - 2))
}

export function isSilent(state: LiveState, now: number): boolean {
  return state.liveness === 'live' && state.heardAt !== null && now - state.heardAt > SILENT_AFTER_MS
}

/** Kinds of queries that show something of what changed. */
const SHOWN_BY: Record<Output<typeof getStream>['kind'], readonly string[]> = {
  incident: ['incidents', 'workloads'],
  rollback: ['rollbacks', 'incidents', 'workloads', 'breaker'],
  decision: ['decisions', 'incidents'],
  workload: ['workloads'],
  control: ['control', 'breaker'],
  policy: ['policies', 'workloads', 'breaker', 'replay'],
  resync: [],
}

type Change = Output<typeof getStream>

/** Whether a query with this key shows what changed: lists and wholes always, one thing if it is named. */
export function isTouched(queryKey: readonly unknown[], change: Change): boolean {
  const [noun, which] = queryKey
  if (change.kind === 'resync') return true
  if (typeof noun !== 'string' || !SHOWN_BY[change.kind].includes(noun)) return false
  // An incident shows its rollbacks and decisions, and a workload all of it: their keys do not hold those ids.
  const isOwnNoun = SHOWN_BY[change.kind][0] === noun && noun !== 'workloads'
  return !isOwnNoun || which === undefined || which === 'list' || change.ids.includes(String(which))
}
