/** `npm run demo`: a small shop on a sandbox cluster, a bad deploy, and Snapback putting it back before your eyes. */
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'
import { playDemo } from './demo/play.ts'
import { type Stage, setTheStage } from './demo/stage.ts'
import { launch, next } from './launch.mjs'

const HELP = `npm run demo [-- options]
    starts Snapback on a sandbox cluster with two weeks of history, deploys a bad version and tells what happens

  --once             no browser: one bad deploy to its end; exits with 0 only if it was put back and verified
  --without-target   there is no earlier revision to go back to: shows what a hold looks like
  --stand-ins        the sandbox plays Prometheus and Alertmanager, also where the real ones are installed
  --data DIRECTORY   where the demo keeps what it needs (.data/demo)
  --help             prints this

PORT, WEBHOOK_TOKEN, ADMIN_EMAIL and ADMIN_PASSWORD are honoured.
`
/** What a machine may have configured for a real cluster. */
const NOT_OF_THE_DEMO = [
  ...['DATABASE_URL', 'DATABASE_URL_FILE', 'KUBECONFIG', 'DRY_RUN', 'AUTO_ROLLBACK_ENABLED', 'ENGINE'],
  ...['WEBHOOK_TOKEN_FILE', 'ADMIN_PASSWORD_FILE', 'NEXTAUTH_URL', 'METRICS_PREFIX'],
]
const ROOT = fileURLToPath(new URL('..', import.meta.url))

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function options() {
  try {
    const flag = { type: 'boolean', default: false } as const
    const data = { type: 'string', default: '.data/demo' } as const
    return parseArgs({ options: { once: flag, 'without-target': flag, 'stand-ins': flag, data, help: flag } }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`)
    process.exit(2)
  }
}

async function main(): Promise<void> {
  const { once, 'without-target': withoutTarget, 'stand-ins': standIns, data, help } = options()
  if (help) return say(HELP)
  say('Building the application, unless it is built')
  const { failed } = await build()
  if (failed > 0) process.exit(1)
  // A demo never touches a database that somebody has.
  for (const name of NOT_OF_THE_DEMO) delete process.env[name]
  const admin = {
    email: process.env['ADMIN_EMAIL'] || 'demo@edgelink.example',
    password: process.env['ADMIN_PASSWORD'] || randomBytes(9).toString('base64url'),
  }
  const directory = path.resolve(ROOT, data)
  let stage: Stage | null = null
  await launch({
    directory,
    async programs(port: number, env: Record<string, string | undefined>) {
      stage = await setTheStage({
        directory,
        standIns,
        databaseUrl: env['DATABASE_URL'] ?? '',
        appPort: port,
        webhookToken: env['WEBHOOK_TOKEN'],
        say,
      })
      const signIn = { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }
      const manual = { NEXT_MANUAL_SIG_HANDLE: '1' }
      const app = { args: [next, 'start', '--port', String(port)], env: { ...stage.appEnv, ...signIn, ...manual }, output: stage.appLog }
      return [stage.sandbox, app]
    },
    beside(port: number, signal: AbortSignal) {
      if (stage === null) throw new Error('the stage is set before')
      return playDemo({ stage, address: `http://localhost:${port}`, admin, once, withoutTarget, signal, say })
    },
  })
}

await main()
// A Prometheus that was started here would keep this process alive; it ends with it.
process.exit(process.exitCode ?? 0)
