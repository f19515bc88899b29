import type { ApiToken } from '../core/account.ts'
import { actorName } from '../core/actor.ts'
import type { Audited, Caller } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Role } from '../core/role.ts'
import type { Accounts, Credentials, Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

interface NewToken {
  caller: Caller
  name: string
  role: Role
  expiresAt: Instant | null
}

/** The result holds the key itself, for the one time that it is shown. Throws `invalid` for an expiry that is over. */
export async function createToken(
  { accounts, credentials, now }: Pick<Deps, 'now'> & { accounts: Pick<Accounts, 'createToken'>; credentials: Credentials },
  { caller, name, role, expiresAt }: NewToken,
): Promise<Audited<ApiToken & { token: string }>> {
  const at = now()
  if (expiresAt !== null && expiresAt <= at) {
    const message = 'must be in the future'
    throw new SnapbackError('invalid', `expiresAt ${message}`, { fields: [{ path: 'expiresAt', message }] })
  }
  const { token, hash } = credentials.newToken()
  const audited = auditDraft(caller, at, {
    action: 'token.create',
    target: name,
    reason: null,
    before: null,
    after: { name, role, expiresAt },
  })
  const stored = await accounts.createToken({ name, role, hash, expiresAt, createdBy: actorName(caller.actor), at }, audited)
  return { result: { ...stored, token }, audited }
}
