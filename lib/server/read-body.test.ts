import { expect, test } from 'vitest'
import { readJson } from './read-body.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

function request(body: BodyInit | null, headers: Record<string, string> = JSON_TYPE): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
}

/** As a chunked upload comes: in pieces, without a length. Counts the pieces that were taken. */
function pieces(texts: readonly (string | Uint8Array)[]) {
  const taken = { count: 0 }
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = texts[taken.count]
        if (piece === undefined) return controller.close()
        taken.count += 1
        controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece)
      },
    },
    { highWaterMark: 0 },
  )
  return { body, taken }
}

test('JSON is read, also where a character lies in two pieces', async () => {
  const bytes = new TextEncoder().encode('{"name":"服务"}')
  expect(await readJson(request(pieces([bytes.slice(0, 10), bytes.slice(10)]).body), 100)).toEqual({ name: '服务' })
})

test('a charset beside the media type is fine', async () => {
  expect(await readJson(request('[1]', { 'content-type': 'Application/JSON; charset=utf-8' }), 100)).toEqual([1])
})

test.each(['text/plain', 'application/x-www-form-urlencoded', ''])('the media type "%s" is refused', async (type) => {
  await expect(readJson(request('{}', { 'content-type': type }), 100)).rejects.toMatchObject({ code: 'unsupported_media_type' })
})

test.each(['{', '', 'null null', '{"a":}'])('%j is no JSON', async (text) => {
  await expect(readJson(request(text), 100)).rejects.toMatchObject({ code: 'invalid', message: 'the body is not JSON' })
})

test('no body is no JSON', async () => {
  await expect(readJson(request(null), 100)).rejects.toMatchObject({ code: 'invalid' })
})

test('a length far over the limit is refused before anything is read', async () => {
  const { body, taken } = pieces(['[1]'])
  await expect(readJson(request(body, { ...JSON_TYPE, 'content-length': '801' }), 100)).rejects.toMatchObject({ code: 'too_large' })
  expect(taken.count).toBe(0)
})

test('what is a little too large is read to its end and dropped, so that its sender sees the answer', async () => {
  const { body, taken } = pieces(Array.from({ length: 10 }, () => 'x'.repeat(40)))
  await expect(readJson(request(body), 100)).rejects.toMatchObject({ code: 'too_large' })
  // The eleventh look finds the end.
  expect(taken.count).toBeGreaterThanOrEqual(10)
})

test('without a length it is counted while it is read, and has an end', async () => {
  const { body, taken } = pieces(Array.from({ length: 100 }, () => 'x'.repeat(40)))
  await expect(readJson(request(body), 100)).rejects.toMatchObject({ code: 'too_large' })
  expect(taken.count).toBe(21)
})

test('exactly the limit is allowed', async () => {
  const text = JSON.stringify('x'.repeat(98))
  expect(await readJson(request(text), 100)).toHaveLength(98)
})

test('a sender that hangs up is the sender’s error', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) })
  await expect(readJson(request(body), 100)).rejects.toMatchObject({ code: 'invalid', message: 'the body ended too early' })
})
