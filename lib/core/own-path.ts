const BASE = 'http://snapback.invalid'

/** A path of ours to go on to after signing in; anything else (another site, a missing one) is the first page. */
export function ownPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/'
  const url = parse(wanted)
  // `/..//host` is one of ours until its dots are gone: what is left is another site.
  const isOurs = url !== null && url.origin === BASE && !url.pathname.startsWith('//') && url.pathname !== '/sign-in'
  return isOurs ? `${url.pathname}${url.search}` : '/'
}

/** As a browser does: `//host` and `/\host` are other sites. */
function parse(path: string): URL | null {
  try {
    return new URL(path, BASE)
  } catch {
    return null
  }
}
