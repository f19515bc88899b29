/** Prints what a Prometheus or an Alertmanager needs to work with Snapback. YAML alone on standard output. */
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { alertmanagerFile } from '../lib/core/alertmanager-file.ts'
import { DEFAULT_THRESHOLDS, ruleFile } from '../lib/core/rule-file.ts'

const HELP = `npm run -s rules -- [--error-rate R] [--p95-latency S]
    prints a Prometheus rule file: the three rules that ask for a rollback
npm run -s rules -- --alertmanager [--url U] [--token-file F]
    prints an Alertmanager file: a route to Snapback beside the people's receiver

  --error-rate R    share of 5xx above which to roll back, above 0 and below 1 (${DEFAULT_THRESHOLDS.errorRate})
  --p95-latency S   95th percentile in seconds above which to roll back (${DEFAULT_THRESHOLDS.p95LatencySeconds})
  --url U           where Snapback takes deliveries (http://snapback.example/api/webhooks/alertmanager)
  --token-file F    file on Alertmanager's side that holds WEBHOOK_TOKEN (/etc/alertmanager/snapback-token)
  --help            prints this
`

class Refusal extends Error {}

try {
  process.stdout.write(run(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  process.stderr.write(`${error.message}\n--help says more\n`)
  process.exitCode = 2
}

function run(argv: string[]): string {
  const given = read(argv)
  if (given.help) return HELP
  const { alertmanager = false, url, 'token-file': tokenFile, 'error-rate': errorRate, 'p95-latency': p95Latency } = given
  const stray = alertmanager ? { 'error-rate': errorRate, 'p95-latency': p95Latency } : { url, 'token-file': tokenFile }
  for (const [flag, value] of Object.entries(stray)) {
    if (value !== undefined) throw new Refusal(`--${flag} is ${alertmanager ? 'not for' : 'only for'} --alertmanager`)
  }
  const file = alertmanager
    ? alertmanagerFile({
        url: readUrl(url ?? 'http://snapback.example/api/webhooks/alertmanager'),
        tokenFile: readPath(tokenFile ?? '/etc/alertmanager/snapback-token'),
      })
    : ruleFile({
        errorRate: readNumber('error-rate', errorRate, DEFAULT_THRESHOLDS.errorRate, 1),
        p95LatencySeconds: readNumber('p95-latency', p95Latency, DEFAULT_THRESHOLDS.p95LatencySeconds, Number.POSITIVE_INFINITY),
      })
  return stringify(file, { lineWidth: 0 })
}

function read(argv: string[]) {
  try {
    const text = { type: 'string' } as const
    const options = {
      'error-rate': text,
      'p95-latency': text,
      alertmanager: { type: 'boolean' },
      url: text,
      'token-file': text,
      help: { type: 'boolean' },
    } as const
    return parseArgs({ args: argv, options, strict: true, allowPositionals: false }).values
  } catch (error) {
    // parseArgs names the flag in its message.
    throw new Refusal(error instanceof Error ? error.message : String(error))
  }
}

/** A number above 0 and below `limit`. */
function readNumber(flag: string, text: string | undefined, byDefault: number, limit: number): number {
  const value = text === undefined ? byDefault : Number(text)
  if (value > 0 && value < limit) return value
  const wanted = Number.isFinite(limit) ? `a number above 0 and below ${limit}` : 'a number above 0'
  throw new Refusal(`--${flag} must be ${wanted}, not ${JSON.stringify(text)}`)
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url && isWeb && url.username === '' && url.password === '') return text
  throw new Refusal(`--url must be an http or https address without a password, not ${JSON.stringify(url?.password ? '(hidden)' : text)}`)
}

function readPath(text: string): string {
  if (text.trim() === '') throw new Refusal('--token-file must name a file')
  return text
}
