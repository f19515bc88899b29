import { NextRequest } from 'next/server.js'
import NextAuth, { type AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { User } from '../core/account.ts'
import type { Accounts } from '../ports.ts'
import { SESSION_SECONDS, sessionCookieName, usesSecureCookies } from './auth-session.ts'
import type { Env } from './env.ts'
import { checkPassword } from './password.ts'
import { problemResponse } from './problem.ts'
import { readText } from './read-body.ts'
import { addHeaders } from './reply.ts'
import { requestIdOf } from './request-id.ts'
import { type RouteDeps, routeDeps } from './route-deps.ts'

/** The session holds the user's id and nothing else: role and name are read from the database at every request. */
function authOptions({ accounts, env, log }: Pick<RouteDeps, 'accounts' | 'env' | 'log'>, failure: Failure): AuthOptions {
  return {
    secret: env.sessionSecret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: usesSecureCookies(env),
    cookies: { sessionToken: { name: sessionCookieName(env), options: cookieOptions(env) } },
    providers: [
      Credentials({
        credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
        async authorize(given) {
          const user = await signIn(accounts, given?.email ?? '', given?.password ?? '').catch((error: unknown) => {
            failure.error = error
            throw error
          })
          log.info(user === null ? 'sign-in.refused' : 'sign-in', { user: user?.id ?? null })
          return user && { id: user.id }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub ?? '' }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) => log.error('next-auth', { code, error: metadata instanceof Error ? metadata : metadata.error }),
      warn: (code) => log.debug('next-auth', { code }),
      debug: () => {},
    },
  }
}

/** The user whose password it is; null for everybody else, after the same work. */
export async function signIn(accounts: Pick<Accounts, 'userByEmail'>, email: string, password: string): Promise<User | null> {
  const found = await accounts.userByEmail(email)
  const isRight = await checkPassword(password, found?.passwordHash ?? null)
  return isRight && found !== null && found.user.disabledAt === null ? found.user : null
}

/** An address, a password, a CSRF token and where to go next. */
const BODY_LIMIT_BYTES = 16 * 1024

/**
 * Sign-in, sign-out and session of next-auth, for `app/api/auth/[...nextauth]`. next-auth would read a body of any length
 * and put an error's message into an address: the body is read here, and what failed is told as a problem.
 */
export async function handleSignIn(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const deps = routeDeps()
  const requestId = requestIdOf(request.headers)
  const failure: Failure = { error: null }
  try {
    const answer = (await NextAuth((await bounded(request)) as never, context as never, authOptions(deps, failure))) as Response
    if (failure.error === null) return answer
    throw failure.error
  } catch (error) {
    const response = problemResponse(error, { instance: new URL(request.url).pathname, requestId })
    if (response.status >= 500) deps.log.error('sign-in.failed', { requestId, error })
    return addHeaders(response, requestId)
  }
}

/** What kept a sign-in from being decided: next-auth takes every error for a wrong password. */
interface Failure {
  error: unknown
}

/** The same request with its body read. A new one, since a body can be read once. */
async function bounded(request: Request): Promise<NextRequest> {
  const { url, method, headers } = request
  if (request.body === null) return new NextRequest(url, { method, headers })
  return new NextRequest(url, { method, headers, body: await readText(request, BODY_LIMIT_BYTES) })
}

function cookieOptions(env: Pick<Env, 'publicUrl'>) {
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: usesSecureCookies(env) }
}
