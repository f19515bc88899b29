import { SnapbackError } from '../core/errors.ts'
import { problemResponse } from './problem.ts'
import { addHeaders } from './reply.ts'
import { requestIdOf } from './request-id.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

interface Handler {
  (request: Request): Response
  /** Tells it from a method that a route has, for the table test of who may call what. */
  readonly refuses?: true
}
/** Every method that a route may be asked by: what Next would answer itself has no body, or is a page. */
export type Refusals = Record<Method, Handler>

interface Served {
  operation: { method: Method }
}

/**
 * The methods that a route has not, from those that it has: a problem that names the others, and for OPTIONS their list.
 * HEAD is answered by GET where there is one.
 */
export function otherMethods(...served: readonly Served[]): Refusals {
  const own = served.map(({ operation }) => operation.method)
  const allow = [...own, ...(own.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')
  const refuse = refusing((method) => new SnapbackError('method_not_allowed', `${method} is not possible here, only ${allow}`), { allow })
  const list: Handler = (request) => addHeaders(new Response(null, { status: 204, headers: { allow } }), idOf(request))
  return { ...forEvery(refuse), OPTIONS: Object.assign(list, { refuses: true as const }) }
}

/** For every path below `/api` that is no route. */
export function noRoute(): Refusals {
  return forEvery(
    refusing((_, path) => new SnapbackError('not_found', `there is nothing at ${path}: /api/openapi.json lists what there is`)),
  )
}

function refusing(why: (method: string, path: string) => SnapbackError, headers: Record<string, string> = {}): Handler {
  return (request) => {
    const instance = new URL(request.url).pathname
    const requestId = idOf(request)
    const response = addHeaders(problemResponse(why(request.method, instance), { instance, requestId }), requestId)
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return response
  }
}

function forEvery(handler: Handler): Refusals {
  return Object.fromEntries(METHODS.map((method) => [method, Object.assign(handler, { refuses: true as const })])) as Refusals
}

function idOf(request: Request): string {
  return requestIdOf(request.headers)
}
