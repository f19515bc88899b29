import { z } from 'zod'

/** Starts to listen; what it returns ends that. */
export type EventSource<T> = (send: (event: T) => void) => () => void

interface Options {
  reply: z.ZodType
  /** Any of them ends the stream: the client has gone, the server stops. */
  ends: readonly AbortSignal[]
  /** Asked at every heartbeat: who was disabled or revoked hears no more. A rejection is a no. */
  isStillAllowed(): Promise<boolean>
  heartbeatMs?: number
}

const HEARTBEAT_MS = 15_000
/** How long a browser waits before it connects again. */
const RETRY_MS = 2_000
/** Events that wait for a slow client. One more and it is cut off: it connects again and fetches anew. */
export const LONGEST_QUEUE = 256

/** Server-sent events: one `data` line an event, and a comment as heartbeat, so that proxies keep it open. */
export function eventStream<T>(listen: EventSource<T>, options: Options): Response {
  let stop = () => {}
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start(controller) {
      stop = feed(controller, listen, options)
    },
    cancel: () => stop(),
  }
  const body = new ReadableStream(source, new CountQueuingStrategy({ highWaterMark: LONGEST_QUEUE }))
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' }
  return new Response(body, { headers })
}

/** Feeds the stream until it ends. Returns what gives everything back when the reader has gone. */
function feed<T>(controller: ReadableStreamDefaultController<Uint8Array>, listen: EventSource<T>, options: Options): () => void {
  const { reply, ends, isStillAllowed, heartbeatMs = HEARTBEAT_MS } = options
  const encoder = new TextEncoder()
  let isOpen = true
  const write = (text: string) => {
    if (!isOpen) return
    if ((controller.desiredSize ?? 0) <= 0) close()
    else controller.enqueue(encoder.encode(text))
  }
  const beat = () => {
    write(': still here\n\n')
    isStillAllowed().then((isAllowed) => isAllowed || close(), close)
  }
  const stop = () => {
    isOpen = false
    clearInterval(heartbeat)
    unlisten()
    for (const signal of ends) signal.removeEventListener('abort', close)
  }
  function close(): void {
    if (!isOpen) return
    stop()
    controller.close()
  }
  write(`retry: ${RETRY_MS}\n\n`)
  const unlisten = listen((event) => write(`data: ${JSON.stringify(z.encode(reply, event))}\n\n`))
  const heartbeat = setInterval(beat, heartbeatMs)
  for (const signal of ends) signal.addEventListener('abort', close)
  if (ends.some((signal) => signal.aborted)) close()
  return stop
}
