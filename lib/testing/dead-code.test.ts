import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const project = fileURLToPath(new URL('../..', import.meta.url))

const TREE = {
  'package.json': JSON.stringify({
    name: 'planted',
    scripts: { build: 'next build' },
    dependencies: { next: '1.0.0', 'left-pad': '1.0.0' },
    devDependencies: { vitest: '1.0.0' },
  }),
  'app/api/live/route.ts': "import { alive } from '../../../lib/server/alive.ts'\n\nexport function GET() {\n  return alive()\n}\n",
  'instrumentation.ts': 'export function register() {}\n',
  'lib/server/alive.ts':
    'export interface Answer {\n  ok: boolean\n}\n\nexport function alive(): Answer {\n  return { ok: true }\n}\n\nexport const leftOver = 1\n',
  'lib/server/alive.test.ts': "import { it } from 'vitest'\n\nit('answers', () => {})\n",
  'lib/server/dead.ts': 'export const dead = 1\n',
  'scripts/start.ts': "import 'never-declared'\n",
}

let root: string
let report: { file: string; [kind: string]: unknown }[]

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'dead-code-'))
  copyFileSync(join(project, 'knip.json'), join(root, 'knip.json'))
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'))
  for (const [path, text] of Object.entries(TREE)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const knip = join(project, 'node_modules/.bin/knip')
  const { stdout, stderr } = spawnSync(knip, ['--reporter=json', '--no-progress'], { cwd: root, encoding: 'utf8' })
  if (!stdout.startsWith('{')) throw new Error(stdout + stderr)
  report = JSON.parse(stdout).issues
})
afterAll(() => rmSync(root, { recursive: true }))

describe('dead code', () => {
  it.each([
    ['a file that nothing imports', 'files', ['lib/server/dead.ts']],
    ['an export that nobody uses', 'exports', ['leftOver']],
    ['a dependency that nobody imports', 'dependencies', ['left-pad']],
    ['an import that package.json does not declare', 'unlisted', ['never-declared']],
  ])('%s is reported', (_, kind, names) => {
    expect(found(kind)).toEqual(names)
  })

  it('routes, start files, tests, scripts and the types of a function in use are alive', () => {
    expect(found('types')).toEqual([])
    expect(found('files')).not.toContain('lib/server/alive.test.ts')
  })
})

function found(kind: string): string[] {
  return report.flatMap((issue) => (issue[kind] as { name: string }[]).map(({ name }) => name))
}
