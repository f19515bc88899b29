import type { Evidence } from './evidence.ts'
import type { Instant } from './json.ts'

/** A look at pods that goes on beside what it belongs to. `work` does not throw; `lost` is called instead of it when it cannot be done. */
export interface LookTask {
  /** Its pods are about to go: it begins at once, however many run. */
  isUrgent: boolean
  work(): Promise<void>
  lost(why: 'too_many' | 'stopping'): void
}

/** Looks of this process: nothing that decides waits for them, a few run at once, and no two at the same at about the same time. */
export interface Looks {
  /** Whether one that is not urgent would begin at once. */
  isFree(): boolean
  /** The look of this key that was begun some seconds ago at most, else a new one. */
  share(key: string, now: Instant, look: () => Promise<Evidence>): Promise<Evidence>
  run(task: LookTask): void
  /** Begins no more, and waits for those under way. */
  stop(): Promise<void>
}
