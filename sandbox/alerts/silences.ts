import { randomUUID } from 'node:crypto'
import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import { type AlertMatcher, matchesAll } from './matcher.ts'

export interface Silence {
  id: string
  matchers: AlertMatcher[]
  startsAt: Instant
  endsAt: Instant
  createdBy: string
  comment: string
  updatedAt: Instant
}

/** What people do not want to hear of. */
export class Silences {
  readonly #silences = new Map<string, Silence>()

  all(): Silence[] {
    return [...this.#silences.values()]
  }

  /** Made anew, or changed where the id is known. */
  set(silence: Omit<Silence, 'id'>, id: string = randomUUID()): string {
    this.#silences.set(id, { ...silence, id })
    return id
  }

  /** False: there is none of that id. */
  expire(id: string, now: Instant): boolean {
    const silence = this.#silences.get(id)
    if (silence) Object.assign(silence, { endsAt: Math.min(silence.endsAt, now), updatedAt: now })
    return silence !== undefined
  }

  /** Ids of those that silence an alert now. */
  of(labels: Labels, now: Instant): string[] {
    return this.all().flatMap(({ id, matchers, startsAt, endsAt }) =>
      startsAt <= now && now < endsAt && matchesAll(matchers, labels) ? [id] : [],
    )
  }
}
