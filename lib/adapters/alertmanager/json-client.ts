import type { z } from 'zod'
import { upstreamError } from '../../core/errors.ts'

const UPSTREAM = 'alertmanager'

/** Reads JSON over HTTP. Null: 404. Everything else that is not a usable answer throws `upstream_unavailable`, naming path and cause. */
export interface JsonClient {
  get<T extends z.ZodType>(path: string, query: Record<string, string>, schema: T): Promise<z.infer<T> | null>
}

export function createJsonClient({ url, timeoutMs }: { url: string; timeoutMs: number }): JsonClient {
  const base = new URL(url)
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'snapback' }
  // fetch refuses an address with a password in it, and an error must not show it.
  if (base.username !== '' || base.password !== '') {
    headers['authorization'] = `Basic ${Buffer.from(`${decoded(base.username)}:${decoded(base.password)}`).toString('base64')}`
  }
  base.username = ''
  base.password = ''
  return {
    async get(path, query, schema) {
      const address = new URL(`${base.pathname.replace(/\/$/, '')}/${path}`, base)
      address.search = new URLSearchParams(query).toString()
      const signal = AbortSignal.timeout(timeoutMs)
      let status: number
      let text: string
      try {
        // A redirect leads to a page to sign in at, or somewhere that nobody configured.
        const response = await fetch(address, { headers, signal, redirect: 'manual' })
        status = response.status
        text = await response.text()
      } catch (error) {
        throw upstreamError(UPSTREAM, `${path}: ${signal.aborted ? `no answer within ${timeoutMs} ms` : causeOf(error)}`)
      }
      if (status === 404) return null
      if (status !== 200) throw upstreamError(UPSTREAM, `${path}: ${status}`)
      const parsed = schema.safeParse(parseJson(text))
      if (!parsed.success) throw upstreamError(UPSTREAM, `${path}: no answer of Alertmanager's API`)
      return parsed.data
    },
  }
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

/** `ECONNREFUSED` and the like; the messages around it may hold an address. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return 'the connection failed'
}
