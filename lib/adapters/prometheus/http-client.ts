import type { z } from 'zod'
import { skewFromDate } from '../../core/clock-skew.ts'
import { SnapbackError, upstreamError } from '../../core/errors.ts'
import type { Instant } from '../../core/json.ts'
import type { Log } from '../../ports.ts'
import { envelope } from './responses.ts'

const UPSTREAM = 'prometheus'
/** An error of Prometheus may quote a whole expression. */
const LONGEST_MESSAGE = 500

/** Prometheus understood the call and will not do it: asked again it would say the same. */
export class PrometheusRefusal extends SnapbackError {
  constructor(message: string) {
    super('upstream_unavailable', `${UPSTREAM}: ${message}`, { upstream: UPSTREAM })
  }
}

export interface HttpCall {
  /** Below the address: `api/v1/query` */
  path: string
  /** Sent as a form, since an expression can be longer than a URL may be. */
  form?: Record<string, string>
  timeoutMs: number
}

/** Prometheus over HTTP. Everything that is not a usable answer throws `upstream_unavailable`, naming path and cause. */
export interface HttpClient {
  data<T extends z.ZodType>(call: HttpCall, schema: T): Promise<z.infer<T>>
  /** Resolves when the answer is 200. */
  reach(call: HttpCall): Promise<void>
  clockSkewMs(): number | null
}

export function createHttpClient({ url, log, now }: { url: string; log: Log; now(): Instant }): HttpClient {
  const base = new URL(url)
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'snapback' }
  // fetch refuses an address with a password in it, and an error must not show it.
  if (base.username !== '' || base.password !== '') headers['authorization'] = basicAuthorization(base)
  base.username = ''
  base.password = ''
  let skewMs: number | null = null

  async function send({ path, form, timeoutMs }: HttpCall): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(timeoutMs)
    const sentAt = now()
    try {
      const address = new URL(`${base.pathname.replace(/\/$/, '')}/${path}`, base)
      const body = form && new URLSearchParams(form)
      // A redirect leads to a page to sign in at, or somewhere that nobody configured.
      const response = await fetch(address, { method: body ? 'POST' : 'GET', headers, body, signal, redirect: 'manual' })
      skewMs = skewFromDate(response.headers.get('date') ?? undefined, sentAt, now()) ?? skewMs
      return { status: response.status, text: await response.text() }
    } catch (error) {
      throw upstreamError(UPSTREAM, `${path}: ${signal.aborted ? `no answer within ${timeoutMs} ms` : causeOf(error)}`)
    }
  }

  return {
    async data(call, schema) {
      const { status, text } = await send(call)
      const answer = envelope.safeParse(parseJson(text))
      if (!answer.success) throw upstreamError(UPSTREAM, `${call.path}: ${status}, and no answer of Prometheus' API`)
      const { data, error, errorType, warnings } = answer.data
      if (status !== 200 || answer.data.status === 'error') {
        const message = `${call.path}: ${status} ${errorType ?? 'error'}: ${(error ?? 'no reason given').slice(0, LONGEST_MESSAGE)}`
        throw status === 400 || status === 422 ? new PrometheusRefusal(message) : upstreamError(UPSTREAM, message)
      }
      if (warnings) log.debug('prometheus warns', { path: call.path, warnings })
      const parsed = schema.safeParse(data)
      if (!parsed.success) throw upstreamError(UPSTREAM, `${call.path}: not understood: ${firstIssue(parsed.error)}`)
      return parsed.data
    },
    async reach(call) {
      const { status } = await send(call)
      if (status !== 200) throw upstreamError(UPSTREAM, `${call.path}: ${status}`)
    },
    clockSkewMs: () => skewMs,
  }
}

function basicAuthorization({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`
}

/** A lone `%` in a password is itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'no reason given'
}

/** `ECONNREFUSED` and the like; the messages around it may hold an address. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return 'the connection failed'
}
