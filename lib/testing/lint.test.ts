import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = fileURLToPath(new URL('../..', import.meta.url))

/** One file for every rule that biome.json names: what the file says breaks that rule and no other. */
const PLANTED: Record<string, { path: string; text: string }> = {
  noExcessiveCognitiveComplexity: {
    path: 'lib/core/deep.ts',
    text: `export function deep(a: number): number {\n${nested(6)}  return 0\n}\n`,
  },
  noUndeclaredDependencies: { path: 'lib/server/undeclared.ts', text: "import 'left-pad'\n" },
  noUnusedFunctionParameters: { path: 'lib/core/parameter.ts', text: 'export function one(a: number): number {\n  return 1\n}\n' },
  noUnusedImports: { path: 'lib/core/import.ts', text: "import { join } from 'node:path'\n\nexport const a = 1\n" },
  noUnusedPrivateClassMembers: { path: 'lib/core/member.ts', text: 'export class A {\n  #unused = 1\n}\n' },
  noUnusedVariables: { path: 'lib/core/variable.ts', text: 'export function one(): number {\n  const a = 1\n  return 1\n}\n' },
  useImportExtensions: { path: 'lib/core/extension.ts', text: "import { later } from './later'\n\nexport const a = later\n" },
  noFloatingPromises: {
    path: 'lib/core/floating.ts',
    text: "import { later } from './later.ts'\n\nexport function now(): void {\n  later()\n}\n",
  },
  noMisusedPromises: {
    path: 'lib/core/misused.ts',
    text: "import { later } from './later.ts'\n\nexport function now(): number {\n  if (later()) return 1\n  return 2\n}\n",
  },
  noBarrelFile: { path: 'lib/core/index.ts', text: "export { later } from './later.ts'\n" },
  noEnum: { path: 'lib/core/enum.ts', text: 'export enum A {\n  one = 1,\n}\n' },
  noExcessiveLinesPerFile: {
    path: 'lib/core/long.ts',
    text: Array.from({ length: 401 }, (_, line) => `export const a${line} = 1\n`).join(''),
  },
  noNamespace: { path: 'lib/core/namespace.ts', text: 'export namespace A {\n  export const a = 1\n}\n' },
  noNestedTernary: { path: 'lib/core/ternary.ts', text: 'export const pick = (a: number) => (a > 1 ? 1 : a > 0 ? 2 : 3)\n' },
  noNonNullAssertion: { path: 'lib/core/assertion.ts', text: 'export const first = (a: number[]): number => a[0]!\n' },
  noParameterProperties: { path: 'lib/core/property.ts', text: 'export class A {\n  constructor(readonly a: number) {}\n}\n' },
  noProcessEnv: { path: 'lib/server/port.ts', text: "export const port = process.env['PORT']\n" },
  useFilenamingConvention: { path: 'lib/core/camelCase.ts', text: 'export const a = 1\n' },
  useImportType: { path: 'lib/core/type.ts', text: "import { Late } from './later.ts'\n\nexport const a: Late = 1\n" },
  useNodejsImportProtocol: { path: 'lib/server/protocol.ts', text: "import { join } from 'path'\n\nexport const a = join('a')\n" },
  useThrowOnlyError: { path: 'lib/core/throw.ts', text: "export function fail(): never {\n  throw 'no'\n}\n" },
  noConsole: { path: 'lib/server/console.ts', text: "console.warn('here')\n" },
  noExplicitAny: { path: 'lib/core/any.ts', text: 'export const a: any = 1\n' },
  noFocusedTests: { path: 'lib/core/focused.test.ts', text: "import { it } from 'vitest'\n\nit.only('runs alone', () => {})\n" },
  noSkippedTests: { path: 'lib/core/skipped.test.ts', text: "import { it } from 'vitest'\n\nit.skip('runs never', () => {})\n" },
}

const CLEAN = {
  'lib/core/later.ts': 'export type Late = number\n\nexport async function later(): Promise<Late> {\n  return 1\n}\n',
  'lib/server/env.ts': "export const port = process.env['PORT']\n",
  'scripts/say.ts': "console.log(process.env['PORT'])\n",
}

let root: string
let reported: Map<string, string[]>

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'lint-'))
  copyFileSync(join(project, 'biome.json'), join(root, 'biome.json'))
  write('.gitignore', 'node_modules/\n')
  write('package.json', JSON.stringify({ devDependencies: { vitest: '1.0.0' } }))
  for (const [path, text] of Object.entries(CLEAN)) write(path, text)
  for (const { path, text } of Object.values(PLANTED)) write(path, text)
  reported = lint()
})
afterAll(() => rmSync(root, { recursive: true }))

describe('the linter', () => {
  it('has a planted violation for every rule that biome.json turns on', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(namedRules().sort())
  })

  it.each(Object.entries(PLANTED))('catches %s as an error', (rule, { path }) => {
    expect(reported.get(path)).toEqual([rule])
  })

  it('leaves clean files alone, lets one file read process.env, and scripts speak', () => {
    expect(Object.keys(CLEAN).filter((path) => reported.has(path))).toEqual([])
  })
})

function namedRules(): string[] {
  const { linter } = JSON.parse(readFileSync(join(project, 'biome.json'), 'utf8'))
  const groups = Object.values(linter.rules).filter((group) => typeof group === 'object')
  return groups.flatMap((group) => Object.entries(group as object)).flatMap(([rule, level]) => (level === 'off' ? [] : [rule]))
}

/** The error rules by file, without the formatter's opinion of the planted files. */
function lint(): Map<string, string[]> {
  const biome = join(project, 'node_modules/.bin/biome')
  const { stdout, stderr } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', '.'], { cwd: root, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  const found = new Map<string, string[]>()
  for (const { category, severity, location } of JSON.parse(stdout).diagnostics) {
    const rule = `${severity === 'error' ? '' : `${severity}: `}${category.split('/').at(-1)}`
    found.set(location.path, [...(found.get(location.path) ?? []), rule])
  }
  return found
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function nested(depth: number): string {
  const opening = Array.from({ length: depth }, (_, level) => `if (a > ${level}) {\n`).join('')
  return `${opening}return 1\n${'}\n'.repeat(depth)}`
}
