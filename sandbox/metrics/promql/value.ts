import type { Labels } from '../../../lib/core/alert.ts'
import type { Instant } from '../../../lib/core/json.ts'
import type { SeriesStore } from '../series-store.ts'

export interface VectorSample {
  labels: Labels
  value: number
}

export interface MatrixSeries {
  labels: Labels
  at: readonly Instant[]
  values: readonly number[]
}

/** What an expression gives. A matrix knows the range that it was selected on. */
export type Value =
  | { kind: 'scalar'; value: number }
  | { kind: 'string'; text: string }
  | { kind: 'vector'; samples: VectorSample[] }
  | { kind: 'matrix'; series: MatrixSeries[]; from: Instant; to: Instant }

export interface Context {
  store: SeriesStore
  at: Instant
}

/** Prometheus would not answer: `bad_data` (HTTP 400) before it evaluates, `execution` (422) while it does. */
export class PromqlError extends Error {
  readonly errorType: 'bad_data' | 'execution'

  constructor(errorType: 'bad_data' | 'execution', message: string) {
    super(message)
    this.errorType = errorType
  }
}

export function unsupported(what: string): PromqlError {
  return new PromqlError('execution', `${what} is not supported by the sandbox`)
}

const NAMES = { scalar: 'scalar', string: 'string', vector: 'instant vector', matrix: 'range vector' } as const

export function nameOfKind(kind: Value['kind']): string {
  return NAMES[kind]
}

/** The argument as what a function takes. Throws as Prometheus' parser does. */
export function expectKind<K extends Value['kind']>(value: Value | undefined, kind: K, where: string): Extract<Value, { kind: K }> {
  if (value?.kind === kind) return value as Extract<Value, { kind: K }>
  const got = value === undefined ? 'nothing' : nameOfKind(value.kind)
  throw new PromqlError('bad_data', `parse error: expected type ${nameOfKind(kind)} in ${where}, got ${got}`)
}

export function withoutName({ __name__: _, ...labels }: Labels): Labels {
  return labels
}

export function keepLabels(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(names.flatMap((name) => (labels[name] ? [[name, labels[name]]] : [])))
}

export function dropLabels(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__' && !names.includes(name)))
}
