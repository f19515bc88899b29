import type { User } from '../core/account.ts'
import type { Audited, Caller } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { JsonValue } from '../core/json.ts'
import type { Role } from '../core/role.ts'
import type { Accounts, Credentials, Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

interface UserChange {
  caller: Caller
  id: string
  role?: Role | undefined
  disabled?: boolean | undefined
  password?: string | undefined
}

/** @throws not_found, or conflict when it would leave nobody who is admin */
export async function changeUser(
  { accounts, credentials, now }: Pick<Deps, 'now'> & { accounts: Pick<Accounts, 'user' | 'updateUser'>; credentials: Credentials },
  { caller, id, role, disabled, password }: UserChange,
): Promise<Audited<User>> {
  const before = await accounts.user(id)
  if (before === null) throw noUser(id)
  const at = now()
  const after: User = { ...before, role: role ?? before.role, disabledAt: disabledAt(before, disabled, at) }
  const changes = {
    ...(role === undefined ? {} : { role }),
    ...(disabled === undefined ? {} : { disabledAt: after.disabledAt }),
    ...(password === undefined ? {} : { passwordHash: await credentials.hashPassword(password) }),
  }
  const audited = auditDraft(caller, at, {
    action: 'user.change',
    target: before.email,
    reason: null,
    before: shown(before),
    after: { ...shown(after), ...(password === undefined ? {} : { password: 'changed' }) },
  })
  const result = await accounts.updateUser(id, changes, audited)
  if (result === null) throw noUser(id)
  return { result, audited }
}

/** Who is disabled already stays so since then. */
function disabledAt(before: User, disabled: boolean | undefined, now: number): number | null {
  if (disabled === undefined) return before.disabledAt
  return disabled ? (before.disabledAt ?? now) : null
}

function shown({ role, disabledAt }: User): Record<string, JsonValue> {
  return { role, disabled: disabledAt !== null }
}

function noUser(id: string): SnapbackError {
  return new SnapbackError('not_found', `no user ${id}`)
}
