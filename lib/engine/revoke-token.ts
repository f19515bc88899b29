import type { ApiToken } from '../core/account.ts'
import type { Audited, Caller } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Accounts, Deps } from '../ports.ts'
import { auditDraft } from './audit-draft.ts'

/** A key that was revoked before stays revoked since then. Throws `not_found`. */
export async function revokeToken(
  { accounts, now }: Pick<Deps, 'now'> & { accounts: Pick<Accounts, 'tokens' | 'revokeToken'> },
  { caller, id }: { caller: Caller; id: string },
): Promise<Audited<ApiToken>> {
  const known = (await accounts.tokens()).find((token) => token.id === id)
  if (known === undefined) throw noToken(id)
  const at = now()
  const audited = auditDraft(caller, at, {
    action: 'token.revoke',
    target: known.name,
    reason: null,
    before: { revokedAt: known.revokedAt },
    after: { revokedAt: known.revokedAt ?? at },
  })
  const result = await accounts.revokeToken(id, at, audited)
  if (result === null) throw noToken(id)
  return { result, audited }
}

function noToken(id: string): SnapbackError {
  return new SnapbackError('not_found', `no token ${id}`)
}
