import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const project = fileURLToPath(new URL('..', import.meta.url))

function bench(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('node_modules/.bin/node', ['bench/run.ts', ...args], { cwd: project, encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('npm run bench', () => {
  it('prints precision and recall', () => {
    const { status, stdout, stderr } = bench('decisions')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/precision +recall/)
  })

  it('prints how fast a decision is, beside the JSON of its facts', () => {
    const { status, stdout } = bench('decide')
    expect(status).toBe(0)
    expect(stdout).toMatch(/One decision takes \d+\.\d\d times as long/)
  })

  it.each([
    [['nothing-like-it'], 'there is no bench nothing-like-it'],
    [['toString'], 'there is no bench toString'],
    [[], 'which bench?'],
    [['decide', 'decisions'], 'one bench at a time'],
    [['--fast'], '--fast'],
  ])('of %j refuses with 2 and names the benches', (args, why) => {
    const { status, stdout, stderr } = bench(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(why)
    expect(stderr).toContain('decisions ')
  })
})
