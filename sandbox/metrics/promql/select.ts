import { durationMs } from '../../../lib/adapters/prometheus/constant.ts'
import { child, labelName, type PromqlNode, unquote } from '../../../lib/adapters/prometheus/syntax.ts'
import type { Instant } from '../../../lib/core/json.ts'
import { firstAfter, type Matcher, type StoredSeries } from '../series-store.ts'
import { type Context, type MatrixSeries, PromqlError, unsupported, type Value, type VectorSample } from './value.ts'

/** An instant looks back so far for a series' last sample. */
const LOOKBACK_MS = 5 * 60_000

export function selectInstant(node: PromqlNode, { store, at }: Context): Value {
  const { metric, matchers } = readSelector(node)
  const samples = store.select(metric, matchers).flatMap((series): VectorSample[] => {
    const value = valueAt(series, at)
    return value === null ? [] : [{ labels: series.labels, value }]
  })
  return { kind: 'vector', samples }
}

/** Both ends belong to the range, as up to Prometheus 2 (from 3.0 on its beginning does not). */
export function selectRange(node: PromqlNode, { store, at }: Context): Value {
  const [selector, length] = node.children
  const lengthMs = length ? durationMs(length) : null
  if (selector?.kind !== 'VectorSelector' || lengthMs === null) throw unsupported(`the range ${node.text}`)
  const { metric, matchers } = readSelector(selector)
  const from = at - lengthMs
  const series = store.select(metric, matchers).flatMap((one): MatrixSeries[] => {
    const points = pointsIn(one, from, at)
    return points.at.length === 0 ? [] : [{ labels: one.labels, ...points }]
  })
  return { kind: 'matrix', series, from, to: at }
}

/** `x offset 5m`: the inner selector and how far back it reads. */
export function readOffset(node: PromqlNode): { inner: PromqlNode; offsetMs: number } {
  const [inner] = node.children
  const length = child(node, 'OffsetDurationExpr')
  const offsetMs = length ? durationMs(length) : null
  if (!inner || offsetMs === null) throw unsupported(`the offset ${node.text}`)
  return { inner, offsetMs }
}

/** Equalities that a selector asks for: the labels that `absent` gives. */
export function equalitiesOf(node: PromqlNode): Record<string, string> {
  const equal = matchersIn(node).filter(({ operator }) => operator === 'EqlSingle')
  return Object.fromEntries(equal.map(({ name, value }) => [name, value]))
}

function readSelector(node: PromqlNode): { metric: string | null; matchers: Matcher[] } {
  const metric = child(node, 'Identifier')?.text ?? null
  return { metric, matchers: matchersIn(node).map(({ name, operator, value }) => ({ name, matches: test(operator, value) })) }
}

function matchersIn(node: PromqlNode): { name: string; operator: string; value: string }[] {
  return (child(node, 'LabelMatchers')?.children ?? []).map((one) => {
    const [name, operator, value] = one.children
    if (!name) throw unsupported(one.text)
    if (!operator || !value) return { name: '__name__', operator: 'EqlSingle', value: unquote(one.text) }
    return { name: labelName(name), operator: operator.children[0]?.kind ?? '', value: unquote(value.text) }
  })
}

function test(operator: string, wanted: string): Matcher['matches'] {
  switch (operator) {
    case 'EqlSingle':
      return (value) => value === wanted
    case 'Neq':
      return (value) => value !== wanted
    case 'EqlRegex':
      return (value) => anchored(wanted).test(value)
    case 'NeqRegex':
      return (value) => !anchored(wanted).test(value)
    default:
      throw unsupported(`the matcher ${operator}`)
  }
}

const compiled = new Map<string, RegExp>()

/** A regular expression of Prometheus matches the whole value. */
export function anchored(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  try {
    const expression = new RegExp(`^(?:${pattern})$`)
    compiled.set(pattern, expression)
    return expression
  } catch {
    throw new PromqlError('bad_data', `parse error: error parsing regexp: ${pattern}`)
  }
}

function valueAt({ at, values }: StoredSeries, instant: Instant): number | null {
  const index = firstAfter(at, instant) - 1
  const sampledAt = at[index]
  return sampledAt === undefined || sampledAt <= instant - LOOKBACK_MS ? null : (values[index] ?? null)
}

function pointsIn(series: StoredSeries, from: Instant, to: Instant): { at: Instant[]; values: number[] } {
  const [begin, end] = [firstAfter(series.at, from - 1), firstAfter(series.at, to)]
  const at = series.at.slice(begin, end)
  const values = series.values.slice(begin, end)
  if (!values.includes(null)) return { at, values: values as number[] }
  return { at: at.filter((_, index) => values[index] !== null), values: values.filter((value) => value !== null) }
}
