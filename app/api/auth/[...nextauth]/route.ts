import { handleSignIn } from '../../../../lib/server/auth.ts'

/** The one route that is not define-route's: next-auth checks its own CSRF token. */
export { handleSignIn as GET, handleSignIn as POST }
