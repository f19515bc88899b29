// One suite of a test run: a step (a command that passes or fails), a Vitest project or the browser tests (counted by their reports).
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

export const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)

/**
 * @typedef {{ name: string, passed: number, failed: number, seconds: number, output: string, budgetSeconds?: number,
 *   note?: string }} Outcome
 */

/** Runs a command that counts as one. @returns {Promise<Outcome>} */
export async function runStep(name, command, args, { quiet = false } = {}) {
  const { code, output, seconds } = await run(bin(command), args, { quiet })
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds, output }
}

/** Runs a Vitest project. No tests, a skipped test or a file that does not load is a failure. @returns {Promise<Outcome>} */
export async function runVitest(project, { quiet = false, args = [], onStart = undefined } = {}) {
  const report = join(root, '.cache/test', `${project}-${process.pid}.json`)
  mkdirSync(dirname(report), { recursive: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code, output, seconds } = await run(bin('vitest'), ['run', '--project', project, ...reporters, ...args], { quiet, onStart })
  const counted = countReport(readReport(report), code)
  rmSync(report, { force: true })
  return { name: project, ...counted, seconds, output: withoutPassed(output) }
}

/**
 * What a report says, when nothing may be skipped and a file that does not load counts as one failure.
 *
 * @param {object | null} report Vitest's JSON report; null: it wrote none
 * @param {number} code Vitest's exit code: it also fails for errors outside tests
 */
export function countReport(report, code) {
  if (report === null) return { passed: 0, failed: 1, note: 'no report was written' }
  const files = report.testResults
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const notPassed = statuses.length - passed
  const filesWithoutTests = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  const failed = notPassed + filesWithoutTests
  return { passed, ...orSilentFall(failed, passed, code) }
}

/** A suite may fail though no test of it did: that counts as one, and the summary says so. */
function orSilentFall(failed, passed, code) {
  if (failed > 0 || (code === 0 && passed > 0)) return { failed }
  return { failed: 1, note: passed === 0 ? 'no test ran' : `ended with ${code}, though no test failed: an error outside the tests` }
}

/** Runs the browser tests. No tests, a skipped one or one that passed only when tried again is a failure. @returns {Promise<Outcome>} */
export async function runPlaywright() {
  const report = join(root, '.cache/test', `browser-${process.pid}.json`)
  mkdirSync(dirname(report), { recursive: true })
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const { code, output, seconds } = await run(bin('playwright'), ['test', '--reporter=list,json'], { env })
  const counted = countBrowserReport(readReport(report), code)
  rmSync(report, { force: true })
  return { name: 'browser', ...counted, seconds, output }
}

/**
 * As `countReport`.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | null} report Playwright's
 *   JSON report; null: it wrote none
 * @param {number} code Playwright's exit code: it also fails for errors outside tests
 */
export function countBrowserReport(report, code) {
  if (report === null) return { passed: 0, failed: 1, note: 'no report was written' }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky + skipped
  return { passed: expected, ...orSilentFall(failed, expected, code) }
}

/**
 * Prints how long each suite took against its budget (a warning, never a failure) and ends with the one
 * line that machines read. @returns {number} exit code
 */
export function printSummary(outcomes, print = console.log) {
  const width = Math.max(...outcomes.map(({ name }) => name.length))
  print('')
  for (const { name, passed, failed, seconds, budgetSeconds, note } of outcomes) {
    const budget = budgetSeconds === undefined ? '' : ` of ${budgetSeconds} s${seconds > budgetSeconds ? '  OVER ITS BUDGET' : ''}`
    print(
      `${name.padEnd(width)}  ${String(passed).padStart(5)} passed  ${String(failed).padStart(3)} failed  ${seconds.toFixed(1).padStart(6)}${budget}${note === undefined ? '' : `  (${note})`}`,
    )
  }
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  print(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}

/** The lines of tests that passed hide those of the others. */
function withoutPassed(output) {
  return output
    .split('\n')
    .filter((line) => !/^\P{L}*✓/u.test(stripVTControlCharacters(line)))
    .join('\n')
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/** Output is shown as it comes, or kept when `quiet`. `onStart` gets the process, so that it can be ended. */
function run(command, args, { quiet = false, onStart = undefined, env = {} }) {
  const startedAt = performance.now()
  const child = spawn(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...(quiet && process.stdout.isTTY && { FORCE_COLOR: '1' }), ...env },
  })
  onStart?.(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    const ended = (code) => resolve({ code, output, seconds: (performance.now() - startedAt) / 1000 })
    child.on('error', (error) => {
      output += `${error.message}\n`
      ended(1)
    })
    child.on('close', (code) => ended(code ?? 1))
  })
}
