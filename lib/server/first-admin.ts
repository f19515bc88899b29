import { randomBytes } from 'node:crypto'
import { CONFIGURATION } from '../core/actor.ts'
import { SnapbackError } from '../core/errors.ts'
import type { Instant } from '../core/json.ts'
import type { Accounts, Log } from '../ports.ts'
import type { Env } from './env.ts'
import { hashPassword } from './password.ts'

const DEFAULT_EMAIL = 'admin@snapback.local'

interface Start {
  accounts: Pick<Accounts, 'countUsers' | 'userByEmail' | 'createUser'>
  env: Pick<Env, 'adminEmail' | 'adminPassword' | 'publicUrl'>
  log: Pick<Log, 'warn'>
  now(): Instant
  /** Straight to the terminal, never into the log, which others collect. */
  print(text: string): void
}

/**
 * Makes the first admin where there is no user at all. A password that nobody configured is made up and printed, and only
 * then committed: killed in between, the next start makes up and prints another. Of several replicas that start at once,
 * one makes it and the others find it made.
 */
export async function ensureFirstAdmin({ accounts, env, log, now, print }: Start): Promise<void> {
  if ((await accounts.countUsers()) > 0) return warnOfIgnored(accounts, env, log)
  const email = env.adminEmail ?? DEFAULT_EMAIL
  const password = env.adminPassword ?? randomBytes(15).toString('base64url')
  const at = now()
  const passwordHash = await hashPassword(password)
  const audit = { action: 'user.create', target: email, reason: 'the first admin', before: null, after: { email, role: 'admin' } }
  const tell = () => {
    if (env.adminPassword !== null) return
    print(`\nSign in at ${env.publicUrl} as ${email} with the password ${password}\nIt is shown this once.\n`)
  }
  try {
    await accounts.createUser(
      { email, passwordHash, role: 'admin', at },
      { at, actor: CONFIGURATION, address: null, requestId: null, ...audit },
      tell,
    )
  } catch (error) {
    if (error instanceof SnapbackError && error.code === 'conflict') return
    throw error
  }
}

/** Whoever sets ADMIN_EMAIL on a database that has users would wait in vain for that account. */
async function warnOfIgnored(accounts: Start['accounts'], { adminEmail }: Start['env'], log: Start['log']): Promise<void> {
  if (adminEmail === null) return
  const user = (await accounts.userByEmail(adminEmail))?.user
  if (user?.role === 'admin' && user.disabledAt === null) return
  const why = 'there are users already, and it is only for the first one: an admin makes others'
  log.warn('first-admin.ignored', { ADMIN_EMAIL: adminEmail, why })
}
