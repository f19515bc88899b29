import { headers } from 'next/headers.js'
import { redirect } from 'next/navigation.js'
import { SnapbackError } from '../core/errors.ts'
import { ownPath } from '../core/own-path.ts'
import type { Role } from '../core/role.ts'
import { sessionUserId } from './auth-session.ts'
import { authorize } from './authorize.ts'
import { PATH_HEADER } from './page-path.ts'
import { routeDeps } from './route-deps.ts'

/** Who looks at a page. */
export interface PageViewer {
  /** Null: the database did not answer. The page says so, and every call asks again who it is. */
  email: string | null
  role: Role
}

/** Who is signed in; whoever is not is sent to sign in, and afterwards back here. */
export async function requireViewer(): Promise<PageViewer> {
  const given = await headers()
  const viewer = await viewerOf(given)
  if (viewer !== null) return viewer
  const path = given.get(PATH_HEADER) ?? '/'
  redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`)
}

/** For the sign-in page: whoever is signed in goes on to where they wanted to go. */
export async function leaveWhenSignedIn(next: string | string[] | undefined): Promise<void> {
  const viewer = await viewerOf(await headers())
  // Without the database the way on would only lead back here.
  if (viewer?.email != null) redirect(ownPath(next))
}

async function viewerOf(given: Headers): Promise<PageViewer | null> {
  const deps = routeDeps()
  try {
    const { actor, role } = await authorize(given, 'viewer', deps)
    return actor?.kind === 'user' && role !== null ? { email: actor.name, role } : null
  } catch (error) {
    if (error instanceof SnapbackError && error.code === 'unauthenticated') return null
    // The database is away: the cookie alone tells that somebody signed in. It shows a page without data, and may do nothing.
    return (await sessionUserId(given, deps.env)) === null ? null : { email: null, role: 'viewer' }
  }
}
