// Builds the application unless the last build is newer than everything it was made from.
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runStep } from './suite.mjs'

const SOURCES = [
  ...['app', 'components', 'lib', 'messages', 'public', 'prisma/schema.prisma'],
  ...['instrumentation.ts', 'proxy.ts', 'next.config.js', 'tsconfig.json', 'package-lock.json'],
]

/** Written last: Next names its build (`BUILD_ID`) before it is whole, and a build may be interrupted. */
const MARK = join(root, '.next/complete')

/** @returns {Promise<import('./suite.mjs').Outcome>} */
export async function build() {
  if (builtAt() > newest(SOURCES.map((path) => join(root, path)))) return { name: 'build', passed: 1, failed: 0, seconds: 0, output: '' }
  rmSync(MARK, { force: true })
  const outcome = await runStep('build', 'next', ['build'])
  if (outcome.failed === 0) writeFileSync(MARK, '')
  return outcome
}

/** There is a build, and it is whole; it may be older than its sources. */
export function isBuilt() {
  return existsSync(MARK)
}

function builtAt() {
  return isBuilt() ? statSync(MARK).mtimeMs : 0
}

function newest(paths) {
  return Math.max(0, ...paths.map((path) => newestBelow(path)))
}

/** Tests are no part of a build. A deleted file shows in its folder's time. */
function newestBelow(path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, newest(readdirSync(path).map((name) => join(path, name))))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed, seconds } = await build()
  if (seconds === 0) console.log('The build is newer than its sources: nothing to do.')
  process.exitCode = failed
}
