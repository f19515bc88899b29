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
const LONGEST_QUEUE = 256

/** Server-sent events: one `data` line an event, and a comment as heartbeat, so that proxies keep it open. */
export function eventStream<T>(listen: EventSource<T>, options: Options): Response {
  const { reply, ends, isStillAllowed, heartbeatMs = HEARTBEAT_MS } = options
  const encoder = new TextEncoder()
  let close = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isOpen = true
        const write = (text: string) => {
          if (!isOpen) return
          if ((controller.desiredSize ?? 0) <= 0) close()
          else controller.enqueue(encoder.encode(text))
        }
        const unlisten = listen((event) => write(`data: ${JSON.stringify(z.encode(reply, event))}\n\n`))
        const heartbeat = setInterval(() => {
          write(': still here\n\n')
          isStillAllowed().then(
            (allowed) => allowed || close(),
            () => close(),
          )
        }, heartbeatMs)
        close = () => {
          if (!isOpen) return
          isOpen = false
          clearInterval(heartbeat)
          unlisten()
          for (const signal of ends) signal.removeEventListener('abort', close)
          controller.close()
        }
        for (const signal of ends) signal.addEventListener('abort', close)
        write(`retry: ${RETRY_MS}\n\n`)
        if (ends.some((signal) => signal.aborted)) close()
      },
      cancel: () => close(),
    },
    new CountQueuingStrategy({ highWaterMark: LONGEST_QUEUE }),
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  })
}
