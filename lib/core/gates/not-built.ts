import { type Gate, notApplicable } from './gate.ts'
import type { GateName } from './gate-name.ts'

/** A gate that is in the list and not built yet: it says so in every decision instead of passing in silence. */
export function notBuilt(name: GateName, kind: Gate['kind'], stage: Gate['stage']): Gate {
  return { name, kind, stage, byHand: false, ask: () => notApplicable('not_built') }
}
