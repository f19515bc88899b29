import { SnapbackError } from '../core/errors.ts'

/**
 * A browser sends cookies along with requests that other sites make it send. A change by cookie must come from
 * a page of ours: by `Origin`, or, where a browser leaves that out, by `Sec-Fetch-Site`.
 *
 * @throws forbidden
 */
export function requireOwnOrigin(headers: Headers, publicUrl: string): void {
  const origin = headers.get('origin')
  const isOurs = origin === null ? headers.get('sec-fetch-site') === 'same-origin' : isOwn(origin, headers.get('host'), publicUrl)
  if (!isOurs) throw new SnapbackError('forbidden', 'the request comes from another site')
}

function isOwn(origin: string, host: string | null, publicUrl: string): boolean {
  if (origin === new URL(publicUrl).origin) return true
  // An opaque origin says "null"; the host is the one that the browser itself has put into the request.
  return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
