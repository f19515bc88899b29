const FIXED = [
  "default-src 'self'",
  // Inline, because charts, tooltips and the lock on scrolling behind a dialog set styles as they go.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]

/**
 * What a page's document may load: only what this server sent with it. `nonce` is new for each document; Next puts it on its scripts when
 * the request carries this header. While developing, React needs `eval`.
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const scripts = `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`
  return [...FIXED, scripts].join('; ')
}
