import type { Problem } from '../contracts/problem.ts'

/** Why a call gave nothing: refused with a problem, no answer at all, or an answer that is not ours. */
export type ApiFailure = { kind: 'refused'; problem: Problem } | { kind: 'unreachable' } | { kind: 'unreadable'; status: number }

/** A call of the API that did not give its reply. */
export class ApiError extends Error {
  readonly failure: ApiFailure

  constructor(failure: ApiFailure, cause?: unknown) {
    super(
      failure.kind === 'refused' ? failure.problem.detail : `the server is ${failure.kind}`,
      cause === undefined ? undefined : { cause },
    )
    this.name = 'ApiError'
    this.failure = failure
  }

  /** The HTTP status; null when nothing answered. */
  get status(): number | null {
    if (this.failure.kind === 'refused') return this.failure.problem.status
    return this.failure.kind === 'unreadable' ? this.failure.status : null
  }

  /** What was wrong with one field of the body, as in the problem's `errors`. */
  fieldError(path: string): string | null {
    const fields = this.failure.kind === 'refused' ? (this.failure.problem.errors ?? []) : []
    return fields.find((field) => field.path === path)?.message ?? null
  }
}

/** The status of a failed call; null for whatever else went wrong. */
export function statusOf(error: unknown): number | null {
  return error instanceof ApiError ? error.status : null
}
