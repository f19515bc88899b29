// Builds the application unless the last build is newer than everything it was made from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runStep } from './suite.mjs'

const SOURCES = [
  ...['app', 'components', 'lib', 'messages', 'public', 'prisma/schema.prisma'],
  ...['instrumentation.ts', 'proxy.ts', 'next.config.js', 'tsconfig.json', 'package-lock.json'],
]

/** @returns {Promise<import('./suite.mjs').Outcome>} */
export async function build() {
  if (builtAt() > newest(SOURCES.map((path) => join(root, path)))) return { name: 'build', passed: 1, failed: 0, seconds: 0, output: '' }
  return runStep('build', 'next', ['build'])
}

function builtAt() {
  const id = join(root, '.next/BUILD_ID')
  return existsSync(id) ? statSync(id).mtimeMs : 0
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
