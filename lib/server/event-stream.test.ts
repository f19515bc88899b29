import { expect, test } from 'vitest'
import { z } from 'zod'
import { instant } from '../contracts/instant.ts'
import { until } from '../testing/waiting.ts'
import { eventStream, LONGEST_QUEUE } from './event-stream.ts'

const reply = z.object({ at: instant })

interface Setup {
  heartbeatMs?: number
  isStillAllowed?: () => Promise<boolean>
}

/** A stream whose events and ends the test makes. */
function open({ heartbeatMs = 60_000, isStillAllowed = async () => true }: Setup = {}) {
  const client = new AbortController()
  const server = new AbortController()
  const state = { send: (_: { at: number }) => {}, isListening: false }
  const listen = (send: typeof state.send) => {
    Object.assign(state, { send, isListening: true })
    return () => {
      state.isListening = false
    }
  }
  const response = eventStream(listen, { reply, ends: [client.signal, server.signal], isStillAllowed, heartbeatMs })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (reader === undefined) throw new Error('no body')
  const rest = async () => {
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text
      text += value
    }
  }
  return { response, client, server, state, reader, rest }
}

test('an event is one data line, encoded by its schema', async () => {
  const { response, server, state, rest } = open()
  state.send({ at: 0 })
  server.abort()
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(await rest()).toBe('retry: 2000\n\ndata: {"at":"1970-01-01T00:00:00.000Z"}\n\n')
})

test.each(['client', 'server'] as const)('it ends and listens no more when the %s goes', async (side) => {
  const stream = open()
  stream[side].abort()
  await stream.rest()
  expect(stream.state.isListening).toBe(false)
  expect(() => stream.state.send({ at: 1 })).not.toThrow()
})

test('it listens no more when the reader cancels', async () => {
  const { reader, state } = open()
  await reader.cancel()
  await until(() => !state.isListening)
})

test('a stream that begins while the server stops ends at once', async () => {
  const response = eventStream(() => () => {}, { reply, ends: [AbortSignal.abort()], isStillAllowed: async () => true })
  expect(await response.text()).toBe('retry: 2000\n\n')
})

test('a client that does not read is cut off when its queue is full', async () => {
  const state = { send: (_: { at: number }) => {}, isListening: true }
  const listen = (send: typeof state.send) => {
    state.send = send
    return () => {
      state.isListening = false
    }
  }
  const response = eventStream(listen, { reply, ends: [], isStillAllowed: async () => true })
  for (let event = 0; event < LONGEST_QUEUE + 1; event += 1) state.send({ at: event })
  expect(state.isListening).toBe(false)
  expect((await response.text()).split('data: ').length - 1).toBeLessThanOrEqual(LONGEST_QUEUE)
})

test('a heartbeat keeps it open', async () => {
  const { reader, client } = open({ heartbeatMs: 5 })
  await reader.read()
  expect((await reader.read()).value).toBe(': still here\n\n')
  client.abort()
})

test.each([
  ['no longer allowed', async () => false],
  ['refused', () => Promise.reject(new Error('unauthenticated'))],
])('who is %s hears no more from the next heartbeat on', async (_case, isStillAllowed) => {
  const { rest, state } = open({ heartbeatMs: 5, isStillAllowed })
  await rest()
  expect(state.isListening).toBe(false)
})
