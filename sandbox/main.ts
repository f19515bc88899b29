// The sandbox: a small world to try Snapback in, spoken to over HTTP only. Prints one line of JSON, the addresses, when it is ready
// (also in sandbox.json of the state directory) and runs until it is told to end.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { DEFAULT_TIMING, type Timing } from './kubernetes/container-behaviour.ts'
import { runSandbox } from './run-sandbox.ts'
import { readSeeds, SHOP } from './seed-world.ts'

const USAGE = `node sandbox/main.ts --state <directory>
  --world <file>              workloads to begin with, a JSON array; default: the shop of the demo
  --rules <file>              Prometheus rules: runs a Prometheus with them
  --alertmanager-file <file>  Alertmanager configuration: runs an Alertmanager with it
  --pace <number>             pods start, crash, leak and end so many times faster (1)
  --application <address>     where Snapback's pages are, for the panel's link
  --kubernetes-port, --metrics-port, --prometheus-port, --alertmanager-port, --panel-port <port>   default: any free one
`

const options = {
  state: { type: 'string' },
  world: { type: 'string' },
  rules: { type: 'string' },
  'alertmanager-file': { type: 'string' },
  pace: { type: 'string', default: '1' },
  'kubernetes-port': { type: 'string', default: '0' },
  'metrics-port': { type: 'string', default: '0' },
  'prometheus-port': { type: 'string', default: '0' },
  'alertmanager-port': { type: 'string', default: '0' },
  'panel-port': { type: 'string', default: '0' },
  application: { type: 'string' },
} as const

try {
  const { values } = parseArgs({ options })
  if (values.state === undefined) throw new Error('--state is missing')
  const sandbox = await runSandbox({
    state: values.state,
    seeds: values.world === undefined ? SHOP : readSeeds(values.world),
    rules: values.rules === undefined ? null : readFileSync(values.rules, 'utf8'),
    alertmanagerFile: values['alertmanager-file'] === undefined ? null : readFileSync(values['alertmanager-file'], 'utf8'),
    applicationUrl: values.application ?? null,
    timing: faster(positive('pace', values.pace)),
    ports: {
      kubernetes: port('kubernetes-port', values['kubernetes-port']),
      metrics: port('metrics-port', values['metrics-port']),
      prometheus: port('prometheus-port', values['prometheus-port']),
      alertmanager: port('alertmanager-port', values['alertmanager-port']),
      panel: port('panel-port', values['panel-port']),
    },
  })
  process.stdout.write(`${JSON.stringify(sandbox.addresses)}\n`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)))
  }
} catch (error) {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  // What was begun has timers.
  process.exit(1)
}

function faster(pace: number): Timing {
  return Object.fromEntries(Object.entries(DEFAULT_TIMING).map(([name, ms]) => [name, ms / pace])) as unknown as Timing
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0`)
  return value
}

function port(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`--${name} must be a port`)
  return value
}
