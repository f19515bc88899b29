import { type NextRequest, NextResponse } from 'next/server.js'
import { contentSecurityPolicy } from './lib/server/content-security-policy.ts'
import { PATH_HEADER } from './lib/server/page-path.ts'

const CSP = 'content-security-policy'
// biome-ignore lint/style/noProcessEnv: the build puts the word in its place; the parsed environment is not at hand in the proxy
const IS_DEVELOPMENT = process.env.NODE_ENV === 'development'

/** Tells pages which address was asked for and which nonce their scripts carry. Whoever sends these headers is not listened to. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()), IS_DEVELOPMENT)
  const headers = new Headers(request.headers)
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`)
  headers.set(CSP, policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set(CSP, policy)
  return response
}

/** Pages only: routes and the icons need no proxy. A workload may be called `icon.svg`, so names count only at the root. */
export const config = { matcher: ['/((?!api/|metrics$|_next/|icon\\.svg$|icon-open\\.svg$).*)'] }
