import { connectPostgres } from '../adapters/postgres/connect.ts'
import { ROLES, type Role } from '../core/role.ts'
import type { Accounts, Store } from '../ports.ts'
import { createApiToken } from './api-token.ts'
import { type RunningApp, startApp } from './app.ts'
import { createTestDatabase } from './postgres.ts'
import { recordLog } from './record-log.ts'
import { until } from './waiting.ts'

interface Answer<T> {
  status: number
  contentType: string | null
  body: T
}

/** The built application on a database of its own, as scripts of each role see it. */
export interface AppApi {
  app: RunningApp
  databaseUrl: string
  /** To put rows there that the engine would have written. */
  store: Store
  accounts: Accounts
  get<T = unknown>(path: string, as?: Role): Promise<Answer<T>>
  send<T = unknown>(method: 'POST' | 'PUT', path: string, body: unknown, as: Role): Promise<Answer<T>>
  close(): Promise<void>
}

/** Without a cluster, and with the engine's loop elsewhere: rows stay as a test made them. */
export async function startAppApi(env: Record<string, string> = {}): Promise<AppApi> {
  const database = await createTestDatabase()
  const tokens = new Map(await Promise.all(ROLES.map(async (role) => [role, await createApiToken(database.url, role)] as const)))
  const app = await startApp({ databaseUrl: database.url, env: { ENGINE: 'apart', ...env } })
  // Before that, what the environment configures is not applied yet.
  await until(() => app.output().includes('engine.ready'))
  const postgres = connectPostgres(database.url, recordLog())

  async function call<T>(method: string, path: string, as: Role, body?: unknown): Promise<Answer<T>> {
    const headers = { authorization: `Bearer ${tokens.get(as)}`, 'content-type': 'application/json' }
    const answer = await fetch(`${app.url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
    return { status: answer.status, contentType: answer.headers.get('content-type'), body: (await answer.json()) as T }
  }

  return {
    app,
    databaseUrl: database.url,
    store: postgres.store,
    accounts: postgres.accounts,
    get: (path, as = 'viewer') => call('GET', path, as),
    send: (method, path, body, as) => call(method, path, as, body),
    async close() {
      await app.stop()
      await postgres.close()
      await database.drop()
    },
  }
}
