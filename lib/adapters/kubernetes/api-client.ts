import http from 'node:http'
import https from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { skewFromDate } from '../../core/clock-skew.ts'
import { SnapbackError, upstreamError } from '../../core/errors.ts'
import { type Instant, isObject, type JsonObject, type JsonValue } from '../../core/json.ts'
import { redactText } from '../../core/redact-text.ts'

const METHOD = { get: 'GET', list: 'GET', watch: 'GET', create: 'POST', update: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const

/** One request. `verb` and `resource` are what an error names. */
export interface ApiCall {
  verb: keyof typeof METHOD
  /** For people: `deployments edgelink/checkout` */
  resource: string
  /** Below the server's address: `/apis/apps/v1/…` */
  path: string
  query?: Record<string, string>
  body?: JsonValue
  contentType?: string
  /** In what form the answer may come; default: `application/json`. */
  accept?: string
  /** Default: the client's. */
  timeoutMs?: number
}

/** What the server said: raw JSON, never a typed model, which drops the fields that it does not know. */
export interface ApiAnswer {
  status: number
  body: JsonObject
}

export interface ApiStream {
  /** Chunks of text as they come. Throws `upstream_unavailable` when the connection breaks or goes silent. */
  chunks: AsyncIterable<string>
}

/**
 * The API server over kept-alive connections. Every call has a time-out. Throws `upstream_unavailable` naming verb,
 * resource and status where there is no usable answer: no connection, a time-out, 401, 408, 429 or 5xx.
 */
export interface ApiClient {
  /** Any other answer, a refusal too, is returned. */
  call(call: ApiCall): Promise<ApiAnswer>
  /** The object; null: 404. Any other refusal throws. */
  read(call: ApiCall): Promise<JsonObject | null>
  /** A long answer. Refusals are thrown with their status (`statusOf`). */
  stream(call: ApiCall, options: { idleMs: number; signal: AbortSignal }): Promise<ApiStream>
  clockSkewMs(): number | null
}

export function createApiClient(config: KubeConfig, options: { timeoutMs: number; now(): Instant }): ApiClient {
  const cluster = config.getCurrentCluster()
  const base = new URL(cluster?.server ?? '')
  const isPlain = base.protocol === 'http:'
  const transport = isPlain ? http : https
  const agent = new transport.Agent({ keepAlive: true })
  let skewMs: number | null = null

  async function open(call: ApiCall, signal: AbortSignal): Promise<http.IncomingMessage> {
    const credentials = await readCredentials(config, call, signal)
    const body = call.body === undefined ? undefined : JSON.stringify(call.body)
    const headers = {
      ...credentials.headers,
      accept: call.accept ?? 'application/json',
      'user-agent': 'snapback',
      ...(body !== undefined && { 'content-type': call.contentType ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
    }
    const url = new URL(base.pathname.replace(/\/$/, '') + call.path, base)
    url.search = new URLSearchParams(call.query).toString()
    const sentAt = options.now()
    return new Promise((resolve, reject) => {
      const request = transport.request(url, {
        ...credentials,
        headers,
        method: METHOD[call.verb],
        // Only the library knows how to go through the proxy that a kubeconfig names.
        agent: cluster?.proxyUrl ? credentials.agent : agent,
        signal,
      })
      request.on('socket', (socket) => socket.setKeepAlive(true, 10_000))
      request.on('error', (error) => reject(isStaleSocket(request, error) ? new StaleSocket() : error))
      request.on('response', (response) => {
        skewMs = skewFromDate(response.headers.date, sentAt, options.now()) ?? skewMs
        resolve(response)
      })
      request.end(body)
    })
  }

  async function send(call: ApiCall, timeoutMs: number, signal = AbortSignal.timeout(timeoutMs)): Promise<ApiAnswer> {
    try {
      const response = await open(call, signal)
      return { status: response.statusCode ?? 0, body: parse(await readText(response)) }
    } catch (error) {
      if (error instanceof StaleSocket && METHOD[call.verb] === 'GET') return send(call, timeoutMs, signal)
      if (!signal.aborted || error instanceof SnapbackError) throw asUpstream(call, error)
      // Other idle connections of a peer that fell silent would cost a time-out each.
      for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy()
      throw upstreamError('kubernetes', `${describe(call)}: no answer within ${timeoutMs} ms`)
    }
  }

  async function call(call: ApiCall): Promise<ApiAnswer> {
    const answer = await send(call, call.timeoutMs ?? options.timeoutMs)
    if (isUnusable(answer.status)) throw refusal(call, answer)
    return answer
  }

  return {
    call,
    async read(what) {
      const answer = await call(what)
      if (answer.status === 404) return null
      if (answer.status >= 300) throw refusal(what, answer)
      return answer.body
    },
    async stream(what, { idleMs, signal }) {
      const opening = new AbortController()
      const opened = setTimeout(() => opening.abort(), options.timeoutMs)
      try {
        const response = await open(what, AbortSignal.any([signal, opening.signal]))
        clearTimeout(opened)
        const status = response.statusCode ?? 0
        if (status !== 200) throw refusal(what, { status, body: parse(await readText(response)) })
        return { chunks: readChunks(what, response, idleMs) }
      } catch (error) {
        if (opening.signal.aborted && !(error instanceof SnapbackError))
          throw upstreamError('kubernetes', `${describe(what)}: no answer within ${options.timeoutMs} ms`)
        throw asUpstream(what, error)
      } finally {
        clearTimeout(opened)
      }
    },
    clockSkewMs: () => skewMs,
  }
}

/** A kept-alive connection that the server had closed already: nothing was done, another one may be tried. */
class StaleSocket extends Error {
  readonly code = 'ECONNRESET'
}

function isStaleSocket(request: http.ClientRequest, error: Error): boolean {
  return request.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
}

/** A credential plugin is a program of its own and may hang, or ask a server that does: the call's time-out holds for it too. */
async function readCredentials(config: KubeConfig, call: ApiCall, signal: AbortSignal): Promise<https.RequestOptions> {
  const credentials: https.RequestOptions = {}
  try {
    await unlessAborted(config.applyToHTTPSOptions(credentials), signal)
  } catch {
    if (signal.aborted)
      throw upstreamError('kubernetes', `${describe(call)}: the credentials that the configuration names did not come in time`)
    // What a credential plugin says may hold a token: it is not passed on.
    throw upstreamError('kubernetes', `${describe(call)}: the credentials that the configuration names could not be read`)
  }
  return credentials
}

function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  })
}

