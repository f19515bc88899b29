// `npm test`: everything that needs no cluster. `npm test -- db http` runs some suites only.
// Ends with the plain line "N passed, N failed".
import { build } from './build.mjs'
import { check } from './check.mjs'
import { ensureDebianPackages } from './debian-packages.mjs'
import { printSummary, runPlaywright, runVitest } from './suite.mjs'

/** Minutes each suite may take, warm, on two cores. */
const SUITES = [
  { name: 'check', minutes: 1, run: check },
  { name: 'build', minutes: 1.5, run: build },
  { name: 'db', minutes: 2, run: () => runVitest('db') },
  { name: 'prom', minutes: 2, run: () => runVitest('prom') },
  { name: 'http', minutes: 2, run: () => runVitest('http') },
  { name: 'demo', minutes: 3, run: () => runVitest('demo') },
  { name: 'sandbox', minutes: 1.5, run: () => runVitest('sandbox') },
  { name: 'browser', minutes: 4, run: runPlaywright },
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !SUITES.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. Suites: ${SUITES.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
const needsBuild = ['http', 'demo', 'browser'].some((name) => asked.includes(name))
const suites = SUITES.filter(({ name }) => asked.length === 0 || asked.includes(name) || (name === 'build' && needsBuild))

/** Of Debian, by suite. */
const PACKAGES = { prom: ['prometheus', 'prometheus-alertmanager'], browser: ['chromium'] }
if (!ensureDebianPackages(suites.flatMap(({ name }) => PACKAGES[name] ?? []))) {
  console.log('\n0 passed, 1 failed')
  process.exit(1)
}

const outcomes = []
for (const { name, minutes, run } of suites) {
  console.log(`\n━━ ${name}`)
  const startedAt = performance.now()
  const parts = [await run()].flat()
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0)
  const seconds = (performance.now() - startedAt) / 1000
  const note = parts.find((part) => part.note !== undefined)?.note
  outcomes.push({ name, passed: sum('passed'), failed: sum('failed'), seconds, output: '', budgetSeconds: minutes * 60, note })
}
process.exitCode = printSummary(outcomes)
