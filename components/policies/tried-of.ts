import type { TriedPolicy } from '../../lib/client/replay.ts'
import { readTried } from '../../lib/client/tried-policy.ts'

/** What an address tries out. */
export function triedOf(edit: string | string[] | undefined): TriedPolicy | null {
  return typeof edit === 'string' ? readTried(edit) : null
}
