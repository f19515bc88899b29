import { quote } from '../../lib/adapters/prometheus/promql.ts'
import type { Labels } from '../../lib/core/alert.ts'
import type { Instant } from '../../lib/core/json.ts'

/** A metric and its samples. A histogram's samples name their `_bucket`, `_sum` or `_count`. */
export interface Family {
  name: string
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  samples: { suffix?: '_bucket' | '_sum' | '_count'; labels: Labels; value: number }[]
}

/** Prometheus' text format. */
export function format(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, type, help, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ suffix = '', labels, value }) => `${name}${suffix}{${pairs(labels)}} ${numberText(value)}`),
  ])
  return `${lines.join('\n')}\n`
}

/** A number as Prometheus writes it: infinities have a sign and four letters. */
export function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf'
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value)
}

export interface ScrapedSample {
  /** The metric's name is `__name__`. */
  labels: Labels
  value: number
  /** Null: of now, as scrapes are. */
  at: Instant | null
}

/** Reads the text format, and OpenMetrics' as far as it is the same; instants are in seconds, as there. */
export function parseExposition(text: string): ScrapedSample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, inBraces = '', value, at] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)(?: (\S+))?$/.exec(line) ?? []
    if (name === undefined || value === undefined) return []
    const labels = { __name__: name, ...Object.fromEntries(labelsIn(inBraces)) }
    return [{ labels, value: Number(value.replace('Inf', 'Infinity')), at: at === undefined ? null : Math.round(Number(at) * 1_000) }]
  })
}

function pairs(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${quote(value)}`)
    .join(',')
}

function labelsIn(inBraces: string): [string, string][] {
  const found = inBraces.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)
  return [...found].map(([, name = '', value = '']) => [name, value.replaceAll(/\\(.)/g, (_, sign) => (sign === 'n' ? '\n' : sign))])
}
