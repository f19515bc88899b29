import type { MatrixSeries } from './value.ts'

/** The samples of one series in a range, times in ms. */
export interface Range extends MatrixSeries {
  from: number
  to: number
}

/** Null: too few samples to say anything. `parameters`: the numbers beside the range. */
type RangeFunction = (range: Range, parameters: readonly number[]) => number | null

/** By the grammar's name. Where Prometheus extrapolates or interpolates, so do these: its `promql/functions.go`. */
export const RANGE_FUNCTIONS: Record<string, RangeFunction> = {
  Rate: (range) => perSecond(extrapolated(range, true), range),
  Increase: (range) => extrapolated(range, true),
  Delta: (range) => extrapolated(range, false),
  Irate: (range) => instantRate(range),
  AvgOverTime: ({ values }) => sum(values) / values.length,
  SumOverTime: ({ values }) => sum(values),
  MinOverTime: ({ values }) => values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
  MaxOverTime: ({ values }) => values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
  CountOverTime: ({ values }) => values.length,
  PresentOverTime: () => 1,
  LastOverTime: ({ values }) => values.at(-1) ?? null,
  Changes: ({ values }) => countSteps(values, (value, before) => value !== before && !(Number.isNaN(value) && Number.isNaN(before))),
  Resets: ({ values }) => countSteps(values, (value, before) => value < before),
  Deriv: (range) => regression(range)?.slope ?? null,
  PredictLinear: (range, [seconds = 0]) => {
    const line = regression(range)
    return line && line.intercept + line.slope * seconds
  },
}

/** What the series grew over the whole range, as if it went on to both ends as it does between its samples. */
function extrapolated({ at, values, from, to }: Range, isCounter: boolean): number | null {
  const [first, last, firstAt, lastAt] = [values[0], values.at(-1), at[0], at.at(-1)]
  if (values.length < 2 || first === undefined || last === undefined || firstAt === undefined || lastAt === undefined) return null
  const growth = last - first + (isCounter ? lostInResets(values) : 0)
  const sampled = lastAt - firstAt
  const between = sampled / (values.length - 1)
  let toStart = firstAt - from
  // A counter was not below 0: it began where the line through its samples meets 0.
  if (isCounter && growth > 0 && first >= 0) toStart = Math.min(toStart, sampled * (first / growth))
  const reach = (gap: number) => (gap < between * 1.1 ? gap : between / 2)
  return growth * ((sampled + reach(toStart) + reach(to - lastAt)) / sampled)
}

/** A counter that is smaller than before began again from 0. */
function lostInResets(values: readonly number[]): number {
  let lost = 0
  let before = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < before) lost += before
    before = value
  }
  return lost
}

function perSecond(growth: number | null, { from, to }: Range): number | null {
  return growth === null ? null : growth / ((to - from) / 1_000)
}

function instantRate({ at, values }: Range): number | null {
  const [last, before, lastAt, beforeAt] = [values.at(-1), values.at(-2), at.at(-1), at.at(-2)]
  if (last === undefined || before === undefined || lastAt === undefined || beforeAt === undefined) return null
  return (last < before ? last : last - before) / ((lastAt - beforeAt) / 1_000)
}

/** The straight line through the samples; its intercept is at the end of the range. */
function regression({ at, values, to }: Range): { slope: number; intercept: number } | null {
  const count = values.length
  if (count < 2) return null
  const x = at.map((instant) => (instant - to) / 1_000)
  const [meanX, meanY] = [sum(x) / count, sum(values) / count]
  const covariance = sum(x.map((one, index) => (one - meanX) * ((values[index] ?? 0) - meanY)))
  const slope = covariance / sum(x.map((one) => (one - meanX) ** 2))
  return { slope, intercept: meanY - slope * meanX }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function countSteps(values: readonly number[], counts: (value: number, before: number) => boolean): number {
  return values.filter((value, index) => index > 0 && counts(value, values[index - 1] ?? Number.NaN)).length
}
