import type { Instant } from '../core/json.ts'
import { PlayedWorkloads } from './played-workloads.ts'

/** Scrapes of played workloads at instants of the past, in the OpenMetrics format: what `startPrometheus` takes as history. */
export class MetricHistory {
  readonly workloads = new PlayedWorkloads()
  readonly #everyMs: number
  readonly #lines: string[] = []
  #now: Instant

  constructor({ from, everyMs }: { from: Instant; everyMs: number }) {
    this.#now = from
    this.#everyMs = everyMs
  }

  /** The workloads answer for some time, and are scraped at its end and every interval before. Returns when that is. */
  pass(ms: number): Instant {
    const until = this.#now + ms
    while (this.#now + this.#everyMs <= until) {
      this.workloads.pass(this.#everyMs / 1_000)
      this.#now += this.#everyMs
      const scraped = this.workloads.scrape().split('\n')
      this.#lines.push(...scraped.filter((line) => line !== '' && !line.startsWith('#')).map((line) => `${line} ${this.#now / 1_000}`))
    }
    return this.#now
  }

  /** Adds a sample of another metric, now. */
  add(series: string, value: number): void {
    this.#lines.push(`${series} ${value} ${this.#now / 1_000}`)
  }

  text(): string {
    return `${[...this.#lines, '# EOF'].join('\n')}\n`
  }
}
