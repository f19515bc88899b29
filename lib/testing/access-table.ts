import type { Access } from '../contracts/operation.ts'
import { includesRole, ROLES, type Role } from '../core/role.ts'

/** Everything that a caller may come with. `role` is what it is good for on a route for a role. */
export interface Credential {
  name: string
  kind: 'none' | 'cookie' | 'api_token' | 'webhook_token' | 'refused'
  role: Role | null
}

const roles = (kind: 'cookie' | 'api_token'): Credential[] => ROLES.map((role) => ({ name: `${kind} of a ${role}`, kind, role }))

export const CREDENTIALS: readonly Credential[] = [
  { name: 'nothing', kind: 'none', role: null },
  ...roles('cookie'),
  ...roles('api_token'),
  { name: 'the webhook token', kind: 'webhook_token', role: null },
  { name: 'a revoked API token of an admin', kind: 'refused', role: null },
  { name: 'an expired API token of an admin', kind: 'refused', role: null },
  { name: 'the cookie of a disabled admin', kind: 'refused', role: null },
  { name: 'a cookie sealed with another secret', kind: 'refused', role: null },
  { name: 'a session as bearer token', kind: 'refused', role: null },
]

/** What a route has to answer by its operation alone. `allowed`: anything but these two. */
export function expectedAnswer(access: Access, { kind, role }: Credential): 401 | 403 | 'allowed' {
  if (access === 'public') return 'allowed'
  if (access === 'webhook') return kind === 'webhook_token' ? 'allowed' : 401
  if (role === null) return 401
  return includesRole(role, access) ? 'allowed' : 403
}

export function answerOf(status: number): 401 | 403 | 'allowed' {
  return status === 401 || status === 403 ? status : 'allowed'
}
