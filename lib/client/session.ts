import { z } from 'zod'
import { problem } from '../contracts/problem.ts'

/** How a try to sign in ended. Everything but `signed-in` is told to who tried. */
export type SignInResult =
  | { kind: 'signed-in' }
  | { kind: 'wrong' }
  | { kind: 'locked'; retryAfterMs: number }
  | { kind: 'too-many' }
  | { kind: 'database' }
  | { kind: 'unreachable' }
  | { kind: 'failed'; requestId: string }

const ANSWERS_WITHIN_MS = 15_000
/** Longer than this is no passing crowd: it is this address that has to wait. */
const SHORT_WAIT_SECONDS = 5
const csrf = z.object({ csrfToken: z.string() })

/** Signs in with an address and a password. Never throws. */
export async function signIn({ email, password }: { email: string; password: string }): Promise<SignInResult> {
  return post('/api/auth/callback/credentials', { email, password }).then(resultOf, (): SignInResult => ({ kind: 'unreachable' }))
}

/** Ends the session. False: the server could not be told. */
export function signOut(): Promise<boolean> {
  return post('/api/auth/signout', {}).then(
    ({ ok }) => ok,
    () => false,
  )
}

/** What next-auth wants: its token first, then a form with it. */
async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  const token = await fetch('/api/auth/csrf', { signal, cache: 'no-store' })
  if (!token.ok) return token
  const { csrfToken } = csrf.parse(await token.json())
  return fetch(path, { method: 'POST', signal, cache: 'no-store', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) })
}

/** A session, or why there is none: statuses as `lib/server/problem.ts` gives them; next-auth's own 401 is a wrong password. */
export async function resultOf(response: Response): Promise<SignInResult> {
  if (response.ok) return { kind: 'signed-in' }
  if (response.status === 401) return { kind: 'wrong' }
  if (response.status === 429) return tooMany(Number(response.headers.get('retry-after')))
  if (response.status === 503) return { kind: 'database' }
  const told = problem.safeParse(await response.json().catch(() => null))
  return { kind: 'failed', requestId: told.success ? told.data.requestId : '–' }
}

function tooMany(retryAfterSeconds: number): SignInResult {
  return retryAfterSeconds > SHORT_WAIT_SECONDS ? { kind: 'locked', retryAfterMs: retryAfterSeconds * 1_000 } : { kind: 'too-many' }
}
