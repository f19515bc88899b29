import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = mkdtempSync(join(tmpdir(), 'ci-run-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Runs .ci/run with an npm that answers as the test says, by its first two arguments. */
function ciRun(answers: Record<string, { prints?: string; fails?: boolean }>) {
  const tree = mkdtempSync(join(root, 'tree-'))
  mkdirSync(join(tree, '.ci'))
  mkdirSync(join(tree, 'bin'))
  copyFileSync(fileURLToPath(new URL('../.ci/run', import.meta.url)), join(tree, '.ci/run'))
  const cases = Object.entries(answers).map(
    ([args, { prints = '', fails = false }]) => `"${args}") printf '%b' '${prints}'; exit ${fails ? 1 : 0};;`,
  )
  writeFileSync(join(tree, 'bin/npm'), `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\n*) exit 1;;\nesac\n`)
  chmodSync(join(tree, 'bin/npm'), 0o755)
  const { status, stdout } = spawnSync('bash', [join(tree, '.ci/run')], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(tree, 'bin')}:${process.env['PATH']}` },
  })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stdout }
}

describe('.ci/run', () => {
  const installed = { ci: {} }
  const tested = { test: { prints: 'noise\\n10 passed, 0 failed\\n' } }

  it('ends with the sum of both commands, alone on its line', () => {
    expect(ciRun({ ...installed, ...tested, 'run test:cluster': { prints: '5 passed, 0 failed\\n' } })).toMatchObject({
      status: 0,
      lastLine: '15 passed, 0 failed',
    })
  })

  it('goes on after a failure, and fails', () => {
    const failing = { test: { prints: '9 passed, 1 failed\\n', fails: true } }
    expect(ciRun({ ...installed, ...failing, 'run test:cluster': { prints: '5 passed, 0 failed\\n' } })).toMatchObject({
      status: 1,
      lastLine: '14 passed, 1 failed',
    })
  })

  it('repeats at its end what failed, which a long log buries', () => {
    const prints = ' FAIL  db  lib/a.db.test.ts > rows > are kept\\n4 passed, 1 failed\\nnoise\\n4 passed, 1 failed\\n'
    const { stdout } = ciRun({ ...installed, test: { prints, fails: true }, 'run test:cluster': { prints: '5 passed, 0 failed\\n' } })
    expect(stdout.slice(stdout.indexOf('What failed:'))).toContain('FAIL  db  lib/a.db.test.ts > rows > are kept')
  })

  it.each([
    ['the install fails', { ci: { fails: true }, ...tested }],
    ['a command ends without its line', { ...installed, test: {} }],
    ['a command says that nothing failed and fails', { ...installed, test: { prints: '0 passed, 0 failed\\n', fails: true } }],
  ])('counts one failure when %s', (_, answers) => {
    expect(ciRun({ ...answers, 'run test:cluster': { prints: '5 passed, 0 failed\\n' } })).toMatchObject({
      status: 1,
      lastLine: '5 passed, 1 failed',
    })
  })
})
