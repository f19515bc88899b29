import { connectPostgres } from '../../lib/adapters/postgres/connect.ts'
import { CONFIGURATION } from '../../lib/core/actor.ts'
import { ROLES } from '../../lib/core/role.ts'
import { hashPassword } from '../../lib/server/password.ts'
import { recordLog } from '../../lib/testing/record-log.ts'

export const PASSWORD = 'a password of the tests'

/** One person for each role, and a second operator, who may be faster than the first. */
const PEOPLE = { ...Object.fromEntries(ROLES.map((role) => [role, role])), colleague: 'operator' } as Record<PersonName, Role>
type Role = (typeof ROLES)[number]
export type PersonName = Role | 'colleague'

export function emailOf(name: PersonName): string {
  return `${name}@edgelink.example`
}

/** People who can sign in with the one password. */
export async function createPeople(databaseUrl: string): Promise<void> {
  const postgres = connectPostgres(databaseUrl, recordLog())
  const at = Date.now()
  const who = { at, actor: CONFIGURATION, address: null, requestId: null, reason: null, before: null, after: null }
  try {
    const passwordHash = await hashPassword(PASSWORD)
    for (const [name, role] of Object.entries(PEOPLE)) {
      const email = emailOf(name as PersonName)
      await postgres.accounts.createUser({ email, passwordHash, role, at }, { ...who, action: 'user.create', target: email })
    }
  } finally {
    await postgres.close()
  }
}
