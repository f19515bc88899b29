import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url))
const NEXT = fileURLToPath(new URL('../../node_modules/next/dist/bin/next', import.meta.url))
const STARTS_WITHIN_MS = 30_000
const STOPS_WITHIN_MS = 10_000

export const WEBHOOK_TOKEN = 'test-webhook-token'

interface AppOptions {
  databaseUrl: string
  /** Added to, or instead of, the defaults below. */
  env?: Record<string, string>
  /** Kept over a restart, so that callers find it again. */
  port?: number
}

/** The built application in a process of its own. */
export interface RunningApp {
  url: string
  port: number
  pid: number
  /** Everything it printed so far. */
  output(): string
  /** Resolves when the process is gone, however that came. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** As an orchestrator ends it: SIGTERM, and SIGKILL if that takes too long. */
  stop(): Promise<void>
  kill(): void
}

/** Starts the built app (`npm run build` comes first) and waits until it answers. Ends by pid only what it started. */
export async function startApp({ databaseUrl, env = {}, port = 0 }: AppOptions): Promise<RunningApp> {
  const listens = port === 0 ? await freePort() : port
  const child = spawn(NODE, [NEXT, 'start', '--port', String(listens), '--hostname', '127.0.0.1'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      NEXT_MANUAL_SIG_HANDLE: '1',
      PORT: String(listens),
      DATABASE_URL: databaseUrl,
      NEXTAUTH_SECRET: 'a secret of the tests, long enough to be one',
      WEBHOOK_TOKEN,
      ...env,
    },
  })
  const printed = collect(child)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  const app: RunningApp = {
    url: `http://localhost:${listens}`,
    port: listens,
    pid: child.pid ?? -1,
    output: printed,
    exited,
    stop: () => end(child, exited),
    kill: () => child.kill('SIGKILL'),
  }
  await untilLive(app)
  return app
}

async function untilLive(app: RunningApp): Promise<void> {
  let gone = false
  void app.exited.then(() => {
    gone = true
  })
  for (const deadline = Date.now() + STARTS_WITHIN_MS; Date.now() < deadline && !gone; ) {
    const isLive = await fetch(`${app.url}/api/health/live`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isLive) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  app.kill()
  throw new Error(`the app did not start:\n${app.output().slice(-4_000)}`)
}

async function end(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS)
  await exited
  clearTimeout(timer)
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = []
  child.stdout?.on('data', (chunk) => chunks.push(String(chunk)))
  child.stderr?.on('data', (chunk) => chunks.push(String(chunk)))
  return () => chunks.join('')
}
