import type { Labels } from '../../../lib/core/alert.ts'
import { keyOf } from '../series-store.ts'
import { dropLabels, type VectorSample } from './value.ts'

interface Bucket {
  upTo: number
  count: number
}

/** `histogram_quantile` of classic buckets: linear inside a bucket, NaN without a bucket that holds all or without observations. */
export function histogramQuantile(quantile: number, samples: readonly VectorSample[]): VectorSample[] {
  const histograms = new Map<string, { labels: Labels; buckets: Bucket[] }>()
  for (const { labels, value } of samples) {
    const upTo = toBound(labels['le'])
    if (Number.isNaN(upTo)) continue
    const rest = dropLabels(labels, ['le'])
    const key = keyOf(rest)
    const histogram = histograms.get(key) ?? { labels: rest, buckets: [] }
    histogram.buckets.push({ upTo, count: value })
    histograms.set(key, histogram)
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({ labels, value: quantileOf(quantile, buckets) }))
}

function toBound(le: string | undefined): number {
  return le === undefined || le === '' ? Number.NaN : Number(le.replace(/Inf$/i, 'Infinity'))
}

function quantileOf(quantile: number, unordered: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return Number.NaN
  if (quantile < 0) return Number.NEGATIVE_INFINITY
  if (quantile > 1) return Number.POSITIVE_INFINITY
  const buckets = monotonic(merged(unordered))
  const last = buckets.at(-1)
  const lastFinite = buckets.at(-2)
  if (!last || !lastFinite || last.upTo !== Number.POSITIVE_INFINITY || !(last.count > 0)) return Number.NaN
  const rank = quantile * last.count
  const index = buckets.slice(0, -1).findIndex(({ count }) => count >= rank)
  const bucket = buckets[index]
  if (!bucket) return lastFinite.upTo
  const below = buckets[index - 1]
  if (!below && bucket.upTo <= 0) return bucket.upTo
  const { upTo: start, count: before } = below ?? { upTo: 0, count: 0 }
  return start + (bucket.upTo - start) * ((rank - before) / (bucket.count - before))
}

/** `le="1"` and `le="1.0"` are one bucket. */
function merged(buckets: readonly Bucket[]): Bucket[] {
  const counts = new Map<number, number>()
  for (const { upTo, count } of buckets) counts.set(upTo, (counts.get(upTo) ?? 0) + count)
  return [...counts].map(([upTo, count]) => ({ upTo, count })).sort((one, other) => one.upTo - other.upTo)
}

/** Rates of buckets that were scraped apart can shrink by a little: a bucket holds at least what the smaller ones do. */
function monotonic(buckets: readonly Bucket[]): Bucket[] {
  let most = Number.NEGATIVE_INFINITY
  return buckets.map(({ upTo, count }) => {
    most = Math.max(most, count)
    return { upTo, count: most }
  })
}
