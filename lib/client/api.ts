import { z } from 'zod'
import type { Operation } from '../contracts/operation.ts'
import { problem } from '../contracts/problem.ts'
import { ApiError } from './api-error.ts'

/** Longer than any answer takes; a reply that never comes must become an error that can be seen. */
const ANSWERS_WITHIN_MS = 15_000

/** What a call sends: parameters and query as on the wire, the body in domain values (instants as numbers). */
export type Input<O extends Operation> = Part<O, 'params', Record<string, string>> &
  Part<O, 'query', O extends { query: infer Q extends z.ZodType } ? Partial<z.input<Q>> : never, true> &
  Part<O, 'body', O extends { body: infer B extends z.ZodType } ? z.output<B> : never>

type Part<O, Name extends string, Value, Optional = false> = Name extends keyof O
  ? Optional extends true
    ? { [K in Name]?: Value }
    : { [K in Name]: Value }
  : { [K in Name]?: never }

export type Output<O extends Operation> = z.output<O['reply']>

/** Where calls go: the page's own server, unless the server itself asks for somebody (prefetch). */
export interface Origin {
  url: string
  headers: Readonly<Record<string, string>>
  answersWithinMs: number
}

const SAME_ORIGIN: Origin = { url: '', headers: {}, answersWithinMs: ANSWERS_WITHIN_MS }

/**
 * Calls one operation and decodes its reply.
 *
 * @throws ApiError with the problem document when it was refused, or that nothing (readable) answered
 */
export async function call<const O extends Operation>(
  operation: O,
  input: Input<O>,
  { signal, from = SAME_ORIGIN }: { signal?: AbortSignal; from?: Origin } = {},
): Promise<Output<O>> {
  const { params = {}, query = {}, body } = input as { params?: Record<string, string>; query?: object; body?: unknown }
  const response = await send(`${from.url}${pathOf(operation.path, params)}${searchOf(query)}`, {
    method: operation.method,
    cache: 'no-store',
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...from.headers },
    ...(body === undefined || !operation.body ? {} : { body: JSON.stringify(z.encode(operation.body, body)) }),
    signal: AbortSignal.any([AbortSignal.timeout(from.answersWithinMs), ...(signal ? [signal] : [])]),
  })
  const text = await response.text().catch(unreachable)
  const reply = parseJson(text)
  if (!response.ok) {
    const told = problem.safeParse(reply)
    throw new ApiError(told.success ? { kind: 'refused', problem: told.data } : { kind: 'unreadable', status: response.status })
  }
  const decoded = operation.reply.safeParse(reply)
  if (!decoded.success) throw new ApiError({ kind: 'unreadable', status: response.status }, decoded.error)
  return decoded.data as Output<O>
}

function send(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(unreachable)
}

/** A call that the page gave up on is no failure of the server. */
function unreachable(error: unknown): never {
  if (error instanceof Error && error.name === 'AbortError') throw error
  throw new ApiError({ kind: 'unreachable' }, error)
}

/** `/api/rollbacks/:id` with its parameters in place. */
export function pathOf(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** What is null or undefined is left out: the contracts take a missing filter as none. */
export function searchOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
