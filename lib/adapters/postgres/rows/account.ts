import type { ApiToken, User } from '../../../core/account.ts'
import type { Role } from '../../../core/role.ts'
import type { ApiToken as ApiTokenRow, User as UserRow } from '../generated/client.ts'
import { toInstant } from './instant.ts'

/** Without the password's hash. */
export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    role: row.role as Role,
    createdAt: toInstant(row.createdAt),
    disabledAt: toInstant(row.disabledAt),
  }
}

/** Without the token's hash. */
export function toApiToken(row: ApiTokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role as Role,
    createdAt: toInstant(row.createdAt),
    createdBy: row.createdBy,
    expiresAt: toInstant(row.expiresAt),
    lastUsedAt: toInstant(row.lastUsedAt),
    revokedAt: toInstant(row.revokedAt),
  }
}
