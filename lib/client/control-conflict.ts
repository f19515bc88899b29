import type { ControlNow, Pause } from '../core/control.ts'
import { type Scope, scopeKey } from '../core/scope.ts'

/** What somebody else changed between the control that one saw and the one that holds now. */
export type ControlDifference =
  | { kind: 'paused'; pause: Pause }
  | { kind: 'resumed'; scope: Scope }
  | { kind: 'dryRunOn' | 'dryRunOff'; dryRun: ControlNow['dryRun'] }
  | { kind: 'enabled' | 'disabled' }

/** In the order in which one would ask. Empty when it was changed and changed back. */
export function controlDifferences(seen: ControlNow, fresh: ControlNow): ControlDifference[] {
  const before = new Map(seen.pauses.map((pause) => [scopeKey(pause.scope), pause]))
  const after = new Set(fresh.pauses.map((pause) => scopeKey(pause.scope)))
  const differences: ControlDifference[] = []
  if (seen.enabled !== fresh.enabled) differences.push({ kind: fresh.enabled ? 'enabled' : 'disabled' })
  for (const pause of fresh.pauses) {
    if (before.get(scopeKey(pause.scope))?.since !== pause.since) differences.push({ kind: 'paused', pause })
  }
  for (const pause of seen.pauses) if (!after.has(scopeKey(pause.scope))) differences.push({ kind: 'resumed', scope: pause.scope })
  if (seen.dryRun.since !== fresh.dryRun.since) differences.push({ kind: fresh.isDryRun ? 'dryRunOn' : 'dryRunOff', dryRun: fresh.dryRun })
  return differences
}
