import { SnapbackError } from '../core/errors.ts'
import type { JsonValue } from '../core/json.ts'

/**
 * The body as JSON, counted while it is read: a sender without `content-length` cannot fill the memory.
 *
 * @throws unsupported_media_type, too_large, or invalid when it is not JSON
 */
export async function readJson(request: Request, limitBytes: number): Promise<JsonValue> {
  const mediaType = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType !== 'application/json') throw new SnapbackError('unsupported_media_type', 'send content-type: application/json')
  const text = await readText(request, limitBytes)
  try {
    return JSON.parse(text)
  } catch {
    throw new SnapbackError('invalid', 'the body is not JSON')
  }
}

/**
 * A sender that is refused while it still sends may see a broken connection before our answer, and sends again.
 * So the rest is read and dropped, up to this many times the limit.
 */
const READ_ON_FACTOR = 8

/**
 * The body as text, counted while it is read.
 *
 * @throws too_large, or invalid when the sender hangs up
 */
export async function readText(request: Request, limitBytes: number): Promise<string> {
  const mostBytes = limitBytes * READ_ON_FACTOR
  if (Number(request.headers.get('content-length')) > mostBytes) throw tooLarge(limitBytes)
  if (request.body === null) return ''
  const decoder = new TextDecoder('utf-8')
  let text = ''
  let read = 0
  for await (const chunk of chunks(request.body)) {
    read += chunk.byteLength
    if (read > mostBytes) throw tooLarge(limitBytes)
    text = read > limitBytes ? '' : text + decoder.decode(chunk, { stream: true })
  }
  if (read > limitBytes) throw tooLarge(limitBytes)
  return text + decoder.decode()
}

/** The sender may hang up at any time: that is its error, not ours. */
async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new SnapbackError('invalid', 'the body ended too early', { cause })
      })
      if (done) return
      yield value
    }
  } finally {
    reader.releaseLock()
  }
}

function tooLarge(limitBytes: number): SnapbackError {
  return new SnapbackError('too_large', `the body is larger than ${limitBytes} bytes`)
}
