import { describe, expect, it } from 'vitest'
import { parsePromql } from './syntax.ts'
import { ALL_LABELS, travels, walk } from './travelling-labels.ts'

/** Of the labels a, b, c, le and pod, those that reach the top from each selector. */
function labelsOf(expression: string): Record<string, string> {
  const node = parsePromql(expression)
  if (!node) throw new Error(`no PromQL: ${expression}`)
  const found: Record<string, string> = {}
  walk(node, ALL_LABELS, ({ kind, text }, labels) => {
    if (kind === 'VectorSelector') found[text] = ['a', 'b', 'c', 'le', 'pod'].filter((name) => travels(labels, name)).join(' ')
  })
  return found
}

describe('labels that reach the result', () => {
  it.each([
    ['x', { x: 'a b c le pod' }],
    ['sum by (a, b) (rate(x[5m]))', { x: 'a b' }],
    ['sum(x)', { x: '' }],
    ['avg without (pod) (x)', { x: 'a b c le' }],
    ['max by (a) (sum by (a, b) (x))', { x: 'a' }],
    ['topk by (a) (3, x)', { x: 'a b c le pod' }],
    ['histogram_quantile(0.9, sum by (a, le) (x))', { x: 'a' }],
    ['label_replace(x, "a", "$1", "b", "(.*)")', { x: 'b c le pod' }],
    ['x / on (a) y', { x: 'a', y: 'a' }],
    ['x / ignoring (a) y', { x: 'b c le pod', y: 'b c le pod' }],
    ['x * on (a, b) group_left (c) y', { x: 'a b le pod', y: 'a b' }],
    ['x * on (a) group_right () y', { x: 'a', y: 'a b c le pod' }],
    ['x and on (a) y', { x: 'a b c le pod', y: 'a' }],
    ['x or on (a) y', { x: 'a b c le pod', y: 'a b c le pod' }],
    ['x - scalar(y)', { x: 'a b c le pod', y: '' }],
  ])('of %s', (expression, expected) => {
    expect(labelsOf(expression)).toEqual(expected)
  })
})
