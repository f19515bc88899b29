import type { TriedPolicy } from '../../lib/client/replay.ts'
import { writeTried } from '../../lib/client/tried-policy.ts'

/** Where a decision is replayed; with a policy, by that one. */
export function replayPath(decisionId: string, edit: TriedPolicy | null = null): string {
  return edit === null ? `/replay/${decisionId}` : `/replay/${decisionId}?${new URLSearchParams({ edit: writeTried(edit) })}`
}
