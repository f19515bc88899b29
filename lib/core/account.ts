import type { Instant } from './json.ts'
import type { Role } from './role.ts'

/** A person who may sign in. The password's hash never leaves the adapter's rows but for checking. */
export interface User {
  id: string
  email: string
  role: Role
  createdAt: Instant
  disabledAt: Instant | null
}

/** A script's key. Only a hash of it is stored. */
export interface ApiToken {
  id: string
  name: string
  role: Role
  createdAt: Instant
  createdBy: string
  expiresAt: Instant | null
  lastUsedAt: Instant | null
  revokedAt: Instant | null
}
