import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'
import { parseExposition } from './exposition.ts'
import type { SeriesStore } from './series-store.ts'

/** Something that shows metrics. Its labels win over those of the job (`honor_labels: true`). */
export interface Target {
  job: string
  /** Host and port. */
  instance: string
  /** Its metrics in the text format; rejects while it is down. */
  scrape(): Promise<string> | string
  /** What it showed before, with instants. */
  past?: string
}

/** Scrapes a target into the store. Series that a scrape no longer has end there, as with Prometheus. */
export class Scraper {
  readonly #target: Target
  readonly #store: SeriesStore
  #lastScraped = new Map<string, Labels>()

  constructor(target: Target, store: SeriesStore) {
    this.#target = target
    this.#store = store
    for (const { labels, at, value } of parseExposition(target.past ?? '')) store.append(this.#labelled(labels), at ?? 0, value)
  }

  async scrape(at: Instant): Promise<void> {
    const { job, instance } = this.#target
    const text = await Promise.try(() => this.#target.scrape()).catch(() => null)
    const scraped = new Map<string, Labels>()
    for (const sample of text === null ? [] : parseExposition(text)) {
      const labels = this.#labelled(sample.labels)
      scraped.set(this.#store.append(labels, sample.at ?? at, sample.value), labels)
    }
    for (const [key, labels] of this.#lastScraped) if (!scraped.has(key)) this.#store.append(labels, at, null)
    this.#lastScraped = scraped
    this.#store.append({ __name__: 'up', job, instance }, at, text === null ? 0 : 1)
  }

  #labelled(labels: Labels): Labels {
    return { job: this.#target.job, instance: this.#target.instance, ...labels }
  }
}
