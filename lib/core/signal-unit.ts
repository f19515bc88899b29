export const SIGNAL_UNITS = ['ratio', 'seconds', 'bytes', 'count'] as const
/** In what a signal is shown. */
export type SignalUnit = (typeof SIGNAL_UNITS)[number]

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/g

/**
 * What the left side of a rule measures, told by its names as Prometheus' conventions have them (`_seconds`, `_bytes`,
 * `_ratio`) and by its shape. A guess for showing, nothing is decided by it.
 */
export function guessUnit(expression: string, threshold: number): SignalUnit {
  const bare = expression.replaceAll(/"(\\.|[^"\\])*"/g, '').replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, '')
  const names = bare.match(NAME) ?? []
  if (names.some((name) => /_(ratio|percent_of_one)$|:ratio(_|$)/.test(name))) return 'ratio'
  const isQuotient = /[\w)]\s*\/\s*[a-zA-Z_(]/.test(bare) && Math.abs(threshold) <= 1
  // A mean latency is a quotient too: seconds by count.
  const isMean = names.some((name) => /_sum$/.test(name)) && names.some((name) => /_count$/.test(name))
  if (isQuotient && !isMean) return 'ratio'
  if (names.some((name) => /_seconds(_bucket|_sum|_total)?$/.test(name))) return 'seconds'
  if (names.some((name) => /_bytes(_bucket|_sum|_total)?$/.test(name))) return 'bytes'
  return 'count'
}
