import { randomBytes } from 'node:crypto'
import { CONFIGURATION } from '../core/actor.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Accounts } from '../ports.ts'
import type { Env } from './env.ts'
import { hashPassword } from './password.ts'

const DEFAULT_EMAIL = 'admin@snapback.local'

interface Start {
  accounts: Pick<Accounts, 'countUsers' | 'createUser'>
  env: Pick<Env, 'adminEmail' | 'adminPassword' | 'publicUrl'>
  now(): Instant
  /** Straight to the terminal, never into the log, which others collect. */
  print(text: string): void
}

/**
 * Makes the first admin where there is no user at all. A password that nobody configured is made up and printed
 * once. Of several replicas that start at once, one makes it and the others find it made.
 */
export async function ensureFirstAdmin({ accounts, env, now, print }: Start): Promise<void> {
  if ((await accounts.countUsers()) > 0) return
  const email = env.adminEmail ?? DEFAULT_EMAIL
  const password = env.adminPassword ?? randomBytes(15).toString('base64url')
  const at = now()
  const passwordHash = await hashPassword(password)
  const audit = { action: 'user.create', target: email, reason: 'the first admin', before: null, after: { email, role: 'admin' } }
  try {
    await accounts.createUser(
      { email, passwordHash, role: 'admin', at },
      { at, actor: CONFIGURATION, address: null, requestId: null, ...audit },
    )
  } catch (error) {
    if (error instanceof SnapbackError && error.code === 'conflict') return
    throw error
  }
  if (env.adminPassword === null) print(`\nSign in at ${env.publicUrl} as ${email} with the password ${password}\nIt is shown this once.\n`)
}
