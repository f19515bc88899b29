import { decode, encode } from 'next-auth/jwt'
import type { Env } from './env.ts'

export const SESSION_SECONDS = 12 * 60 * 60

type SessionEnv = Pick<Env, 'publicUrl' | 'sessionSecret'>

/** Over https the browser is told never to send the cookie in the clear. */
export function usesSecureCookies({ publicUrl }: Pick<Env, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https://')
}

export function sessionCookieName(env: Pick<Env, 'publicUrl'>): string {
  return `${usesSecureCookies(env) ? '__Secure-' : ''}next-auth.session-token`
}

/** The id of the user that the session cookie names; null when there is none, or it is expired or not ours. */
export async function sessionUserId(headers: Headers, env: SessionEnv): Promise<string | null> {
  const token = cookieValue(headers, sessionCookieName(env))
  if (token === null) return null
  try {
    return (await decode({ token, secret: env.sessionSecret }))?.sub ?? null
  } catch {
    return null
  }
}

/** The value of a session cookie, as signing in makes it. */
export function sealSession(userId: string, env: SessionEnv): Promise<string> {
  return encode({ token: { sub: userId }, secret: env.sessionSecret, maxAge: SESSION_SECONDS })
}

function cookieValue(headers: Headers, name: string): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.split('=')
    if (key?.trim() === name) return value.join('=').trim()
  }
  return null
}
