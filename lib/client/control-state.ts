import { type ControlNow, controlNow, type Pause, pauseOf } from '../core/control.ts'
import { type Scope, scopeKey } from '../core/scope.ts'
import type { WorkloadRef } from '../core/workload.ts'
import { instantOfWall, wallClock } from './wall-clock.ts'

/** What automation does just now, the strongest thing first. */
export type ControlKind = 'disabled' | 'paused' | 'dry-run' | 'acting'

export interface ControlState {
  kind: ControlKind
  control: ControlNow
  /** The pause of the whole cluster. */
  pause: Pause | null
  /** Pauses of a namespace or a workload. */
  partial: readonly Pause[]
}

/** The state at an instant: a pause that ran out is over, whether or not the page has heard of it. */
export function controlState(control: ControlNow, now: number): ControlState {
  const at = controlNow(control, now)
  const pause = at.pauses.find(({ scope }) => scope.level === 'cluster') ?? null
  const partial = at.pauses.filter(({ scope }) => scope.level !== 'cluster')
  return { kind: kindOf(at, pause), control: at, pause, partial }
}

function kindOf(control: ControlNow, pause: Pause | null): ControlKind {
  if (!control.enabled) return 'disabled'
  if (pause !== null) return 'paused'
  return control.isDryRun ? 'dry-run' : 'acting'
}

/** Nobody has said anything about dry run yet: it is on because this is a first start. */
export function isFirstStart(control: ControlNow): boolean {
  return control.isDryRun && control.dryRun.actor.kind === 'configuration' && control.configured.dryRun === null
}

/** Why a yes to a proposal for the workload would be refused just now; null: it would not, as far as control goes. */
export function approvalStop({ control }: ControlState, workload: WorkloadRef, now: number): 'disabled' | 'paused' | null {
  if (!control.enabled) return 'disabled'
  return pauseOf(control, workload, now) === null ? null : 'paused'
}

/** The pause of exactly this scope, which resuming ends. */
export function pauseAt(state: ControlState, scope: Scope): Pause | null {
  return state.control.pauses.find((pause) => scopeKey(pause.scope) === scopeKey(scope)) ?? null
}

export const PAUSE_LENGTHS = ['half-hour', 'two-hours', 'morning', 'for-good'] as const
export type PauseLength = (typeof PAUSE_LENGTHS)[number]

const MINUTE = 60_000
const MORNING_HOUR = 8

/** When a pause of this length ends; null: when somebody resumes. */
export function pauseEnd(length: PauseLength, now: number, zone: string): number | null {
  if (length === 'half-hour') return now + 30 * MINUTE
  if (length === 'two-hours') return now + 120 * MINUTE
  return length === 'morning' ? nextMorning(now, zone) : null
}

/** The next 8:00 in the zone, on whichever side of a clock change it lies. */
export function nextMorning(now: number, zone: string): number {
  const wall = wallClock(now, zone)
  const today = Date.UTC(wall.year, wall.month - 1, wall.day, MORNING_HOUR)
  const candidates = [0, 1].map((days) => instantOfWall(today + days * 24 * 60 * MINUTE, zone))
  return candidates.find((at) => at > now) ?? now + 24 * 60 * MINUTE
}
