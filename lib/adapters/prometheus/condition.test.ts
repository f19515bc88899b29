import { describe, expect, it } from 'vitest'
import { type Condition, readCondition } from './condition.ts'

/** A condition in a line: `all(a > 1, any(b < 2, c == 3))`. */
function brief(condition: Condition): string {
  switch (condition.kind) {
    case 'comparison':
      return `${condition.left.text} ${condition.comparison} ${condition.threshold}`
    case 'unreadable':
      return `unreadable: ${condition.why}`
    default:
      return `${condition.kind}(${condition.parts.map(brief).join(', ')})`
  }
}

describe('a rule’s condition', () => {
  it.each([
    ['x > 0.05', 'x > 0.05'],
    ['(((x) >= 1))', '(x) >= 1'],
    ['0.05 < x', 'x > 0.05'],
    ['1 >= x', 'x <= 1'],
    ['0 == x', 'x == 0'],
    ['x != 0', 'x != 0'],
    ['x > (14.4 * 0.001)', `x > ${14.4 * 0.001}`],
    ['x > -1', 'x > -1'],
    ['x < 1 - 0.999', `x < ${1 - 0.999}`],
    ['x > 2 ^ 10', 'x > 1024'],
    ['x > 1e3', 'x > 1000'],
    ['x > 0x1F', 'x > 31'],
    ['x > 0x1d', 'x > 29'],
    ['x > 1e+3', 'x > 1000'],
    ['x > 1_000', 'x > 1000'],
    ['x > -(7 % 4)', 'x > -3'],
    ['x > 1h30m', 'x > 5400'],
    ['x < +Inf', 'x < Infinity'],
    ['a > 1 and b < 2', 'all(a > 1, b < 2)'],
    ['a > 1 and b < 2 and c == 3', 'all(a > 1, b < 2, c == 3)'],
    ['a > 1 or b < 2 or c == 3', 'any(a > 1, b < 2, c == 3)'],
    ['(a > 1 or b < 2) and c == 3', 'all(any(a > 1, b < 2), c == 3)'],
    ['a > 1 or b < 2 and c == 3', 'any(a > 1, all(b < 2, c == 3))'],
    ['a > 1 # a comment\n and b > 2', 'all(a > 1, b > 2)'],
    ['(x > bool 1) == 1', '(x > bool 1) == 1'],
  ])('%s reads as %s', (expression, expected) => {
    expect(brief(readCondition(expression))).toBe(expected)
  })

  it.each([
    ['x >', 'it cannot be parsed'],
    ['', 'it cannot be parsed'],
    ['vector(1)', 'it compares with no number'],
    ['absent(up)', 'it compares with no number'],
    ['a > b', 'it compares with no number'],
    ['x > NaN', 'it compares with no number'],
    ['a > 1 unless b > 2', 'it has "unless"'],
    ['x > bool 1', 'a comparison with "bool" always has an answer'],
    ['1 > bool 2', 'a comparison with "bool" always has an answer'],
    ['1 > 2', 'it compares numbers only'],
    ['vector(1) > 0', 'it reads no series'],
    ['(x > 1) < 2', 'it compares what another condition left over'],
    ['rate(x[5m] offset 1h) > 1', 'it has "offset"'],
    ['x - x offset 5m > 1', 'it has "offset"'],
    ['x @ 1700000000 > 1', 'it has "@"'],
    ['max_over_time(rate(x[1m])[10m:30s]) > 1', 'a subquery reads further back than one window'],
    ['job:errors:rate5m > 0.05', 'it reads job:errors:rate5m, which holds a range of its own'],
    ['ALERTS{alertstate="firing"} > 0', 'it reads ALERTS, which holds a range of its own'],
  ])('%s is not read: %s', (expression, why) => {
    expect(brief(readCondition(expression))).toBe(`unreadable: ${why}`)
  })

  it('keeps the parts that it can read', () => {
    expect(brief(readCondition('a > 1 and absent(b)'))).toBe('all(a > 1, unreadable: it compares with no number)')
  })
})
