/** What went wrong, in the closed words that `lib/server/problem.ts` maps to HTTP. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'too_large'
  | 'unsupported_media_type'
  | 'too_many_requests'
  | 'storage_unavailable'
  | 'upstream_unavailable'

/** One field that was wrong: `path` as in the body (`alerts.0.labels`), `message` for a person. */
export interface FieldError {
  path: string
  message: string
}

/** Shared by all copies of this module: a bundler makes one for the routes and one for the engine. */
const BRAND = Symbol.for('snapback.error')

/**
 * An operation cannot finish. Expected refusals of the engine (a hold, an inconclusive answer) are
 * values, never this. `message` is for people and carries no secret.
 */
export class SnapbackError extends Error {
  readonly code: ErrorCode
  readonly fields: readonly FieldError[]
  /** The system that failed, for `upstream_unavailable`: `kubernetes`, `prometheus`, `postgres`. */
  readonly upstream: string | null

  constructor(code: ErrorCode, message: string, options: { fields?: readonly FieldError[]; upstream?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SnapbackError'
    this.code = code
    this.fields = options.fields ?? []
    this.upstream = options.upstream ?? null
  }

  get [BRAND](): true {
    return true
  }

  /** `instanceof` knows the errors of every copy of this module. A subclass knows only its own. */
  static override [Symbol.hasInstance](value: unknown): value is SnapbackError {
    // biome-ignore lint/complexity/noThisInStatic: it is the class that stands right of `instanceof`
    if (this !== SnapbackError) return Function.prototype[Symbol.hasInstance].call(this, value)
    return typeof value === 'object' && value !== null && BRAND in value
  }
}

/** An upstream did not answer, or not in a form that can be used. */
export function upstreamError(upstream: string, message: string, cause?: unknown): SnapbackError {
  return new SnapbackError('upstream_unavailable', `${upstream}: ${message}`, { upstream, cause })
}
