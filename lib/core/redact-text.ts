import { holdsSecret, MASK } from './secret-text.ts'

/** Up to the last @: a password may hold one. */
const URL_CREDENTIALS = /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/]{1,500}@/gi
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]+/gi
const API_TOKEN = /\bsnap_[\w-]+/g

/** Takes credentials out of a text that came from elsewhere: addresses, headers, our own API tokens. */
export function redactText(text: string): string {
  return text.replace(URL_CREDENTIALS, '$1[redacted]@').replace(BEARER, '$1 [redacted]').replace(API_TOKEN, 'snap_[redacted]')
}

/** `password=…`, `"apiKey": "…"`, `--token …`: the value of a setting whose name gives it away. */
const SETTING =
  /([\w.-]{0,60}(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|account|private)[-_]?key|credentials?)["']?\s*[=:]\s*)("[^"]*"?|'[^']*'?|[^\s"',;&]+)/gi
const FLAG = /(--?[\w.-]{0,60}(?:password|passwd|passphrase|pwd|secret|token|api-?key|credentials?)\s+)("[^"]*"?|'[^']*'?|[^\s"'-]\S*)/gi
const BY_FORM = /\b(?:eyJ[\w-]{10,2000}\.[\w.-]*|gh[opsu]_\w{16,}|xox[abprs]-[\w-]+|sk[-_](?:live|test|ant|proj)[\w-]*|AKIA[A-Z0-9]{12,})/g
const KEY_BEGINS = /-----BEGIN [A-Z ]*PRIVATE KEY/
const KEY_ENDS = /-----END [A-Z ]*PRIVATE KEY/

/**
 * Lines that an application wrote, without what looks like a secret. A line that still looks like one when its secrets
 * are masked is masked as a whole: rather one too many than one too few.
 */
export function redactLines(lines: readonly string[]): string[] {
  // The lines may begin inside one.
  const first = lines.find((line) => KEY_BEGINS.test(line) || KEY_ENDS.test(line))
  let isInKey = first !== undefined && !KEY_BEGINS.test(first)
  return lines.map((line) => {
    const begins = KEY_BEGINS.test(line)
    const hide = isInKey || begins
    isInKey = (isInKey || begins) && !KEY_ENDS.test(line)
    return hide ? MASK : redactLine(line)
  })
}

function redactLine(line: string): string {
  const masked = line
    .replace(URL_CREDENTIALS, `$1${MASK}@`)
    .replace(BEARER, `$1 ${MASK}`)
    .replace(API_TOKEN, MASK)
    .replace(SETTING, `$1${MASK}`)
    .replace(FLAG, `$1${MASK}`)
    .replace(BY_FORM, MASK)
  // What is masked already would be found again.
  const rest = masked
    .replaceAll(`//${MASK}@`, '//')
    .replaceAll(/[=:]\s*•••/g, '')
    .replaceAll(/\b(bearer|basic) •••/gi, '')
  return holdsSecret(rest) ? MASK : masked
}
