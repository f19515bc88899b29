import { type Actor, CONFIGURATION } from './actor.ts'
import type { Instant } from './json.ts'
import { covers, type Scope } from './scope.ts'
import type { WorkloadRef } from './workload.ts'

/** Automation stands still in a scope: decides and records, does nothing. */
export interface Pause {
  scope: Scope
  reason: string
  actor: Actor
  since: Instant
  /** Null: until someone resumes it. */
  until: Instant | null
}

/** The one control row. Every pause, whatever its scope, updates it: that is what makes a pause a barrier. */
export interface Control {
  version: number
  /** `AUTO_ROLLBACK_ENABLED` */
  enabled: boolean
  dryRun: { on: boolean; reason: string; actor: Actor; since: Instant; until: Instant | null }
  pauses: readonly Pause[]
  /** Configured values last applied: a value is applied once, when it differs from this. */
  configured: { dryRun: boolean | null; enabled: boolean | null }
}

/** Reasons of the configuration, which people read in their language. */
export const FIRST_START = 'first start'
export const DRY_RUN_CONFIGURED = 'DRY_RUN is configured'

/** Control before anyone spoke: dry run, so that a first start changes nothing in a cluster. */
export function firstControl(at: Instant): Control {
  return {
    version: 1,
    enabled: true,
    dryRun: { on: true, reason: FIRST_START, actor: CONFIGURATION, since: at, until: null },
    pauses: [],
    configured: { dryRun: null, enabled: null },
  }
}

/** The pause that covers a workload now, widest first; null when there is none. */
export function pauseOf(control: Control, workload: WorkloadRef, now: Instant): Pause | null {
  const order = ['cluster', 'namespace', 'workload'] as const
  const live = control.pauses.filter((pause) => isLive(pause, now) && covers(pause.scope, workload))
  return live.sort((a, b) => order.indexOf(a.scope.level) - order.indexOf(b.scope.level))[0] ?? null
}

export function isLive(pause: Pick<Pause, 'until'>, now: Instant): boolean {
  return pause.until === null || pause.until > now
}

/**
 * Dry run holds while it is on and, if it was switched off for a time, again after that time. While
 * configuration demands it nothing ends it: the page could else switch it on for a minute and be rid of it.
 */
export function isDryRun({ dryRun, configured }: Control, now: Instant): boolean {
  if (configured.dryRun === true) return true
  return dryRun.until !== null && dryRun.until <= now ? !dryRun.on : dryRun.on
}

/** Control as it holds at one time. */
export interface ControlNow extends Control {
  /** What the switch and its expiry amount to. */
  isDryRun: boolean
}

/** Without the pauses that ran out, and with what the dry-run switch means now. */
export function controlNow(control: Control, now: Instant): ControlNow {
  return { ...control, pauses: control.pauses.filter((pause) => isLive(pause, now)), isDryRun: isDryRun(control, now) }
}
