import { z } from 'zod'
import type { Operation } from '../contracts/operation.ts'

/** Encodes through the schema, which leaves out what it does not know. A mismatch throws: our mistake, a 500. */
export function replyJson({ reply }: Pick<Operation, 'reply'>, value: unknown, status: number): Response {
  return Response.json(z.encode(reply, value), { status })
}

export function replyText({ reply, mediaType }: Pick<Operation, 'reply' | 'mediaType'>, value: unknown, status: number): Response {
  return new Response(String(z.encode(reply, value)), { status, headers: { 'content-type': mediaType ?? 'text/plain; charset=utf-8' } })
}

/** For every reply of ours, errors and streams too: nobody may cache it, sniff its type or frame it. */
export function addHeaders(response: Response, requestId: string): Response {
  response.headers.set('x-request-id', requestId)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'no-referrer')
  response.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  response.headers.set('cross-origin-resource-policy', 'same-origin')
  return response
}
