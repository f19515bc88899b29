import { describe, expect, it } from 'vitest'
import { countBrowserReport, countReport, printSummary } from './suite.mjs'

const file = (status: string, ...statuses: string[]) => ({ status, assertionResults: statuses.map((one) => ({ status: one })) })
const report = (...testResults: ReturnType<typeof file>[]) => ({ testResults })
const OUTSIDE = 'ended with 1, though no test failed: an error outside the tests'

describe('the count of a suite', () => {
  it.each([
    [
      'counts tests over files',
      report(file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')),
      1,
      { passed: 3, failed: 1 },
    ],
    ['counts a skipped test as failed', report(file('passed', 'passed', 'skipped')), 0, { passed: 1, failed: 1 }],
    ['counts a file that does not load as failed', report(file('passed', 'passed'), file('failed')), 1, { passed: 1, failed: 1 }],
    ['fails when no test ran', report(), 0, { passed: 0, failed: 1, note: 'no test ran' }],
    ['fails when an error happened outside the tests', report(file('passed', 'passed')), 1, { passed: 1, failed: 1, note: OUTSIDE }],
    ['fails when no report was written', null, 0, { passed: 0, failed: 1, note: 'no report was written' }],
  ])('%s', (_, given, code, counted) => {
    expect(countReport(given, code)).toEqual(counted)
  })
})

describe('the count of the browser suite', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 0 }
  it.each([
    ['counts tests', { stats: { ...stats, unexpected: 2 } }, 1, { passed: 5, failed: 2 }],
    ['counts a skipped test as failed', { stats: { ...stats, skipped: 1 } }, 0, { passed: 5, failed: 1 }],
    ['counts one that passed at the second try as failed', { stats: { ...stats, flaky: 1 } }, 0, { passed: 5, failed: 1 }],
    ['fails when no test ran', { stats: { ...stats, expected: 0 } }, 0, { passed: 0, failed: 1, note: 'no test ran' }],
    ['fails when an error happened outside the tests', { stats }, 1, { passed: 5, failed: 1, note: OUTSIDE }],
    ['fails when no report was written', null, 1, { passed: 0, failed: 1, note: 'no report was written' }],
  ])('%s', (_, given, code, counted) => {
    expect(countBrowserReport(given, code)).toEqual(counted)
  })
})

describe('the summary of a run', () => {
  const outcome = { name: 'db', passed: 2, failed: 0, seconds: 10, output: '', budgetSeconds: 120 }

  it('ends with the sum alone on its line', () => {
    const lines: string[] = []
    const code = printSummary([outcome, { ...outcome, name: 'http', failed: 1 }], (line: string) => lines.push(line))
    expect(lines.join('\n').split('\n').at(-1)).toBe('4 passed, 1 failed')
    expect(code).toBe(1)
  })

  it('says of a suite that failed without a failed test what failed', () => {
    const lines: string[] = []
    printSummary([{ ...outcome, failed: 1, note: OUTSIDE }], (line: string) => lines.push(line))
    expect(lines.join('\n')).toContain(`(${OUTSIDE})`)
  })

  it('warns of a suite over its budget and passes all the same', () => {
    const lines: string[] = []
    expect(printSummary([{ ...outcome, seconds: 130 }], (line: string) => lines.push(line))).toBe(0)
    expect(lines.join('\n')).toContain('130.0 of 120 s  OVER ITS BUDGET')
  })
})
