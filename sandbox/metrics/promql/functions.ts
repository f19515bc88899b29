import type { Call, PromqlNode } from '../../../lib/adapters/prometheus/syntax.ts'
import type { Labels } from '../../../lib/core/alert.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { RANGE_FUNCTIONS } from './range-functions.ts'
import { anchored, equalitiesOf } from './select.ts'
import { type Context, expectKind, PromqlError, unsupported, type Value, type VectorSample, withoutName } from './value.ts'

export type Evaluate = (node: PromqlNode) => Value

/** A call of a function. */
export function callFunction({ name, arguments: nodes }: Call, evaluate: Evaluate, { at }: Context): Value {
  const where = `call to function "${snake(name)}"`
  const scalar = (index: number) => expectKind(argument(index), 'scalar', where).value
  const text = (index: number) => expectKind(argument(index), 'string', where).text
  const samples = (index: number) => expectKind(argument(index), 'vector', where).samples
  const argument = (index: number): Value | undefined => {
    const node = nodes[index]
    return node && evaluate(node)
  }
  if (RANGE_FUNCTIONS[name]) return overRange(name, expectKind(argument(0), 'matrix', where), nodes[1] ? [scalar(1)] : [])
  switch (name) {
    case 'Time':
      return { kind: 'scalar', value: at / 1_000 }
    case 'Scalar': {
      const [only, ...others] = samples(0)
      return { kind: 'scalar', value: only && others.length === 0 ? only.value : Number.NaN }
    }
    case 'Vector':
      return vector([{ labels: {}, value: scalar(0) }])
    case 'Absent':
      return vector(samples(0).length > 0 ? [] : [{ labels: absentLabels(nodes[0]), value: 1 }])
    case 'HistogramQuantile':
      return vector(histogramQuantile(scalar(0), samples(1)))
    case 'LabelReplace':
      return vector(labelReplace(samples(0), { to: text(1), replacement: text(2), from: text(3), pattern: anchored(text(4)) }))
    case 'Abs':
      return mapped(samples(0), Math.abs)
    case 'Clamp':
      return mapped(samples(0), (value) => Math.max(scalar(1), Math.min(scalar(2), value)))
    case 'ClampMin':
      return mapped(samples(0), (value) => Math.max(scalar(1), value))
    case 'ClampMax':
      return mapped(samples(0), (value) => Math.min(scalar(1), value))
    default:
      throw unsupported(`the function ${snake(name)}`)
  }
}

function vector(samples: VectorSample[]): Value {
  return { kind: 'vector', samples }
}

function mapped(samples: readonly VectorSample[], change: (value: number) => number): Value {
  return vector(samples.map(({ labels, value }) => ({ labels: withoutName(labels), value: change(value) })))
}

function overRange(name: string, { series, from, to }: Extract<Value, { kind: 'matrix' }>, parameters: number[]): Value {
  const calculate = RANGE_FUNCTIONS[name]
  const samples = series.flatMap((one): VectorSample[] => {
    const value = calculate?.({ ...one, from, to }, parameters) ?? null
    return value === null ? [] : [{ labels: name === 'LastOverTime' ? one.labels : withoutName(one.labels), value }]
  })
  return vector(samples)
}

/** What is absent is named by what was asked for. */
function absentLabels(node: PromqlNode | undefined): Labels {
  return node?.kind === 'VectorSelector' ? withoutName(equalitiesOf(node)) : {}
}

interface Replacement {
  to: string
  replacement: string
  from: string
  pattern: RegExp
}

function labelReplace(samples: readonly VectorSample[], { to, replacement, from, pattern }: Replacement): VectorSample[] {
  if (!/^[a-zA-Z_]\w*$/.test(to)) throw new PromqlError('execution', `invalid destination label name in label_replace(): ${to}`)
  return samples.map((sample) => {
    const match = pattern.exec(sample.labels[from] ?? '')
    if (!match) return sample
    const value = replacement.replaceAll(
      /\$(?:(\w+)|\{(\w+)\})/g,
      (_, one, other) => match.groups?.[one ?? other] ?? match[one ?? other] ?? '',
    )
    const { [to]: _, ...others } = sample.labels
    return { labels: value === '' ? others : { ...others, [to]: value }, value: sample.value }
  })
}

/** `HistogramQuantile` as people write it. */
function snake(name: string): string {
  return name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}
