import { randomUUID } from 'node:crypto'

/** A sane id of the caller's is kept, so that its log and ours meet. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id') ?? ''
  return /^[\w.-]{8,64}$/.test(given) ? given : randomUUID()
}
