// `npm run check`: types, lint, structure, dead code and unit tests, in seconds and without a database.
// Structure (who may import whom) is a unit test: lib/testing/structure.test.ts.
import { pathToFileURL } from 'node:url'
import { printSummary, runStep, runVitest } from './suite.mjs'

/** Runs everything in two lanes and prints what failed. @returns {Promise<import('./suite.mjs').Outcome[]>} */
export async function check() {
  const outcomes = await Promise.all([checkStatically(), unit()])
  return outcomes.flat()
}

async function checkStatically() {
  return [
    await shown(runStep('types of routes', 'next', ['typegen'], { quiet: true })),
    await shown(runStep('types', 'tsc', ['--noEmit'], { quiet: true })),
    await shown(runStep('lint', 'biome', ['check', '--error-on-warnings', '.'], { quiet: true })),
    await shown(runStep('dead code', 'knip', ['--no-progress'], { quiet: true })),
  ]
}

async function unit() {
  return [await shown(runVitest('unit', { quiet: true }))]
}

async function shown(running) {
  const outcome = await running
  if (outcome.failed > 0) console.log(`── ${outcome.name} failed\n${outcome.output.trim()}\n`)
  else console.log(`── ${outcome.name} passed, ${outcome.seconds.toFixed(1)} s`)
  return outcome
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = printSummary(await check())
}
