import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../lib/adapters/postgres/migrate.ts'
import { createApiToken } from '../../lib/testing/api-token.ts'
import { type RunningApp, startApp, WEBHOOK_TOKEN } from '../../lib/testing/app.ts'
import { freePort } from '../../lib/testing/free-port.ts'
import { stoppablePostgres } from '../../lib/testing/stoppable-postgres.ts'
import { prepareDatabase } from '../../scripts/demo/prepare-database.ts'
import { type Snapback, snapback } from '../snapback.ts'
import { until } from '../until.ts'
import { createPeople } from './database.ts'
import { type Sandbox, startSandbox } from './sandbox.ts'

export const NAMESPACE = 'edgelink'
const READY_WITHIN_MS = 40_000

/** Everything that people's browsers meet: the built application on a database with two weeks behind it, and the sandbox. */
export interface World {
  url: string
  sandbox: Sandbox
  /** The application as an admin's script uses it. */
  api: Snapback
  app(): RunningApp
  /** Ends the application, unless it has died, and starts it again at the same address. */
  restart(env?: Record<string, string>): Promise<void>
  /** Takes the database away and brings it back. */
  database: { stop(): Promise<void>; start(): Promise<void> }
  close(): Promise<void>
}

interface WorldOptions {
  /** Workloads beside those of the history: each story has one of its own, so that none waits for another's cooldown. */
  workloads?: readonly string[]
}

export async function startWorld({ workloads = [] }: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'snapback-browser-'))
  const [postgres, port] = await Promise.all([stoppablePostgres(['max_connections=100']), freePort()])
  await postgres.start()
  const { world } = await prepareDatabase(postgres.url)
  await createPeople(postgres.url)
  const sandbox = await startSandbox({
    folder,
    world: [...world, ...workloads.map(seedOf)],
    webhookUrl: `http://127.0.0.1:${port}/api/webhooks/alertmanager`,
    webhookToken: WEBHOOK_TOKEN,
  })
  const start = (env: Record<string, string> = {}) =>
    startApp({
      databaseUrl: postgres.url,
      port,
      env: { KUBECONFIG: sandbox.kubeconfig, NAMESPACES: NAMESPACE, PROMETHEUS_URL: sandbox.prometheusUrl, ...env },
    })
  let app = await start()
  const api = snapback(app, await createApiToken(postgres.url, 'admin'))
  await untilKnown(api, ['checkout', ...workloads])
  return {
    url: app.url,
    sandbox,
    api,
    app: () => app,
    async restart(env) {
      await app.stop()
      app = await start(env)
      await untilConfigured(api, env)
    },
    database: { stop: postgres.stop, start: postgres.start },
    async close() {
      await app.stop()
      await sandbox.stop()
      await postgres.remove()
      await rm(folder, { recursive: true })
    },
  }
}

/** It answers before it has applied its configuration: what a test changes then would be judged by the one before. */
async function untilConfigured(api: Snapback, env: Record<string, string> = {}): Promise<void> {
  if (env['ENGINE'] === 'apart') return
  const wanted = env['DRY_RUN'] === undefined ? null : env['DRY_RUN'] === 'true'
  await until('the configuration to be applied', 20_000, async () => {
    const control = await api.get<{ configured: { dryRun: boolean | null } }>('/api/control').catch(() => null)
    return control?.configured.dryRun === wanted ? true : null
  })
}

/** A first start: an empty database, and neither cluster nor Prometheus. */
export async function startEmptyWorld(): Promise<Pick<World, 'url' | 'close'>> {
  const [postgres, port] = await Promise.all([stoppablePostgres(), freePort()])
  await postgres.start()
  await migrate(postgres.url)
  await createPeople(postgres.url)
  const app = await startApp({ databaseUrl: postgres.url, port })
  return {
    url: app.url,
    async close() {
      await app.stop()
      await postgres.remove()
    },
  }
}

/** Two versions that served for days, the second one current. */
function seedOf(name: string): object {
  const revisions = [
    { image: `registry.example/${name}:1.4.0`, ageMinutes: 6 * 24 * 60 },
    { image: `registry.example/${name}:1.5.0`, ageMinutes: 2 * 24 * 60 },
  ]
  return { namespace: NAMESPACE, name, replicas: 2, revisions }
}

/** A bad version can only be told from the good one that was seen before it. */
async function untilKnown(api: Snapback, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await until(`${name} to be known`, READY_WITHIN_MS, async () => {
      const { current } = await api.get<{ current: object | null }>(`/api/workloads/${NAMESPACE}/Deployment/${name}`)
      return current
    })
  }
}
