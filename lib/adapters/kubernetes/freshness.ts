import type { Instant } from '../../core/json.ts'

/** How long a watch may be lost before its cache says nothing any more: most are back within a second. */
const STALE_AFTER_MS = 5_000

/**
 * Whether the caches can be believed. A cache that is behind answers confidently and wrong (an old revision as the
 * current one, a deploy that it never saw), so a loss that lasts counts as never having listed: whoever asks abstains and
 * asks again, which is easy, where a wrong rollback is the worst there is. A loss that was noticed, that is: a connection
 * that says nothing is one only after `idleMs`; until then the engine's own live reads stand between it and a decision.
 */
export class Freshness {
  readonly #now: () => Instant
  /** When each informer was lost; null: it stands. `unlisted`: its first list is not there yet. */
  readonly #informers = new Map<string, Instant | null | 'unlisted'>()
  /** What was wrong last, by informer that does not stand. */
  readonly #troubles = new Map<string, string>()

  constructor(now: () => Instant) {
    this.#now = now
  }

  expect(informer: string): void {
    this.#informers.set(informer, 'unlisted')
  }

  /** Its first list is there, or its watch has stood for long enough to have told what was missed. */
  stands(informer: string): void {
    this.#informers.set(informer, null)
    this.#troubles.delete(informer)
  }

  /** @param trouble call and status, for people */
  lost(informer: string, trouble: string): void {
    this.#troubles.set(informer, trouble)
    if (this.#informers.get(informer) === null) this.#informers.set(informer, this.#now())
  }

  /** Of one informer that does not stand; null: none failed. */
  trouble(): string | null {
    return [...this.#troubles.values()].at(-1) ?? null
  }

  isFresh(): boolean {
    const now = this.#now()
    return [...this.#informers.values()].every((lostAt) => lostAt === null || (lostAt !== 'unlisted' && now - lostAt <= STALE_AFTER_MS))
  }
}
