import { type ControlNow, controlNow } from '../core/control.ts'
import type { Deps } from '../ports.ts'

/** The control row as it holds now. */
export async function readControl(deps: Pick<Deps, 'read' | 'now'>): Promise<ControlNow> {
  return controlNow(await deps.read.control(), deps.now())
}
