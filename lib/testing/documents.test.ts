import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { GATES } from '../core/gates/gate-list.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(project, path), 'utf8')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
]
const documents = pages.filter((path) => path.endsWith('.md'))

describe('the documents', () => {
  it.each(documents)('%s links to files that are there', (path) => {
    const targets = [...read(path).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '')
    const local = targets.filter((target) => !target.includes('://'))
    expect(local.filter((target) => !existsSync(join(project, dirname(path), target)))).toEqual([])
  })

  it.each(documents)('%s names npm scripts and files of the project that are there', (path) => {
    const { scripts } = JSON.parse(read('package.json'))
    const run = [...read(path).matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(([, script, word]) => script ?? word ?? '')
    expect(run.filter((name) => !(name in scripts))).toEqual([])
    const named = [...read(path).matchAll(/(?<![\w/.])(?:scripts|deploy|lib|\.ci)\/[\w./-]*\w/g)].map(([name]) => name)
    expect(named.filter((name) => !existsSync(join(project, name)))).toEqual([])
  })

  it('.ci/run runs the test command of the README', () => {
    expect(read('README.md')).toMatch(/^ {4}npm ci && npm test\b/m)
    expect(read('.ci/run')).toContain("run 'npm ci && npm test'")
  })

  it('operations.md explains every variable of the environment', () => {
    const variables = [...read('lib/server/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map((match) => match[1] ?? '')
    const undocumented = variables.filter((name) => !name.startsWith('TEST_') && !read('docs/operations.md').includes(`\`${name}\``))
    expect(variables.length).toBeGreaterThan(10)
    expect(undocumented).toEqual([])
  })

  it('guide.md has every gate in the order of the list, with its kind and stage', () => {
    const rows = [...read('docs/guide.md').matchAll(/^\| (\d+) \|.*\| (.+) \|$/gm)].map(([, number, kind]) => `${number} ${kind}`)
    expect(rows).toEqual(GATES.map(({ kind, stage }, index) => `${index + 1} ${kind}${stage === 2 ? ', stage 2' : ''}`))
  })
})
