/** `npm run demo`: a small shop on a sandbox cluster, a bad deploy, and Snapback putting it back before your eyes. */
import { randomBytes } from 'node:crypto'
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
  --help             prints this

PORT, WEBHOOK_TOKEN, ADMIN_EMAIL and ADMIN_PASSWORD are honoured.
`
const DIRECTORY = fileURLToPath(new URL('../.data/demo', import.meta.url))

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function options() {
  try {
    const flag = { type: 'boolean', default: false } as const
    return parseArgs({ options: { once: flag, 'without-target': flag, help: flag } }).values
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`)
    process.exit(2)
  }
}

async function main(): Promise<void> {
  const { once, 'without-target': withoutTarget, help } = options()
  if (help) return say(HELP)
  say('Building the application, unless it is built')
  const { failed } = await build()
  if (failed > 0) process.exit(1)
  // A demo never touches a database that somebody has.
  for (const name of ['DATABASE_URL', 'DATABASE_URL_FILE', 'DRY_RUN', 'AUTO_ROLLBACK_ENABLED', 'KUBECONFIG']) delete process.env[name]
  const admin = {
    email: process.env['ADMIN_EMAIL'] || 'demo@edgelink.example',
    password: process.env['ADMIN_PASSWORD'] || randomBytes(9).toString('base64url'),
  }
  let stage: Stage | null = null
  await launch({
    directory: DIRECTORY,
    async programs(port: number, env: Record<string, string | undefined>) {
      stage = await setTheStage({
        directory: DIRECTORY,
        databaseUrl: env['DATABASE_URL'] ?? '',
        appPort: port,
        webhookToken: env['WEBHOOK_TOKEN'],
        say,
      })
      const signIn = { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, ADMIN_PASSWORD_FILE: undefined }
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
