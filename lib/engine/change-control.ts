import type { Audited, Caller } from '../core/audit.ts'
import { type Control, isLive, type Pause } from '../core/control.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant, JsonValue } from '../core/json.ts'
import type { ReasonCode } from '../core/reason.ts'
import type { Rollback } from '../core/rollback.ts'
import { type Scope, scopeKey } from '../core/scope.ts'
import type { Deps, Tx } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

export type ControlDeps = Pick<Deps, 'store' | 'now'>

interface Change {
  caller: Caller
  reason: string
  /** The version that the caller saw; null: whatever it is. */
  version: number | null
}

interface Changed {
  control: Control
  /** Rollbacks whose patch was sent already: a pause cannot stop these any more. */
  underWay: Rollback[]
}

/** Automation stands still in a scope. Once this has answered, no new patch starts there. */
export function pauseAutomation(deps: ControlDeps, change: Change & { scope: Scope; until: Instant | null }): Promise<Audited<Changed>> {
  const { caller, scope, reason, until } = change
  return changeControl(deps, change, `control.pause`, scopeKey(scope), (control, now) => {
    const pause: Pause = { scope, reason, actor: caller.actor, since: now, until }
    return { pauses: [...otherPauses(control, scope, now), pause] }
  })
}

/** Ends the pause of exactly this scope. What it held is decided again. */
export function resumeAutomation(deps: ControlDeps, change: Change & { scope: Scope }): Promise<Audited<Changed>> {
  const { scope } = change
  return changeControl(deps, change, 'control.resume', scopeKey(scope), (control, now) => {
    const pauses = otherPauses(control, scope, now)
    const live = control.pauses.filter((pause) => isLive(pause, now))
    if (pauses.length === live.length) throw new SnapbackError('conflict', `nothing is paused at ${scopeKey(scope)}`)
    return { pauses }
  })
}

/** Dry run on or off, for good or until an instant. While configuration demands it, it stays on. */
export function setDryRun(deps: ControlDeps, change: Change & { on: boolean; until: Instant | null }): Promise<Audited<Changed>> {
  const { caller, on, reason, until } = change
  return changeControl(deps, change, 'control.dry-run', 'cluster', (control, now) => {
    if (!on && control.configured.dryRun === true) {
      throw new SnapbackError('conflict', 'dry run is demanded by configuration (DRY_RUN=true) and cannot be switched off here')
    }
    if (on && until !== null && control.dryRun.on && control.dryRun.until === null) {
      const message = 'dry run is on for good: with an end it would switch itself off then'
      throw new SnapbackError('invalid', message, { fields: [{ path: 'until', message }] })
    }
    return { dryRun: { on, reason, actor: caller.actor, since: now, until } }
  })
}

function otherPauses(control: Control, scope: Scope, now: Instant): Pause[] {
  return control.pauses.filter((pause) => isLive(pause, now) && scopeKey(pause.scope) !== scopeKey(scope))
}

type Edit = (control: Control, now: Instant) => Partial<Omit<Control, 'version'>>

/** What a change may set free again. */
const HELD_BY_CONTROL: readonly ReasonCode[] = ['paused', 'automation_disabled']

async function changeControl(deps: ControlDeps, change: Change, action: string, target: string, edit: Edit): Promise<Audited<Changed>> {
  return deps.store.transaction(async (tx) => {
    const now = deps.now()
    const before = await tx.control('update')
    if (change.version !== null && change.version !== before.version) {
      throw new SnapbackError('conflict', 'someone else has just changed this; look again')
    }
    const edited = edit(before, now)
    if (!(await tx.updateControl(before.version, edited))) throw new SnapbackError('conflict', 'someone else has just changed this')
    const control: Control = { ...before, ...edited, version: before.version + 1 }
    // A pause that took another's place may end sooner: what the other held has to hear of it.
    const hadPause = before.pauses.some((pause) => isLive(pause, now) && scopeKey(pause.scope) === target)
    if (hadPause && action !== 'control.dry-run') await tx.reevaluateHeld(HELD_BY_CONTROL, now)
    const audited = auditDraft(change.caller, now, { action, target, reason: change.reason, before: shown(before), after: shown(control) })
    await tx.appendAudit(audited)
    return { result: { control, underWay: await underWay(tx) }, audited }
  })
}

function underWay(tx: Tx): Promise<Rollback[]> {
  return tx.rollbacksUnderWay()
}

/** What an audit entry keeps of the control row. */
function shown(control: Control): JsonValue {
  return {
    version: control.version,
    enabled: control.enabled,
    dryRun: { on: control.dryRun.on, until: control.dryRun.until },
    pauses: control.pauses.map((pause) => ({ scope: scopeKey(pause.scope), reason: pause.reason, until: pause.until })),
  }
}
