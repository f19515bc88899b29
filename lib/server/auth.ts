import NextAuth, { type AuthOptions } from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import type { User } from '../core/account.ts'
import type { Accounts } from '../ports.ts'
import { SESSION_SECONDS, sessionCookieName, usesSecureCookies } from './auth-session.ts'
import type { Env } from './env.ts'
import { checkPassword } from './password.ts'
import { type RouteDeps, routeDeps } from './route-deps.ts'

/** The session holds the user's id and nothing else: role and name are read from the database at every request. */
function authOptions({ accounts, env, log }: Pick<RouteDeps, 'accounts' | 'env' | 'log'>): AuthOptions {
  return {
    secret: env.sessionSecret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: usesSecureCookies(env),
    cookies: { sessionToken: { name: sessionCookieName(env), options: cookieOptions(env) } },
    providers: [
      Credentials({
        credentials: { email: { label: 'E-mail', type: 'email' }, password: { label: 'Password', type: 'password' } },
        async authorize(given) {
          const user = await signIn(accounts, given?.email ?? '', given?.password ?? '')
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

/** Sign-in, sign-out and session of next-auth, for `app/api/auth/[...nextauth]`. */
export function handleSignIn(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  return NextAuth(request as never, context as never, authOptions(routeDeps())) as Promise<Response>
}

function cookieOptions(env: Pick<Env, 'publicUrl'>) {
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: usesSecureCookies(env) }
}
