import { type Call, groupingLabels } from '../../../lib/adapters/prometheus/syntax.ts'
import type { Labels } from '../../../lib/core/alert.ts'
import { keyOf } from '../series-store.ts'
import { dropLabels, keepLabels, unsupported, type VectorSample } from './value.ts'

const AGGREGATIONS: Record<string, (values: readonly number[]) => number> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Avg: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  Min: (values) => values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
  Max: (values) => values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
  Count: (values) => values.length,
  Group: () => 1,
}

/** `sum by (…)` and its like. */
export function aggregate({ name, modifier }: Call, samples: readonly VectorSample[]): VectorSample[] {
  const combine = AGGREGATIONS[name]
  if (!combine) throw unsupported(`the aggregation ${name.toLowerCase()}`)
  const names = modifier ? groupingLabels(modifier) : []
  const isWithout = modifier?.children.some(({ kind }) => kind === 'Without') ?? false
  const groups = new Map<string, { labels: Labels; values: number[] }>()
  for (const { labels, value } of samples) {
    const kept = isWithout ? dropLabels(labels, names) : keepLabels(labels, names)
    const key = keyOf(kept)
    const group = groups.get(key) ?? { labels: kept, values: [] }
    group.values.push(value)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, value: combine(values) }))
}
