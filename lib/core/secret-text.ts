/** Stands for a value that is there and is not shown. */
export const MASK = '•••'

/** Names under which people keep secrets: SMTP_PASSWORD, db.pass, apiKey, SENTRY_DSN. Rather one too many than one too few. */
const SECRET_NAME = [
  /pass(word|wd|phrase)|secret|token|credential|dsn|authorization|conn(ection)?[-_]?str/i,
  /(^|[^a-z])(pass|pwd|pw|auth|salt|cookie|creds?)$/i,
  /key(s|[-_]?id)?$/i,
]

/**
 * What gives a secret away whatever its name: userinfo in an address, a password among settings, tokens by their form. Every repetition
 * that may begin anywhere has a bound: else a long line without a space would take the square of its length.
 */
const SECRET_TEXT = [
  /[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/@]{0,500}@/i,
  // A password may hold a slash all the same.
  /:\/\/[^\s/:@]{0,100}:[^\s@"',;]{0,500}@/,
  // Whoever knows such an address may post.
  /hooks\.slack\.com\/\w+\/\w|discord(app)?\.com\/api\/webhooks\/|\/open-apis\/bot\/v2\/hook\//i,
  // user:password@tcp(host)/db, but no image by its digest
  /(^|\s|=)[^\s:@/=]{1,100}:[^\s@/]{1,500}@(?!sha\d+:)/,
  /(pass(word|wd|phrase)?|pwd|secret|token|(api|access|account|private)[-_]?key|credentials?)["']?\s*[=:]\s*["']?[^\s"',]/i,
  // `sh -c "app --db-password x"`: flag and value in one argument
  /(^|\s)--?[\w.-]{0,60}(password|passwd|passphrase|pwd|secret|token|api-?key|credentials?)\s+[^\s•-]/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /(^|[^a-z0-9])(eyJ[\w-]{10,2000}\.|gh[opsu]_\w{16}|xox[abprs]-|sk[-_](live|test|ant|proj)|AKIA[A-Z0-9]{12}|Bearer\s+\S|Basic\s+\S)/i,
]

/** A flag whose next argument is the secret. */
const SECRET_FLAG = /^--?[\w.-]+$/

export function isSecretName(name: string): boolean {
  return SECRET_NAME.some((pattern) => pattern.test(name))
}

export function holdsSecret(text: string): boolean {
  return SECRET_TEXT.some((pattern) => pattern.test(text))
}

/** `--db-password`: what follows is not to be shown. */
export function isSecretFlag(argument: string): boolean {
  return SECRET_FLAG.test(argument) && isSecretName(argument)
}
