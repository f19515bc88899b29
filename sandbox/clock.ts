/** Time as the sandbox's world knows it, so that a test can let it pass by hand. Instants are epoch milliseconds. */
export interface Clock {
  now(): number
  /** Runs once after that many milliseconds; gives what cancels it. */
  after(ms: number, run: () => void): () => void
}

export const realClock: Clock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Stands still until it is told to go on; what falls due then runs in order, each at its own instant. */
export class ManualClock implements Clock {
  #now: number
  #timers: { at: number; run: () => void }[] = []

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers = this.#timers.filter((one) => one !== next)
      this.#now = next.at
      next.run()
    }
    this.#now = end
  }

  #next(end: number): { at: number; run: () => void } | undefined {
    const due = this.#timers.filter(({ at }) => at <= end)
    return due.reduce<(typeof due)[number] | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined)
  }
}
