import { type NextRequest, NextResponse } from 'next/server.js'
import { PATH_HEADER } from './lib/server/page-path.ts'

/** Tells pages which address was asked for. Whoever sends that header is not listened to. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers)
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`)
  return NextResponse.next({ request: { headers } })
}

/** Pages only: routes and files need no proxy. */
export const config = { matcher: ['/((?!api/|metrics$|_next/|.*\\.(?:svg|png|ico|txt)$).*)'] }
