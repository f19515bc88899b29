import type { Audited, Caller } from '../core/audit.ts'
import { type ControlNow, controlNow } from '../core/control.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import { never } from '../core/never.ts'
import type { Rollback } from '../core/rollback.ts'
import type { Scope } from '../core/scope.ts'
import { type ControlDeps, pauseAutomation, resumeAutomation, setDryRun } from './change-control.ts'

/** `version`: of the control that was seen, if the change shall be refused when another came in between. */
type ControlCommand =
  | { action: 'pause'; scope: Scope; reason: string; until: Instant | null; version: number | null }
  | { action: 'resume'; scope: Scope; reason: string; version: number | null }
  | { action: 'dry-run'; on: boolean; reason: string; until: Instant | null; version: number | null }

interface Steered {
  control: ControlNow
  /** Rollbacks whose patch was sent before: they go on. */
  underWay: Rollback[]
}

/** Pauses, resumes or switches dry run. Throws `invalid` for an expiry that is over, `conflict` for an old version. */
export async function steerAutomation(
  deps: ControlDeps,
  { caller, command }: { caller: Caller; command: ControlCommand },
): Promise<Audited<Steered>> {
  refuseExpiryInThePast(command, deps.now())
  const { result, audited } = await carryOut(deps, caller, command)
  return { result: { ...result, control: controlNow(result.control, deps.now()) }, audited }
}

function carryOut(deps: ControlDeps, caller: Caller, command: ControlCommand) {
  switch (command.action) {
    case 'pause':
      return pauseAutomation(deps, { ...command, caller })
    case 'resume':
      return resumeAutomation(deps, { ...command, caller })
    case 'dry-run':
      return setDryRun(deps, { ...command, caller })
    default:
      return never(command)
  }
}

function refuseExpiryInThePast(command: ControlCommand, now: Instant): void {
  if (command.action === 'resume' || command.until === null || command.until > now) return
  const message = 'must be in the future'
  throw new SnapbackError('invalid', `until ${message}`, { fields: [{ path: 'until', message }] })
}
