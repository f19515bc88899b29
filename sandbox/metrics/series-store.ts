import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'

/** A series: samples in the order of time. Null is Prometheus' staleness marker: from then on there is no value. */
export interface StoredSeries {
  labels: Labels
  at: Instant[]
  values: (number | null)[]
}

/** Whether a label's value is asked for; a label that is missing has the value ''. */
export interface Matcher {
  name: string
  matches(value: string): boolean
}

/** Samples in memory, by series. */
export class SeriesStore {
  readonly #byMetric = new Map<string, Map<string, StoredSeries>>()

  /** A sample that is not newer than the last of its series is dropped. Returns the series' key. */
  append(labels: Labels, at: Instant, value: number | null): string {
    const metric = labels['__name__'] ?? ''
    const ofMetric = this.#byMetric.get(metric) ?? new Map<string, StoredSeries>()
    this.#byMetric.set(metric, ofMetric)
    const key = keyOf(labels)
    const series = ofMetric.get(key) ?? { labels, at: [], values: [] }
    ofMetric.set(key, series)
    if (at > (series.at.at(-1) ?? Number.NEGATIVE_INFINITY)) {
      series.at.push(at)
      series.values.push(value)
    }
    return key
  }

  /** Series that every matcher matches; `metric` null: of any metric. */
  select(metric: string | null, matchers: readonly Matcher[]): StoredSeries[] {
    const candidates = metric === null ? [...this.#byMetric.values()] : [this.#byMetric.get(metric) ?? new Map<string, StoredSeries>()]
    return candidates
      .flatMap((ofMetric) => [...ofMetric.values()])
      .filter(({ labels }) => matchers.every(({ name, matches }) => matches(labels[name] ?? '')))
  }

  /** Forgets samples from before then, and series that have no others. */
  prune(before: Instant): void {
    for (const ofMetric of this.#byMetric.values()) {
      for (const [key, series] of ofMetric) {
        const kept = firstAfter(series.at, before - 1)
        series.at.splice(0, kept)
        series.values.splice(0, kept)
        if (series.at.length === 0) ofMetric.delete(key)
      }
    }
  }
}

/** Index of the first instant after `at`; the length: there is none. */
export function firstAfter(instants: readonly Instant[], at: Instant): number {
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((instants[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The same for the same labels in any order. A label without a value is no label. */
export function keyOf(labels: Labels): string {
  return JSON.stringify(
    Object.entries(labels)
      .filter(([, value]) => value !== '')
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}
