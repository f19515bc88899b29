import type { Access } from '../contracts/operation.ts'
import type { Actor } from '../core/actor.ts'
import { SnapbackError } from '../core/errors.ts'
import { includesRole, type Role } from '../core/role.ts'
import type { Accounts } from '../ports.ts'
import { sessionUserId } from './auth-session.ts'
import type { Env } from './env.ts'
import { hashSecret, isSameSecret } from './secret-hash.ts'

/** Who asks. Nobody is known on a public route: there, `actor` and `role` are null. */
export type Identity =
  | { actor: null; role: null; credential: 'none' }
  | { actor: Actor; role: null; credential: 'webhook_token' }
  | { actor: Actor; role: Role; credential: 'cookie' | 'api_token' }

interface Means {
  accounts: Pick<Accounts, 'user' | 'useToken'>
  env: Pick<Env, 'webhookToken' | 'sessionSecret' | 'publicUrl'>
  now(): number
}

/**
 * Finds out who asks and refuses who may not. The role is read from the database at every request: who was
 * disabled, demoted or revoked is refused at once.
 *
 * @throws unauthenticated, forbidden
 */
export async function authorize(headers: Headers, access: Access, means: Means): Promise<Identity> {
  if (access === 'public') return { actor: null, role: null, credential: 'none' }
  if (access === 'webhook') return authorizeWebhook(headers, means.env)
  const identity = await identify(headers, means)
  if (!includesRole(identity.role, access)) throw new SnapbackError('forbidden', `this needs the role ${access}; you are ${identity.role}`)
  return identity
}

function authorizeWebhook(headers: Headers, { webhookToken }: Means['env']): Identity {
  const given = bearer(headers)
  if (given === null || webhookToken === null || !isSameSecret(given, webhookToken)) {
    throw new SnapbackError('unauthenticated', 'the webhook needs Authorization: Bearer with WEBHOOK_TOKEN')
  }
  return { actor: { kind: 'webhook' }, role: null, credential: 'webhook_token' }
}

type Known = Extract<Identity, { role: Role }>

async function identify(headers: Headers, means: Means): Promise<Known> {
  const known = headers.has('authorization') ? await byToken(headers, means) : await byCookie(headers, means)
  if (known === null) throw new SnapbackError('unauthenticated', 'sign in, or send an API token that is still valid')
  return known
}

async function byToken(headers: Headers, { accounts, now }: Means): Promise<Known | null> {
  const given = bearer(headers)
  if (given === null) return null
  // biome-ignore lint/correctness/useHookAtTopLevel: no React here
  const token = await accounts.useToken(hashSecret(given), now())
  return token && { actor: { kind: 'token', id: token.id, name: token.name }, role: token.role, credential: 'api_token' }
}

async function byCookie(headers: Headers, { accounts, env }: Means): Promise<Known | null> {
  const userId = await sessionUserId(headers, env)
  const user = userId === null ? null : await accounts.user(userId)
  if (user === null || user.disabledAt !== null) return null
  return { actor: { kind: 'user', id: user.id, name: user.email }, role: user.role, credential: 'cookie' }
}

function bearer(headers: Headers): string | null {
  return /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
}
