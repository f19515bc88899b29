import type { Instant, JsonObject, JsonValue } from '../../core/json.ts'
import { objectAt } from '../../core/json.ts'
import type { OwnerKnown } from '../../core/owner.ts'
import { type ApiClient, statusOf } from './api-client.ts'
import { objectsAt, textAt } from './project.ts'

/** Each question. Who waits for several waits no longer in all: see `inTime`. */
const CALL_MS = 1_000
/** An owner's object, so that a page and what it opens do not ask twice; a suspended owner is seen this late at most. */
const OBJECT_FOR_MS = 2_000
/** Which versions the server has, and who takes Deployments of a namespace over: neither changes while an incident lasts. */
const LISTS_FOR_MS = 30_000
/** Silence is no answer to keep, but those who ask in the same moment need not each wait for it. */
const SILENCE_FOR_MS = 2_000
const MOST_KEPT = 2_000
const PAGE = 500

export interface OwnerKind {
  group: string
  /** Asked for where the server does not say which it prefers. */
  version: string
}

/** Why a read that may fail found nothing. */
export type NotFound = Exclude<OwnerKnown, 'object' | 'marks'>
export type Found = JsonObject | NotFound

/** Custom resources that may not be there, and that our rights may not reach, kept for a while. Never throws. */
export class OwnerApi {
  readonly #api: ApiClient
  readonly #now: () => Instant
  readonly #kept = new Map<string, { until: Instant; answer: Promise<JsonValue> }>()

  constructor(api: ApiClient, now: () => Instant) {
    this.#api = api
    this.#now = now
  }

  /** @param path below the group's version */
  get(kind: OwnerKind, path: string, query: Record<string, string> = {}): Promise<Found> {
    return this.#keep(`${kind.group}/${path}?${new URLSearchParams(query)}`, OBJECT_FOR_MS, async () => {
      const base = await this.#base(kind)
      return 'path' in base ? this.#fetch(`${base.path}/${path}`, query) : base.missing
    })
  }

  /** All of one kind in a namespace, page by page, projected: hundreds of raw objects are not for keeping. */
  list<T extends JsonValue>(kind: OwnerKind, path: string, project: (raw: JsonObject) => T): Promise<T[] | NotFound> {
    return this.#keep(`${kind.group}/${path}`, LISTS_FOR_MS, async () => {
      const base = await this.#base(kind)
      if ('missing' in base) return base.missing
      const all: T[] = []
      let page = ''
      do {
        const found = await this.#fetch(`${base.path}/${path}`, { limit: String(PAGE), ...(page !== '' && { continue: page }) })
        if (typeof found === 'string') return found
        all.push(...objectsAt(found, 'items').map(project))
        page = textAt(objectAt(found, 'metadata'), 'continue')
      } while (page !== '')
      return all
    })
  }

  /** Asks nothing more where the server does not have the API group. */
  async #base({ group, version }: OwnerKind): Promise<{ path: string } | { missing: NotFound }> {
    const served = await this.#keep(group, LISTS_FOR_MS, () => this.#fetch(`/apis/${group}`, {}))
    if (served === 'not_found' || served === 'silent') return { missing: served }
    const preferred = typeof served === 'object' ? textAt(objectAt(served, 'preferredVersion'), 'version') : ''
    return { path: `/apis/${group}/${preferred || version}` }
  }

  #keep<T extends JsonValue>(key: string, forMs: number, ask: () => Promise<T | NotFound>): Promise<T | NotFound> {
    const kept = this.#kept.get(key)
    if (kept && this.#now() < kept.until) return kept.answer as Promise<T | NotFound>
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    const answer = ask()
    const asked = { until: this.#now() + forMs, answer }
    this.#kept.set(key, asked)
    void answer.then((found) => {
      if (found === 'silent') asked.until = Math.min(asked.until, this.#now() + SILENCE_FOR_MS)
    })
    return answer
  }

  async #fetch(path: string, query: Record<string, string>): Promise<Found> {
    try {
      const verb = 'limit' in query ? 'list' : 'get'
      return (await this.#api.read({ verb, resource: path, path, query, timeoutMs: CALL_MS })) ?? 'not_found'
    } catch (error) {
      return statusOf(error) === 403 ? 'not_allowed' : 'silent'
    }
  }
}

/** The answer if it comes within a second, else `otherwise`. What was asked goes on, and is there for who asks next. */
export async function inTime<T, O>(asked: Promise<T>, otherwise: O): Promise<T | O> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<O>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), CALL_MS)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
