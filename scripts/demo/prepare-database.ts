import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { connectPostgres } from '../../lib/adapters/postgres/connect.ts'
import { migrate } from '../../lib/adapters/postgres/migrate.ts'
import { CONFIGURATION } from '../../lib/core/actor.ts'
import type { PolicyFields } from '../../lib/core/policy.ts'
import { savePolicy } from '../../lib/engine/save-policy.ts'
import type { Log } from '../../lib/ports.ts'
import { hashSecret } from '../../lib/server/secret-hash.ts'
import { writeHistory } from './history.ts'
import { worldFile } from './world-file.ts'

const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** What the demo shortens, so that a rollback is seen from end to end in about a minute. */
export const SHORTENED: PolicyFields = { mode: 'auto', bakeTimeMs: 15_000, cooldownMs: 20_000 }

/**
 * An empty database gets the schema, two weeks of history and the demo's policy.
 *
 * @returns an API token for the demo's own reading, and the workloads as the history left them: what the sandbox begins with
 */
export async function prepareDatabase(url: string): Promise<{ token: string; world: object[] }> {
  await empty(url)
  await migrate(url)
  const postgres = connectPostgres(url, SILENT)
  try {
    const now = Date.now()
    const history = await writeHistory({ store: postgres.store, read: postgres.read, until: now })
    const caller = { actor: CONFIGURATION, address: null, requestId: null }
    const reason = 'Demo: times are shortened'
    await savePolicy({ ...history.deps, now: () => now }, { caller, scope: { level: 'cluster' }, fields: SHORTENED, version: 1, reason })
    const token = `snap_${randomBytes(32).toString('base64url')}`
    const audit = { ...caller, at: now, action: 'token.create', target: 'demo', reason, before: null, after: { role: 'viewer' } }
    const stored = { name: 'demo narrator', role: 'viewer', hash: hashSecret(token), expiresAt: null, createdBy: 'demo', at: now } as const
    await postgres.accounts.createToken(stored, audit)
    return { token, world: worldFile(history, now) }
  } finally {
    await postgres.close()
  }
}

/** Every demo begins anew. */
async function empty(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query('drop schema if exists pgboss cascade; drop schema public cascade; create schema public')
  } finally {
    await client.end()
  }
}
