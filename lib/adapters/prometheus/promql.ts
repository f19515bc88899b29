/** The only place that writes PromQL from values: nothing that a payload says can end a string or a name. */

/** Names that need no quotes, in every version of Prometheus. */
const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name)
}

/** A Go string: quotes, backslashes and line ends escaped, every other character as it is. */
export function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return `"${escaped}"`
}

/** `name="value"`. Throws a RangeError for a name that would need quotes. */
export function equals(name: string, value: string): string {
  if (!isPlainName(name)) throw new RangeError(`not a label name: ${JSON.stringify(name)}`)
  return `${name}=${quote(value)}`
}

/** Milliseconds as a range, in whole seconds where it has one. */
export function duration(ms: number): string {
  const effective = effectiveMs(ms)
  return effective < 1_000 ? `${effective}ms` : `${effective / 1_000}s`
}

/** What `duration` makes of it: rounded down, so that it never reaches further back than asked. */
export function effectiveMs(ms: number): number {
  const whole = Math.max(1, Math.floor(ms))
  return whole < 1_000 ? whole : whole - (whole % 1_000)
}

/** `max by (a, b) (inner)`. Names that are no plain names are left out: they widen a group, never narrow it. */
export function maxBy(names: readonly string[], inner: string): string {
  const plain = [...new Set(names)].filter(isPlainName).sort()
  return plain.length === 0 ? `max(${inner})` : `max by (${plain.join(', ')}) (${inner})`
}
