import { PROBLEM_MEDIA_TYPE, type Problem } from '../contracts/problem.ts'
import { type ErrorCode, SnapbackError } from '../core/errors.ts'

/** The one place where what went wrong becomes an HTTP status. */
const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  invalid: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Not with this method' },
  conflict: { status: 409, title: 'Not possible now' },
  too_large: { status: 413, title: 'Too large' },
  unsupported_media_type: { status: 415, title: 'Not JSON' },
  too_many_requests: { status: 429, title: 'Too much at once' },
  storage_unavailable: { status: 503, title: 'The database is not available' },
  upstream_unavailable: { status: 502, title: 'A system that is needed did not answer' },
}
const RETRY_AFTER_SECONDS = 5

interface Context {
  /** Path of the request. */
  instance: string
  requestId: string
}

/** An error as an RFC 9457 reply. An unknown one is our mistake: the caller gets the request's id, and no more. */
export function problemResponse(error: unknown, context: Context): Response {
  const problem = toProblem(error, context)
  const headers = new Headers({ 'content-type': PROBLEM_MEDIA_TYPE })
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer')
  if (problem.status === 503 || problem.status === 429) headers.set('retry-after', String(RETRY_AFTER_SECONDS))
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

function toProblem(error: unknown, { instance, requestId }: Context): Problem {
  if (!(error instanceof SnapbackError)) {
    const detail = `Something went wrong here. The log has it under request ${requestId}.`
    return { type: 'urn:snapback:problem:internal', title: 'Internal error', status: 500, detail, instance, requestId }
  }
  const { status, title } = STATUS[error.code]
  const type = `urn:snapback:problem:${error.code}`
  const errors = error.fields.length > 0 ? { errors: [...error.fields] } : {}
  return { type, title, status, detail: error.message, instance, requestId, ...errors }
}
