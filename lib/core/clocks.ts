import type { Instant } from './json.ts'

/** Where the beginning of a condition was read: Prometheus' `activeAt`, or the alert's `startsAt`, an upper bound. */
export type OnsetSource = 'active_at' | 'starts_at'

/** The instants of one rollback. One that nobody saw is null, never made up. */
export interface Clocks {
  deployedAt: Instant | null
  /** The condition began. */
  startedAt: Instant | null
  startedAtSource: OnsetSource | null
  receivedAt: Instant | null
  decidedAt: Instant | null
  /** The patch was accepted. */
  undoneAt: Instant | null
  /** The rollout was complete. */
  restoredAt: Instant | null
  /** Start of the first healthy window of the stretch that lasted; never before restoredAt. */
  mitigatedAt: Instant | null
  verifiedAt: Instant | null
}

export const NO_CLOCKS: Clocks = {
  deployedAt: null,
  startedAt: null,
  startedAtSource: null,
  receivedAt: null,
  decidedAt: null,
  undoneAt: null,
  restoredAt: null,
  mitigatedAt: null,
  verifiedAt: null,
}

/**
 * The parts of MTTR in milliseconds, each null unless both its clocks were seen. They add up to `mttrMs`, which
 * is null unless all of them are there.
 */
export interface Parts {
  detectMs: number | null
  decideMs: number | null
  executeMs: number | null
  recoverMs: number | null
  mttrMs: number | null
  /** Beside MTTR, not part of it. */
  verifyMs: number | null
  sinceDeployMs: number | null
}

/** detect = startedAt→receivedAt, decide = →decidedAt, execute = →restoredAt, recover = →mitigatedAt. */
export function parts(clocks: Clocks): Parts {
  const isWhole = clocks.receivedAt !== null && clocks.decidedAt !== null && clocks.restoredAt !== null
  return {
    detectMs: between(clocks.startedAt, clocks.receivedAt),
    decideMs: between(clocks.receivedAt, clocks.decidedAt),
    executeMs: between(clocks.decidedAt, clocks.restoredAt),
    recoverMs: between(clocks.restoredAt, clocks.mitigatedAt),
    mttrMs: isWhole ? between(clocks.startedAt, clocks.mitigatedAt) : null,
    verifyMs: between(clocks.mitigatedAt, clocks.verifiedAt),
    sinceDeployMs: between(clocks.deployedAt, clocks.mitigatedAt),
  }
}

function between(from: Instant | null, to: Instant | null): number | null {
  return from === null || to === null ? null : to - from
}
