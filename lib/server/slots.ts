import { SnapbackError } from '../core/errors.ts'

/** Bounds how much of one kind of work runs at once in this process. */
export interface Slots {
  /** How many have asked and do not run yet. */
  waiting(): number
  /**
   * Runs it as soon as there is a slot, in the order of asking.
   *
   * @throws too_many_requests when as many wait already as may
   */
  run<T>(work: () => Promise<T>): Promise<T>
}

export function createSlots({ atOnce, mayWait }: { atOnce: number; mayWait: number }): Slots {
  const waiting: (() => void)[] = []
  let running = 0

  async function take(): Promise<void> {
    if (running < atOnce) {
      running += 1
      return
    }
    if (waiting.length >= mayWait) throw new SnapbackError('too_many_requests', 'too much of this is going on; try again in a moment')
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** A slot goes straight to who waits longest: nobody can come in between. */
  function giveBack(): void {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return {
    waiting: () => waiting.length,
    async run(work) {
      await take()
      try {
        return await work()
      } finally {
        giveBack()
      }
    },
  }
}
