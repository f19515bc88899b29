import { randomBytes } from 'node:crypto'
import { connectPostgres } from '../adapters/postgres/connect.ts'
import type { Role } from '../core/role.ts'
import { hashSecret } from '../server/secret-hash.ts'
import { recordLog } from './record-log.ts'

/** A live API token, stored as the application stores one. */
export async function createApiToken(databaseUrl: string, role: Role): Promise<string> {
  const postgres = connectPostgres(databaseUrl, recordLog())
  const token = `snap_${randomBytes(32).toString('base64url')}`
  const at = Date.now()
  const caller = { actor: { kind: 'configuration' as const }, address: null, requestId: null }
  const audit = { at, ...caller, action: 'token.create', target: 'test', reason: null, before: null, after: { role } }
  try {
    await postgres.accounts.createToken({ name: 'test', role, hash: hashSecret(token), expiresAt: null, createdBy: 'test', at }, audit)
    return token
  } finally {
    await postgres.close()
  }
}