async function* readChunks(call: ApiCall, response: http.IncomingMessage, idleMs: number): AsyncIterable<string> {
  response.setEncoding('utf8')
  const silence = setTimeout(() => response.destroy(new Error(`nothing came for ${idleMs} ms`)), idleMs)
  try {
    for await (const chunk of response) {
      silence.refresh()
      yield chunk
    }
  } catch (error) {
    throw asUpstream(call, error)
  } finally {
    clearTimeout(silence)
    response.destroy()
  }
}

async function readText(response: http.IncomingMessage): Promise<string> {
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += chunk
  return text
}

/** A proxy in between may answer with a page: its status still tells. */
function parse(text: string): JsonObject {
  try {
    const value: JsonValue = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** The server is there and cannot answer, or does not know us. */
function isUnusable(status: number): boolean {
  return status === 0 || status === 401 || status === 408 || status === 429 || status >= 500
}

const refusals = new WeakMap<SnapbackError, number>()

/** The HTTP status behind an error; null: there was no answer. */
export function statusOf(error: unknown): number | null {
  return (error instanceof Error && refusals.get(error as SnapbackError)) || null
}

/** An answer that is of no use, as an error that keeps its status. */
export function refusal(call: ApiCall, { status, body }: ApiAnswer): SnapbackError {
  const error = upstreamError('kubernetes', `${describe(call)}: ${messageOf({ status, body })}`)
  refusals.set(error, status)
  return error
}

/** Who was refused: our own account, which is nobody's business where health is told to anybody. */
const ACCOUNT = /\bUser "[^"]*" (?=cannot )/

/** Status and the server's own words, or an admission webhook's: they are shown to people, and may quote what nobody should see. */
export function messageOf({ status, body }: ApiAnswer): string {
  const message = body['message']
  if (typeof message !== 'string' || message === '') return `${status} ${http.STATUS_CODES[status] ?? 'no status'}`
  return `${status} ${redactText(message.replace(ACCOUNT, ''))}`
}

function asUpstream(call: ApiCall, error: unknown): SnapbackError {
  if (error instanceof Error && error.name === 'SnapbackError') return error as SnapbackError
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  return upstreamError('kubernetes', `${describe(call)}: ${code ?? (error instanceof Error ? error.message : 'failed')}`)
}

function describe({ verb, resource }: ApiCall): string {
  return `${verb} ${resource}`
}
