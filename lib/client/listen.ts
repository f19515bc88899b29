import { getStream } from '../contracts/stream.ts'
import type { Output } from './api.ts'
import { lineReader } from './event-lines.ts'

export interface Listener {
  opened(): void
  /** A heartbeat or a change: the connection lives. */
  heard(): void
  changed(change: Output<typeof getStream>): void
}

/** How one connection to the stream ended. */
export type StreamEnd = 'ended' | 'unauthenticated'

/**
 * Listens to the stream until it ends or the signal aborts. Not `EventSource`: that hides heartbeats and statuses, so that a
 * dead connection looks open and a lost session looks like a lost server. Never throws.
 */
export async function listen(listener: Listener, signal: AbortSignal): Promise<StreamEnd> {
  try {
    const response = await fetch(getStream.path, { signal, cache: 'no-store', headers: { accept: 'text/event-stream' } })
    if (response.status === 401) return 'unauthenticated'
    if (!response.ok || response.body === null) return 'ended'
    listener.opened()
    await readAll(response.body, listener)
    return 'ended'
  } catch {
    return 'ended'
  }
}

async function readAll(body: ReadableStream<Uint8Array>, listener: Listener): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
  const lines = lineReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    listener.heard()
    for (const line of lines(piece.value)) if (line.kind === 'data') tell(line.text, listener)
  }
}

/** What cannot be read may be a change of a newer server: everything is asked again. */
function tell(text: string, listener: Listener): void {
  const change = getStream.reply.safeParse(parsed(text))
  listener.changed(change.success ? change.data : { kind: 'resync', ids: [] })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
