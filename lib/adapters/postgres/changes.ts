import { Client } from 'pg'
import type { Changes, Log } from '../../ports.ts'
import { CHANGES_CHANNEL, decode, RESYNC } from './change-publisher.ts'

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 5_000
/** A connection that died without a word is noticed by asking it. */
const HEARTBEAT_MS = 10_000

export interface ChangeListener extends Changes {
  close(): Promise<void>
}

type Listener = Parameters<Changes['subscribe']>[0]

/**
 * Listens on a connection of its own, from the first subscriber on. What was said while it was not there is lost, so
 * whenever it is there (again) the listeners are told to look at everything.
 */
export function createChangeListener(url: string, log: Log): ChangeListener {
  const listeners = new Set<Listener>()
  let client: Client | null = null
  let timer: NodeJS.Timeout | null = null
  let retryMs = FIRST_RETRY_MS
  let isStarted = false
  let isClosed = false
  let wasLost = false

  async function connect(): Promise<void> {
    if (isClosed) return
    const next = new Client({ connectionString: url, application_name: 'snapback changes', ...TIMEOUTS })
    client = next
    next.on('error', () => lose(next))
    next.on('end', () => lose(next))
    next.on('notification', ({ payload }) => tell(payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${CHANGES_CHANNEL}`)
    } catch {
      return lose(next)
    }
    retryMs = FIRST_RETRY_MS
    if (wasLost) log.info('changes.listening-again')
    wasLost = false
    emit(RESYNC)
    beat(next)
  }

  function lose(lost: Client): void {
    if (client !== lost || isClosed) return
    client = null
    void lost.end().catch(() => {})
    if (!wasLost) log.warn('changes.connection-lost')
    wasLost = true
    after(retryMs, connect)
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
  }

  function beat(alive: Client): void {
    after(HEARTBEAT_MS, async () => {
      await alive.query('select 1').then(
        () => client === alive && beat(alive),
        () => lose(alive),
      )
    })
  }

  function after(ms: number, run: () => Promise<void>): void {
    if (timer) clearTimeout(timer)
    if (!isClosed) timer = setTimeout(() => void run(), ms).unref()
  }

  function tell(payload: string): void {
    for (const change of decode(payload)) emit(change)
  }

  function emit(change: Parameters<Listener>[0]): void {
    for (const listener of listeners) {
      try {
        listener(change)
      } catch (error) {
        // One that fails must not keep the others from hearing, nor end the process: this runs in an event of the socket.
        log.warn('changes.listener-failed', { error })
      }
    }
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      if (!isStarted) void connect()
      isStarted = true
      return () => void listeners.delete(listener)
    },
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      listeners.clear()
      await client?.end().catch(() => {})
    },
  }
}

const TIMEOUTS = { connectionTimeoutMillis: 5_000, query_timeout: 5_000, keepAlive: true }
