import { asBinary, asCall, type Binary, type Call, groupingLabels, labelName, type PromqlNode, unquote } from './syntax.ts'

/**
 * Which labels of a part's series reach the result of the whole unchanged. Only those can be compared with the
 * labels of an alert: a raw series may have a `severity` of its own that `sum by (service)` took away.
 */
export type TravellingLabels = { only: ReadonlySet<string> } | { except: ReadonlySet<string> }

export const ALL_LABELS: TravellingLabels = { except: new Set() }
const NO_LABELS: TravellingLabels = { only: new Set() }

export function travels(labels: TravellingLabels, name: string): boolean {
  return 'only' in labels ? labels.only.has(name) : !labels.except.has(name)
}

export function keep(labels: TravellingLabels, names: readonly string[]): TravellingLabels {
  return { only: new Set(names.filter((name) => travels(labels, name))) }
}

function drop(labels: TravellingLabels, names: readonly string[]): TravellingLabels {
  if ('only' in labels) return { only: new Set([...labels.only].filter((name) => !names.includes(name))) }
  return { except: new Set([...labels.except, ...names]) }
}

/** What travels from the right side of a set operator: the left side's labels are the result's. */
export function throughMatching(labels: TravellingLabels, matching: PromqlNode | null): TravellingLabels {
  if (matching === null) return labels
  const isOn = matching.children.some(({ kind }) => kind === 'On')
  return isOn ? keep(labels, groupingLabels(matching)) : drop(labels, groupingLabels(matching))
}

/** What travels from a part to the top of the side that it stands in. */
export function travellingFrom(part: PromqlNode, side: PromqlNode, labels: TravellingLabels): TravellingLabels {
  let found = labels
  walk(side, labels, (node, travelling) => {
    if (node === part) found = travelling
  })
  return found
}

/** Calls `visit` for every node with the labels that travel from it to the top. */
export function walk(node: PromqlNode, labels: TravellingLabels, visit: (node: PromqlNode, labels: TravellingLabels) => void): void {
  visit(node, labels)
  const binary = asBinary(node)
  if (binary) {
    const [left, right] = throughBinary(binary, labels)
    walk(binary.left, left, visit)
    walk(binary.right, right, visit)
    return
  }
  const call = asCall(node)
  const below = call ? throughCall(call, labels) : labels
  for (const one of call?.arguments ?? node.children) walk(one, below, visit)
}

function throughBinary({ operator, matching }: Binary, labels: TravellingLabels): [TravellingLabels, TravellingLabels] {
  const matched = throughMatching(labels, matching)
  if (operator === 'Or') return [labels, labels]
  if (operator === 'And' || operator === 'Unless') return [labels, matched]
  // The side of many keeps its labels, but for those that `group_left (…)` copies over them.
  const many = drop(labels, copiedLabels(matching))
  const has = (kind: string) => matching?.children.some((one) => one.kind === kind) ?? false
  return [has('GroupLeft') ? many : matched, has('GroupRight') ? many : matched]
}

/** `on (a) group_left (b, c)`: b and c. */
function copiedLabels(matching: PromqlNode | null): string[] {
  const [, second] = matching?.children.filter(({ kind }) => kind === 'GroupingLabels') ?? []
  return second ? second.children.map(labelName) : []
}

function throughCall({ name, arguments: parameters, modifier }: Call, labels: TravellingLabels): TravellingLabels {
  switch (name) {
    case 'Topk':
    case 'Bottomk':
    case 'LimitK':
    case 'LimitRatio':
      return labels
    case 'HistogramQuantile':
      return drop(labels, ['le'])
    case 'LabelReplace':
    case 'LabelJoin':
      return drop(labels, parameters[1] ? [unquote(parameters[1].text)] : [])
    case 'Scalar':
    case 'Absent':
    case 'AbsentOverTime':
      return NO_LABELS
    default:
      return AGGREGATIONS.has(name) ? throughAggregation(modifier, labels) : labels
  }
}

const AGGREGATIONS = new Set(['Avg', 'Count', 'CountValues', 'Group', 'Max', 'Min', 'Quantile', 'Stddev', 'Stdvar', 'Sum'])

function throughAggregation(modifier: PromqlNode | null, labels: TravellingLabels): TravellingLabels {
  if (modifier === null) return NO_LABELS
  const isBy = modifier.children.some(({ kind }) => kind === 'By')
  return isBy ? keep(labels, groupingLabels(modifier)) : drop(labels, groupingLabels(modifier))
}
