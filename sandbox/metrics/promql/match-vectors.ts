import { type Binary, child, groupingLabels, labelName, type PromqlNode } from '../../../lib/adapters/prometheus/syntax.ts'
import type { Labels } from '../../../lib/core/alert.ts'
import { keyOf } from '../series-store.ts'
import { calculate, isComparison } from './operators.ts'
import { dropLabels, keepLabels, PromqlError, type VectorSample, withoutName } from './value.ts'

interface Matching {
  isOn: boolean
  names: readonly string[]
  /** Which side may have many series for one of the other's. */
  many: 'left' | 'right' | null
  /** Labels that the side of one gives. */
  included: readonly string[]
}

/** Set operators: whole series of the left side (with `or` also of the right one), chosen by the matching labels. */
export function combineSets(operator: string, left: readonly VectorSample[], right: readonly VectorSample[], node: PromqlNode | null) {
  const matching = readMatching(node)
  const keysOf = (samples: readonly VectorSample[]) => new Set(samples.map(({ labels }) => keyOf(matched(labels, matching))))
  const isIn = (keys: Set<string>) => (sample: VectorSample) => keys.has(keyOf(matched(sample.labels, matching)))
  if (operator === 'Or') {
    const isOfLeft = isIn(keysOf(left))
    return [...left, ...right.filter((sample) => !isOfLeft(sample))]
  }
  const isOfRight = isIn(keysOf(right))
  return left.filter((sample) => isOfRight(sample) === (operator === 'And'))
}

/** Arithmetic and comparisons of vectors, one to one or many to one. Throws where the matching labels do not tell which. */
export function combineVectors(
  { operator, hasBool, matching: node }: Binary,
  left: readonly VectorSample[],
  right: readonly VectorSample[],
) {
  const matching = readMatching(node)
  const [many, one] = matching.many === 'right' ? [right, left] : [left, right]
  const oneByKey = new Map<string, VectorSample>()
  for (const sample of one) {
    const key = keyOf(matched(sample.labels, matching))
    if (oneByKey.has(key)) throw duplicate(key, matching.many === 'right' ? 'left' : 'right')
    oneByKey.set(key, sample)
  }
  const seen = new Set<string>()
  return many.flatMap((sample): VectorSample[] => {
    const key = keyOf(matched(sample.labels, matching))
    const partner = oneByKey.get(key)
    if (!partner) return []
    const [leftValue, rightValue] = matching.many === 'right' ? [partner.value, sample.value] : [sample.value, partner.value]
    const result = calculate(operator, leftValue, rightValue)
    const isFilter = isComparison(operator) && !hasBool
    if (isFilter && result === 0) return []
    const labels = resultLabels(sample.labels, partner.labels, matching, isFilter)
    const resultKey = matching.many === null ? key : keyOf(labels)
    if (seen.has(resultKey)) throw new PromqlError('execution', MULTIPLE[matching.many === null ? 'one' : 'many'])
    seen.add(resultKey)
    return [{ labels, value: isFilter ? leftValue : result }]
  })
}

const MULTIPLE = {
  one: 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
  many: 'multiple matches for labels: grouping labels must ensure unique matches',
}

function duplicate(key: string, side: 'left' | 'right'): PromqlError {
  const group = (JSON.parse(key) as [string, string][]).map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')
  const where = `the match group {${group}} on the ${side} hand-side of the operation`
  return new PromqlError(
    'execution',
    `found duplicate series for ${where};many-to-many matching not allowed: matching labels must be unique on one side`,
  )
}

function readMatching(node: PromqlNode | null): Matching {
  if (node === null) return { isOn: false, names: [], many: null, included: [] }
  const [, included] = node.children.filter(({ kind }) => kind === 'GroupingLabels')
  return {
    isOn: child(node, 'On') !== null,
    names: groupingLabels(node),
    many: sideOfMany(node),
    included: included?.children.map(labelName) ?? [],
  }
}

function sideOfMany(node: PromqlNode): Matching['many'] {
  if (child(node, 'GroupLeft')) return 'left'
  return child(node, 'GroupRight') ? 'right' : null
}

function matched(labels: Labels, { isOn, names }: Matching): Labels {
  return isOn ? keepLabels(labels, names) : dropLabels(labels, names)
}

/** Only a comparison that filters keeps the metric's name. */
function resultLabels(many: Labels, one: Labels, matching: Matching, keepsName: boolean): Labels {
  if (matching.many === null) {
    if (matching.isOn) return keepLabels(many, matching.names)
    const name = keepsName ? keepLabels(many, ['__name__']) : {}
    return { ...name, ...dropLabels(many, matching.names) }
  }
  const base: Record<string, string> = { ...(keepsName ? many : withoutName(many)) }
  for (const name of matching.included) {
    delete base[name]
    if (one[name]) base[name] = one[name]
  }
  return base
}
