/** `npm run bench -- NAME`: measures, and prints what it measured. */
import { parseArgs } from 'node:util'
import { reportDecide } from './decide.ts'
import { reportDecisions } from './decisions.ts'

const BENCHES: Record<string, { what: string; report(options: { isVerbose: boolean }): string }> = {
  decisions: {
    what: 'precision and recall over the stories of lib/core/scenarios, beside simpler tools; --verbose: what each got wrong',
    report: reportDecisions,
  },
  decide: { what: 'decisions a second', report: reportDecide },
}

const HELP = [
  'npm run -s bench -- NAME [--verbose]',
  ...Object.entries(BENCHES).map(([name, { what }]) => `  ${name.padEnd(10)} ${what}`),
  '',
].join('\n')

process.exitCode = run(process.argv.slice(2))

function run(argv: string[]): number {
  const given = read(argv)
  if (typeof given === 'string') return refuse(given)
  const { values, positionals } = given
  if (values.help) return print(HELP)
  const [name, ...more] = positionals
  if (name === undefined) return refuse('which bench?')
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
  if (bench === undefined) return refuse(`there is no bench ${name}`)
  if (more.length > 0) return refuse('one bench at a time')
  return print(bench.report({ isVerbose: values.verbose ?? false }))
}

function read(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { verbose: { type: 'boolean' }, help: { type: 'boolean' } } })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function refuse(why: string): number {
  process.stderr.write(`bench: ${why}\n${HELP}`)
  return 2
}
