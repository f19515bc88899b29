import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { afterAll, describe, expect, it } from 'vitest'
import { PLANTED_VIOLATIONS, type PlantedViolation } from './planted-violations.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const options = await extractDepcruiseOptions(join(project, '.dependency-cruiser.cjs'))
const rules = options.ruleSet?.forbidden ?? []

/** A cruise that reads nothing finds nothing: raise this as the project grows. */
const FEWEST_MODULES = 480

const forest = mkdtempSync(join(tmpdir(), 'structure-'))
afterAll(() => rmSync(forest, { recursive: true }))

describe('who may import whom', () => {
  it('holds in the project itself', async () => {
    const { summary } = await cruised(project, ['.'])
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThanOrEqual(FEWEST_MODULES)
  })

  it('is an error wherever it is broken', () => {
    expect(rules.filter((rule) => rule.severity !== 'error')).toEqual([])
  })

  it('has a planted violation for every rule, and no rule twice', () => {
    expect(Object.keys(PLANTED_VIOLATIONS).sort()).toEqual(rules.map((rule) => rule.name).sort())
  })

  it.each(Object.entries(PLANTED_VIOLATIONS))('%s catches what breaks it', async (name, trees) => {
    for (const tree of trees) {
      const { summary } = await cruised(plant(tree), ['.'])
      const reported = new Set(summary.violations.map(({ rule }) => rule.name))
      expect([...reported].sort(), JSON.stringify(tree.files)).toEqual([name, ...(tree.also ?? [])].sort())
    }
  })
})

async function cruised(baseDir: string, paths: string[]): Promise<ICruiseResult> {
  const { output } = await cruise(paths, { ...options, baseDir }, options.enhancedResolveOptions)
  if (typeof output === 'string') throw new Error('the cruise printed instead of reporting')
  return output
}

function plant({ files, devPackages = [] }: PlantedViolation): string {
  const root = mkdtempSync(join(forest, 'tree-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  const specifiers = Object.values(files).flatMap((text) => [...text.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? ''))
  const imported = specifiers.filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name))
  for (const specifier of imported) write(`node_modules/${specifier}/index.js`, 'export {}\n')
  const declared = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']))
  write(
    'package.json',
    JSON.stringify({
      dependencies: declared(imported.filter((name) => !devPackages.includes(name))),
      devDependencies: declared(devPackages),
    }),
  )
  return root
}
