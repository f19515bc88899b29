import type { Clocks } from '../../lib/core/clocks.ts'
import { parts } from '../../lib/core/clocks.ts'
import type { Rollback } from './story.ts'

export type BarPart = 'detect' | 'decide' | 'execute' | 'recover' | 'verify'

export interface BarSegment {
  part: BarPart
  ms: number
  /** It goes on: its end is now. */
  isRunning: boolean
  /** Share of the bar's width, 0 to 1; a short one is still seen. */
  share: number
}

export interface Bar {
  /** A part that nobody saw both ends of is absent. */
  segments: BarSegment[]
  /** Null until it is mitigated, and for ever where it is not. */
  mttrMs: number | null
  /** Since the condition began, or it was asked for, while it goes on. */
  runningMs: number | null
  /** Of the bake time, how long it has been healthy; null: not verifying. */
  healthyMs: number | null
}

/** As wide as one can see. */
const LEAST_SHARE = 0.015

/** The time that it took, in its parts; the last part runs while the rollback does. */
export function prepareBar({ phase, clocks, dryRun, verification, endedAt }: Rollback, now: number): Bar {
  const { detectMs, decideMs, executeMs, recoverMs, mttrMs, verifyMs } = parts(clocks)
  const isOver = endedAt !== null
  const seen: [BarPart, number | null, boolean][] = [
    ['detect', detectMs, false],
    ['decide', decideMs, false],
    ['execute', dryRun ? null : (executeMs ?? running(clocks.decidedAt, isOver || phase === 'proposed', now)), executeMs === null],
    ['recover', recoverMs, false],
    ['verify', verifyMs ?? verifying(clocks, isOver ? endedAt : now, mttrMs), verifyMs === null && !isOver],
  ]
  const lengths = seen.flatMap(([part, ms, isRunning]) => (ms === null || ms < 0 ? [] : [{ part, ms, isRunning }]))
  const stretch = verification?.stretch ?? null
  return {
    segments: withShares(lengths),
    mttrMs: dryRun ? null : mttrMs,
    runningMs: isOver || phase === 'proposed' ? null : running(clocks.startedAt ?? clocks.decidedAt, false, now),
    healthyMs: phase === 'verifying' && stretch?.health === 'healthy' ? Math.max(0, now - stretch.since) : null,
  }
}

function running(since: number | null, isOver: boolean, now: number): number | null {
  return since === null || isOver ? null : Math.max(0, now - since)
}

/** Until it is known when it recovered, all since the rollout was complete is verification. */
function verifying({ restoredAt }: Clocks, until: number, mttrMs: number | null): number | null {
  return restoredAt === null || mttrMs !== null ? null : until - restoredAt
}

function withShares(lengths: readonly Omit<BarSegment, 'share'>[]): BarSegment[] {
  const total = lengths.reduce((sum, { ms }) => sum + ms, 0) || 1
  const widened = lengths.map((one) => ({ ...one, share: Math.max(LEAST_SHARE, one.ms / total) }))
  const sum = widened.reduce((all, { share }) => all + share, 0)
  return widened.map((one) => ({ ...one, share: one.share / sum }))
}
