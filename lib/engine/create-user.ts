import type { User } from '../core/account.ts'
import type { Audited, Caller } from '../core/audit.ts'
import type { Role } from '../core/role.ts'
import type { Accounts, Credentials, Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

interface NewUser {
  caller: Caller
  email: string
  password: string
  role: Role
}

/** @throws conflict when the address is taken */
export async function createUser(
  { accounts, credentials, now }: Pick<Deps, 'now'> & { accounts: Pick<Accounts, 'createUser'>; credentials: Credentials },
  { caller, email, password, role }: NewUser,
): Promise<Audited<User>> {
  const passwordHash = await credentials.hashPassword(password)
  const at = now()
  const audited = auditDraft(caller, at, { action: 'user.create', target: email, reason: null, before: null, after: { email, role } })
  return { result: await accounts.createUser({ email, passwordHash, role, at }, audited), audited }
}
