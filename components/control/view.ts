import type { ControlState } from '../../lib/client/control-state.ts'
import type { Scope } from '../../lib/core/scope.ts'

/** What the dialog shows: the state with what can be done, or one of the things done. */
export type ControlView = { kind: 'overview' } | { kind: 'pause' | 'resume'; scope: Scope } | { kind: 'dry-run'; on: boolean }

/** What every view gets. */
export interface ViewProps {
  onOpenChange: (open: boolean) => void
  state: ControlState
}
