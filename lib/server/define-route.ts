import type { z } from 'zod'
import { DEFAULT_BODY_LIMIT_BYTES, type Operation } from '../contracts/operation.ts'
import { unstorableTexts } from '../contracts/storable.ts'
import { type Actor, actorName } from '../core/actor.ts'
import type { Audited, Caller } from '../core/audit.ts'
import { SnapbackError } from '../core/errors.ts'
import type { JsonValue } from '../core/json.ts'
import type { Role } from '../core/role.ts'
import { authorize, type Identity } from './authorize.ts'
import { type EventSource, eventStream } from './event-stream.ts'
import { requireOwnOrigin } from './origin.ts'
import { parseInput, queryOf } from './parse-input.ts'
import { problemResponse } from './problem.ts'
import { readJson } from './read-body.ts'
import { addHeaders, replyJson, replyText } from './reply.ts'
import { requestIdOf } from './request-id.ts'
import { type RouteDeps, routeDeps } from './route-deps.ts'

type Parsed<O, Part extends 'params' | 'query' | 'body'> = O extends { [P in Part]: infer S extends z.ZodType } ? z.output<S> : undefined

/** Who asks: on a route for a role a person or script with its role, elsewhere nobody or the webhook. */
type CallerOf<O extends Operation> = O['access'] extends Role
  ? Caller & { role: Role }
  : { actor: Actor | null; address: string | null; requestId: string }

export interface Call<O extends Operation> {
  deps: RouteDeps
  params: Parsed<O, 'params'>
  query: Parsed<O, 'query'>
  body: Parsed<O, 'body'>
  caller: CallerOf<O>
}

/** A reply whose status is not the operation's: readiness answers 503 with the same body. */
export class Reply<T> {
  readonly status: number
  readonly value: T
  constructor(status: number, value: T) {
    this.status = status
    this.value = value
  }
}

type Value<O extends Operation> = z.output<O['reply']>

/**
 * What a handler gives: for a stream what to listen to; for a change the audited result, so that none can
 * leave no trace; else the value of the reply (in a `Reply` where the status varies).
 */
type Given<O extends Operation> = O extends { kind: 'stream' }
  ? EventSource<Value<O>>
  : O extends { mutates: true }
    ? Audited<Value<O>>
    : Value<O> | Reply<Value<O>>

type Handler<O extends Operation> = (call: Call<O>) => Given<O> | Promise<Given<O>>

interface Context {
  params: Promise<Record<string, string | string[] | undefined>>
}

/** What Next calls, with what it was made from: the route table is tested by it. */
export interface Route {
  (request: Request, context: Context): Promise<Response>
  readonly operation: Operation
}

/**
 * A route from its operation: who may call, what it parses, what it replies, how errors are told, and one log
 * line. A handler is left with one use case.
 */
export function defineRoute<const O extends Operation>(operation: O, handler: Handler<O>): Route {
  const route = async (request: Request, context: Context): Promise<Response> => {
    const deps = routeDeps()
    const startedAt = deps.now()
    const requestId = requestIdOf(request.headers)
    const served = await serve({ operation, handler: handler as Handler<Operation>, deps, request, context, requestId })
    const response = addHeaders(served.response, requestId)
    const { status } = response
    if (operation.access === 'webhook') deps.meter.delivery(status)
    deps.log[levelOf(status, operation)]('request', {
      method: request.method,
      route: operation.path,
      status,
      ms: deps.now() - startedAt,
      requestId,
      actor: served.identity?.actor ? actorName(served.identity.actor) : null,
      ...(status >= 500 && served.error !== undefined ? { error: served.error } : {}),
    })
    return response
  }
  return Object.assign(route, { operation })
}

/** Probes and scrapes come every few seconds and say nothing while all is well. */
function levelOf(status: number, { access }: Operation): 'debug' | 'info' | 'warn' | 'error' {
  if (status === 500) return 'error'
  if (status > 500) return 'warn'
  return access === 'public' && status < 400 ? 'debug' : 'info'
}

interface Serving {
  operation: Operation
  handler: Handler<Operation>
  deps: RouteDeps
  request: Request
  context: Context
  requestId: string
}

interface Served {
  response: Response
  identity: Identity | null
  error?: unknown
}

/** Never throws: every error becomes a problem here, and nowhere else. */
async function serve(serving: Serving): Promise<Served> {
  const { operation, deps, request, requestId } = serving
  let identity: Identity | null = null
  try {
    identity = await authorize(request.headers, operation.access, deps)
    if (operation.mutates && identity.credential === 'cookie') requireOwnOrigin(request.headers, deps.env.publicUrl)
    return { response: await answer(serving, identity), identity }
  } catch (error) {
    const instance = new URL(request.url).pathname
    return { response: problemResponse(error, { instance, requestId }), identity, error }
  }
}

async function answer({ operation, handler, deps, request, context, requestId }: Serving, identity: Identity): Promise<Response> {
  const call = {
    deps,
    params: operation.params && parseInput(operation.params, await context.params, 'the path'),
    query: operation.query && parseInput(operation.query, queryOf(request.url), 'the query'),
    body: operation.body && parseInput(operation.body, await readBody(operation, request), 'the body'),
    caller: { actor: identity.actor, role: identity.role, address: addressOf(request.headers), requestId },
  }
  // Next gives HEAD to the handler of GET and drops the body without a word: what listens for it would go on.
  if (operation.kind === 'stream' && request.method === 'HEAD') return new Response(null)
  const given: unknown = await handler(call as unknown as Call<Operation>)
  if (operation.kind === 'stream') {
    const isStillAllowed = () => authorize(request.headers, operation.access, deps).then(() => true)
    return eventStream(given as EventSource<unknown>, { reply: operation.reply, ends: [request.signal, deps.shutdown], isStillAllowed })
  }
  const result = operation.mutates ? (given as Audited<unknown>).result : given
  const { status, value } = result instanceof Reply ? result : new Reply(operation.status ?? 200, result)
  return operation.kind === 'text' ? replyText(operation, value, status) : replyJson(operation, value, status)
}

async function readBody({ access, bodyLimitBytes }: Operation, request: Request): Promise<JsonValue> {
  const body = await readJson(request, bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES)
  // The webhook's contract asks this of every alert for itself.
  const fields = access === 'webhook' ? [] : unstorableTexts(body)
  if (fields.length > 0) throw new SnapbackError('invalid', 'the body has characters that cannot be stored', { fields })
  return body
}

/** As the nearest proxy saw it (Next puts the socket's address here when there is none): a hint, not a proof. */
function addressOf(headers: Headers): string | null {
  const nearest = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
  return nearest ? nearest.slice(0, 64) : null
}
